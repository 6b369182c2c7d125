/** A folder of many files from the shell: one line of progress, and the bad files with their reasons at the end. */
import type { App } from '../app.ts'
import { BotError } from '../errors.ts'
import type { FrontMatter } from '../ingestion/read-front-matter.ts'
import {
  type IntakeFile,
  type IntakeProgress,
  type IntakeReport,
  ingestFolder,
} from '../knowledge/ingest-folder.ts'
import type { Terminal } from './program.ts'

export interface IngestManyOptions {
  readonly publish: boolean
  readonly overrides?: FrontMatter
  /** Whether progress may be drawn over the same line of standard error. */
  readonly isInteractive: boolean
}

/** From this many files on a line for each would only scroll by. */
export const MANY_FILES = 20
const BAR_WIDTH = 24
/** Without a screen, a line of progress every so many files. */
const FILES_PER_LINE = 500

/** @throws {BotError} `some_files_failed` when a file could not be taken in; the others are. */
export async function ingestMany(
  files: readonly IntakeFile[],
  options: IngestManyOptions,
  app: App,
  terminal: Terminal,
): Promise<void> {
  const report = await ingestFolder(files, {
    ingest: (source) => app.readAside(source, options.overrides),
    add: (reading, arrival) => app.add(reading, arrival, 'cli'),
    knowledge: app.store.knowledge,
    publish: options.publish,
    onProgress: (progress) => showProgress(progress, options.isInteractive, terminal),
  })
  for (const { name, message } of report.failures) terminal.print(`✗ ${name}：${message}`)
  terminal.print(summarise(report))
  if (report.failures.length === 0) return
  throw new BotError('some_files_failed', `${report.failures.length} 份没有成功（上面标 ✗ 的）`)
}

function showProgress({ done, total }: IntakeProgress, isInteractive: boolean, terminal: Terminal) {
  const line = `${bar(done / total)} ${done}/${total}`
  if (isInteractive) process.stderr.write(`\r${line}${done === total ? '\n' : ''}`)
  else if (done % FILES_PER_LINE === 0) terminal.say(line)
}

function bar(share: number): string {
  const filled = Math.round(share * BAR_WIDTH)
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled)
}

function summarise({ counts }: IntakeReport): string {
  const { newDocuments, newVersions, published, known, failed } = counts
  const drafts = published > 0 ? `先前的草稿现在发布 ${published} 份，` : ''
  return `新文件 ${newDocuments} 份，新版本 ${newVersions} 份，${drafts}原来就有 ${known} 份，没有成功 ${failed} 份`
}
