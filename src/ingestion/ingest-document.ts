/**
 * One file or page in; out comes everything that was read in it: cleaned text, metadata, passages,
 * lists, facts, proposed tasks, and what was cut and doubted on the way. Stores nothing.
 *
 * Deterministic: the same bytes with the same options give the same reading.
 */
import { createHash } from 'node:crypto'
import type {
  CutReason,
  DocumentMetadata,
  DocumentReading,
  ReadingWarning,
} from '../domain/document.ts'
import type { Gazetteer } from '../domain/jurisdiction.ts'
import { offsetRuns } from '../text/mapped-text.ts'
import { STATE_COUNCIL_HOLIDAYS } from '../text/state-council-holidays.ts'
import type { Tokenizer } from '../text/tokenize.ts'
import { type WorkCalendar, workCalendar } from '../text/working-days.ts'
import { cleanText } from './clean-text.ts'
import { extractFacts } from './extract-facts.ts'
import { extractLists } from './extract-lists.ts'
import { extractTasks } from './extract-tasks.ts'
import { findDamage } from './find-damage.ts'
import type { WorkerLimits } from './formats/read-in-worker.ts'
import type { FrontMatter } from './read-front-matter.ts'
import { readMetadata } from './read-metadata.ts'
import { readSource } from './read-source.ts'
import { redactSecrets } from './redact-secrets.ts'
import { splitPassages } from './split-passages.ts'

/** A file or a page as it arrives. */
export interface DocumentSource {
  readonly fileName: string
  readonly bytes: Uint8Array
  /** Where the page was fetched from. */
  readonly url?: string
}

export interface IngestOptions {
  readonly tokenizer: Pick<Tokenizer, 'tokens'>
  readonly gazetteer: Gazetteer
  /** What the admin says about the document: wins over front matter and text. Keys as in front matter. */
  readonly overrides?: FrontMatter
  /** Time and memory that one file may take; defaults in formats/read-in-worker. */
  readonly limits?: WorkerLimits
  /** For limits in working days; the State Council's notices that come with the bot when absent. */
  readonly calendar?: WorkCalendar
}

/**
 * Reads one document.
 *
 * @throws {BadInputError} when it cannot be read: `empty_file`, `unknown_encoding`, `file_too_large`,
 *   `unsupported_format`, `bad_front_matter` …; the message says in Chinese what to do.
 */
export async function ingestDocument(
  source: DocumentSource,
  options: IngestOptions,
): Promise<DocumentReading> {
  const read = await readSource(source.bytes, options.limits)
  const frontMatter = { ...read.frontMatter, ...options.overrides }
  const { text: original, warnings: secrets } = redactSecrets(read.text)
  const titleHint = read.titleHint ?? (read.isSheet ? nameOf(source.fileName) : undefined)
  const { mapped, chrome } = cleanText(original, {
    marked: read.marked,
    knownTitle: frontMatter.title ?? titleHint,
    isSheet: read.isSheet,
  })
  const text = mapped.text
  const { metadata, warnings } = readMetadata(
    { text, chrome, frontMatter, titleHint, url: source.url },
    options.gazetteer,
  )
  const reading: Omit<DocumentReading, 'proposals'> = {
    fileName: source.fileName,
    contentHash: createHash('sha256').update(source.bytes).digest('hex'),
    originalText: original,
    text,
    offsets: offsetRuns(mapped),
    cuts: mapped.cuts,
    warnings: [
      ...read.warnings,
      ...secrets,
      ...warnings,
      ...findDamage(text),
      ...hiddenTextWarning(mapped.cuts),
    ],
    metadata,
    ...(frontMatter.readable_by !== undefined && { saysReaders: true }),
    passages: splitPassages(text, options.tokenizer),
    lists: extractLists(text, cutTexts(mapped.cuts)),
    facts: extractFacts(text, factYear(metadata)),
  }
  return withTasks(reading, options.calendar ?? workCalendar(STATE_COUNCIL_HOLIDAYS))
}

function withTasks(
  reading: Omit<DocumentReading, 'proposals'>,
  calendar: WorkCalendar,
): DocumentReading {
  const { proposals, completeness } = extractTasks(reading, calendar)
  const notes = completeness.map((message) => ({ code: 'tasks_incomplete', message }))
  return { ...reading, warnings: [...reading.warnings, ...notes], proposals }
}

function cutTexts(
  cuts: readonly { readonly reason: CutReason; readonly text: string }[],
): string[] {
  return cuts.filter(({ reason }) => reason === 'repeated-passage').map(({ text }) => text)
}

function hiddenTextWarning(cuts: readonly { readonly reason: CutReason }[]): ReadingWarning[] {
  const hidden = cuts.filter(({ reason }) => reason === 'hidden-text').length
  if (hidden === 0) return []
  return [
    {
      code: 'hidden_text',
      message: `文件里有 ${hidden} 处看不见的文字，没有收进正文。发布前请看一眼。`,
    },
  ]
}

/** A file's name without folders and extension: 慰问标准.xlsx is 慰问标准. */
function nameOf(fileName: string): string {
  const name = fileName.split(/[/\\]/).at(-1) ?? fileName
  return name.replace(/\.[a-z0-9]{1,5}$/i, '')
}

function factYear(metadata: DocumentMetadata): number | undefined {
  return metadata.planYear
}
