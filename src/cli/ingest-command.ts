/** `ingest PATH|URL…`: files in, drafts or published documents out, with what became of each. */
import type { Command } from 'commander'
import type { App } from '../app.ts'
import type { DocumentReading } from '../domain/document.ts'
import { BadInputError, BotError } from '../errors.ts'
import { fetchPage } from '../ingestion/fetch-page.ts'
import { type DocumentPreview, previewDocument } from '../knowledge/preview-document.ts'
import type { Arrival } from '../knowledge/publish-document.ts'
import { watchSource } from '../knowledge/watch-source.ts'
import { wordAnswerChange } from '../knowledge/word-answer-change.ts'
import { describePreview } from './describe-preview.ts'
import { describeReading } from './describe-reading.ts'
import { findFiles } from './find-files.ts'
import { ingestMany, MANY_FILES } from './ingest-many.ts'
import type { Terminal } from './program.ts'
import { readBytes } from './read-text-file.ts'

interface IngestCommandOptions {
  readonly publish?: boolean
  readonly region?: string
  readonly dryRun?: boolean
  readonly watch?: boolean
  readonly json?: boolean
}

/** One file or page to read. */
interface Source {
  readonly name: string
  readonly url?: string
  bytes(): Promise<Uint8Array>
}

type Outcome =
  | {
      readonly kind: 'read'
      readonly reading: DocumentReading
      readonly arrival?: Arrival
      readonly preview?: DocumentPreview
    }
  | { readonly kind: 'failed'; readonly name: string; readonly error: BotError }

export function addIngestCommand(
  program: Command,
  withApp: <R>(work: (app: App) => Promise<R>) => Promise<R>,
  terminal: Terminal,
): void {
  program
    .command('ingest <文件...>')
    .description('放入文件、文件夹或网址；不加 --publish 时先存为草稿')
    .option('--publish', '放入后立即发布')
    .option('--region <地区>', '文件属于哪里，优先于从正文读到的')
    .option('--watch', '放入的是网址时：每天检查一次，内容变了就存为新版草稿')
    .option('--dry-run', '只看读成了什么，不保存')
    .option('--json', '只印 JSON')
    .action((paths: string[], options: IngestCommandOptions) =>
      withApp((app) => ingestAll(paths, options, app, terminal)),
    )
}

async function ingestAll(
  paths: readonly string[],
  options: IngestCommandOptions,
  app: App,
  terminal: Terminal,
): Promise<void> {
  checkRegion(options.region, app)
  const sources = await sourcesOf(paths)
  if (sources.length >= MANY_FILES && !options.json && !options.dryRun) {
    const isInteractive = process.stderr.isTTY === true
    const overrides = overridesOf(options)
    const publish = options.publish ?? false
    const many = { publish, isInteractive, ...(overrides && { overrides }) }
    return ingestMany(sources, many, app, terminal)
  }
  const outcomes: Outcome[] = []
  for (const source of sources) {
    const outcome = await ingestOne(source, options, app)
    outcomes.push(outcome)
    if (!options.json) terminal.print(describe(outcome, options, app))
  }
  if (options.json) terminal.print(JSON.stringify(outcomes.map(toJson)))
  failIfAnyFailed(outcomes)
}

async function ingestOne(
  source: Source,
  options: IngestCommandOptions,
  app: App,
): Promise<Outcome> {
  try {
    const bytes = await source.bytes()
    const { name: fileName, url } = source
    const reading = await app.read({ fileName, bytes, ...(url && { url }) }, overridesOf(options))
    if (options.dryRun) {
      return { kind: 'read', reading, preview: await preview(reading, app) }
    }
    const arrival = await app.add(
      reading,
      { publish: options.publish ?? false, original: bytes },
      'cli',
    )
    if (url && options.watch) await watchSource(url, arrival.version.documentId, app.change('cli'))
    return { kind: 'read', reading, arrival }
  } catch (error) {
    if (!(error instanceof BotError)) throw error
    return { kind: 'failed', name: source.name, error }
  }
}

/** Whoever sits at the shell of this machine may read everything. */
const preview = (reading: DocumentReading, app: App) =>
  previewDocument(reading, {
    knowledge: app.store.knowledge,
    compareAnswers: (draft) => app.previewAnswers(draft, 'admin'),
  })

const overridesOf = ({ region }: IngestCommandOptions) =>
  region === undefined ? undefined : { region }

async function sourcesOf(paths: readonly string[]): Promise<Source[]> {
  const [addresses, places] = [paths.filter(isAddress), paths.filter((path) => !isAddress(path))]
  const files = await findFiles(places)
  return [
    ...files.map(({ name, path }) => ({ name, bytes: () => readBytes(path) })),
    ...addresses.map((url) => ({ name: url, url, bytes: () => fetchBytes(url) })),
  ]
}

const isAddress = (path: string) => /^https?:/i.test(path)

async function fetchBytes(url: string): Promise<Uint8Array> {
  const { bytes } = await fetchPage(url, { signal: new AbortController().signal })
  return bytes
}

function checkRegion(region: string | undefined, app: App): void {
  if (region === undefined || app.gazetteer.resolve(region) !== undefined) return
  throw new BadInputError(
    'unknown_region',
    `不认识地区「${region}」，请写省市县的名称（如 甘肃平凉）或六位区划代码`,
  )
}

function describe(outcome: Outcome, options: IngestCommandOptions, app: App): string {
  if (outcome.kind === 'failed') return `✗ ${outcome.name}：${outcome.error.message}`
  const { reading, arrival, preview } = outcome
  if (arrival === undefined) {
    const read = describeReading(reading, app.gazetteer)
    return preview ? `${read}\n${describePreview(preview)}` : read
  }
  const standing = arrival.version.status === 'in-force' ? '已发布' : '已存为草稿'
  const what = {
    known: '内容已经有了，没有改动',
    'new-document': options.publish
      ? '已发布'
      : `${standing}，发布用：documents publish ${arrival.version.documentId}`,
    'new-version': `第 ${arrival.version.version} 版，${standing}`,
  }[arrival.kind]
  const warnings = reading.warnings.map(({ message }) => `\n    · ${message}`).join('')
  return `✓ 《${reading.metadata.title}》（${reading.fileName}）：${what}${warnings}`
}

function toJson(outcome: Outcome) {
  if (outcome.kind === 'failed') {
    return {
      file: outcome.name,
      status: 'failed',
      code: outcome.error.code,
      message: outcome.error.message,
    }
  }
  const { reading, arrival, preview } = outcome
  const { metadata } = reading
  return {
    ...(preview && previewJson(preview)),
    file: reading.fileName,
    status: arrival?.kind ?? 'dry-run',
    ...(arrival && {
      document_id: arrival.version.documentId,
      version_id: arrival.version.versionId,
      version: arrival.version.version,
      standing: arrival.version.status,
    }),
    title: metadata.title,
    issuer: metadata.issuer ?? null,
    number: metadata.number ?? null,
    issued_on: metadata.issuedOn?.on.toString() ?? null,
    issued_on_precision: metadata.issuedOn?.precision ?? null,
    issued_on_inferred_from: metadata.issuedOn?.inferredFrom ?? null,
    region: metadata.jurisdictionCode ?? null,
    kind: metadata.kind,
    source: metadata.source ?? null,
    valid_from: metadata.validity.from?.toString() ?? null,
    valid_to: metadata.validity.to?.toString() ?? null,
    characters: reading.text.length,
    passages: reading.passages.length,
    passage_texts: reading.passages.map(({ headings, text }) => ({ headings, text })),
    lists: reading.lists.map(({ title, items }) => ({
      title,
      items: items.map(({ text }) => text),
    })),
    facts: reading.facts.map(({ subject, value, bound, unit, damaged }) => ({
      subject,
      value,
      bound,
      unit,
      damaged,
    })),
    tasks: reading.proposals.map(({ title }) => title),
    cuts: reading.cuts.map(({ reason, text }) => ({ reason, text })),
    warnings: reading.warnings.map(({ message }) => message),
  }
}

function previewJson({ arrival, replaces, conflicts, supersedes, answers }: DocumentPreview) {
  return {
    would_be: arrival,
    replaces: replaces?.versionId ?? null,
    conflicts: conflicts.map(({ kind, here, there }) => ({
      kind,
      here: here.quote,
      there: there.quote,
      document_id: there.documentId,
      title: there.title,
    })),
    supersedes: supersedes.map(({ older, reason, explanation }) => ({
      document_id: older.documentId,
      title: older.metadata.title,
      reason,
      explanation,
    })),
    questions_asked: answers.asked,
    changed_answers: answers.changes.map((changed) => ({
      question: changed.question,
      change: changed.change,
      pinned: changed.pinned ?? false,
      ...wordAnswerChange(changed),
    })),
  }
}

/** A single bad file is wrong use; some of many is a failure. */
function failIfAnyFailed(outcomes: readonly Outcome[]): void {
  const failed = outcomes.filter((outcome) => outcome.kind === 'failed')
  const [first] = failed
  if (first === undefined) return
  const summary = `${outcomes.length - failed.length} 份放入，${failed.length} 份没有成功（上面标 ✗ 的）`
  if (failed.length === outcomes.length && first.error instanceof BadInputError) {
    throw new BadInputError(first.error.code, summary)
  }
  throw new BotError('some_files_failed', summary)
}
