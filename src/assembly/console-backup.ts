/** Backups made from the console: kept in DATA_DIR/backups and handed out for keeping elsewhere. */
import { openAsBlob } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../app.ts'
import type { BackupService } from '../console/console-services.ts'
import { writeBackup } from '../storage/sql/backup/write-backup.ts'

/** The newest stay on this machine; older ones were downloaded or are not missed. */
const KEPT = 3
const NAME = /^niangjiaren-(\d{8}T\d{6}Z)\.backup$/

export function consoleBackup({
  config,
  clock,
}: Pick<App, 'clock'> & {
  readonly config: Pick<App['config'], 'DATA_DIR' | 'DATABASE_URL'>
}): BackupService {
  const folder = join(config.DATA_DIR, 'backups')
  const store =
    config.DATABASE_URL === undefined
      ? { dataDir: config.DATA_DIR }
      : { databaseUrl: config.DATABASE_URL }
  return {
    create: async () => {
      const createdAt = clock.now()
      const stamp = createdAt.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')
      const fileName = `niangjiaren-${stamp}.backup`
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeBackup(store, join(folder, fileName), { createdAt })
      await forgetOld(folder)
      return { fileName, content: await openAsBlob(join(folder, fileName)) }
    },
    lastCreatedAt: async () => {
      const stamp = (await backupsIn(folder)).at(-1)?.match(NAME)?.[1]
      return stamp === undefined ? undefined : Temporal.Instant.from(stamp)
    },
  }
}

/** Names sort by time. */
async function backupsIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => NAME.test(name)).toSorted()
  } catch {
    return [] // The folder is made with the first backup.
  }
}

async function forgetOld(folder: string): Promise<void> {
  const old = (await backupsIn(folder)).slice(0, -KEPT)
  for (const name of old) await rm(join(folder, name), { force: true })
}
