/** `backup FILE`, `restore FILE`: everything in the store, into one file and back, on either engine. */
import type { Command } from 'commander'
import { storeOptions } from '../assembly/read-settings.ts'
import { systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { formatMoment } from '../console/format-moment.ts'
import type { BackupSummary } from '../storage/sql/backup/backup-file.ts'
import { restoreBackup } from '../storage/sql/backup/restore-backup.ts'
import { writeBackup } from '../storage/sql/backup/write-backup.ts'
import type { Terminal } from './program.ts'

/** The app is not opened: a restore must not meet a store that it has just filled with samples. */
export function addBackupCommands(
  program: Command,
  configure: () => Config,
  terminal: Terminal,
): void {
  program
    .command('backup <文件>')
    .description('把全部内容（文件、版本、台账、记录）备份成一个文件；机器人可以继续运行')
    .action(async (file: string) => {
      const createdAt = systemClock.now()
      const summary = await writeBackup(storeOptions(configure()), file, { createdAt })
      terminal.print(`已备份到 ${file}，并读回核对无误。${describe(summary)}`)
      terminal.print('备份里有全部内部材料，只有本机当前用户能读，请妥善保管。')
    })
  program
    .command('restore <文件>')
    .description('从备份恢复到当前的 DATA_DIR 或 DATABASE_URL；两种数据库之间可以互换')
    .option('--replace', '替换现有的全部内容')
    .action(async (file: string, options: { replace?: boolean }) => {
      const replace = options.replace ?? false
      const config = configure()
      const summary = await restoreBackup(storeOptions(config), file, { replace })
      const moment = formatMoment(summary.createdAt, config.TIME_ZONE)
      terminal.print(`已恢复 ${moment} 的备份。${describe(summary)}`)
    })
}

function describe({ tables }: BackupSummary): string {
  const { versions = 0, tasks = 0, people = 0, pinned_answers = 0 } = tables
  return `文件版本 ${versions} 个，事项 ${tasks} 件，人员 ${people} 人，置顶回答 ${pinned_answers} 条。`
}
