/**
 * Many files in, each on its own: a bad one is listed with its reason and costs the others nothing.
 *
 * Every file is committed by itself, so a run that is killed is resumed by running it again: files
 * whose bytes are known (key: sha256) are not even read. What stops the run is what would stop every
 * file after it too: a full disk, a database that is gone.
 */
import { createHash } from 'node:crypto'
import type { DocumentReading } from '../domain/document.ts'
import { BadInputError, BotError } from '../errors.ts'
import type { DocumentSource } from '../ingestion/ingest-document.ts'
import type { KnowledgeStore } from '../storage/knowledge-store.ts'
import type { Arrival, ArrivalOptions } from './publish-document.ts'

export interface IntakeFile {
  /** Name to store it under: its path inside the folder. */
  readonly name: string
  /** Where it is fetched from, when it is a page. */
  readonly url?: string
  bytes(): Promise<Uint8Array>
}

export type IntakeOutcome =
  | {
      readonly kind: 'stored'
      readonly name: string
      readonly arrival: Arrival
      /** A draft of an earlier run, put in force now. */
      readonly wasDraft?: true
    }
  | {
      readonly kind: 'failed'
      readonly name: string
      readonly code: string
      /** Plain Chinese: what is wrong with the file and what to do. */
      readonly message: string
      readonly cause: unknown
    }

export interface IntakeProgress {
  readonly done: number
  readonly total: number
  readonly outcome: IntakeOutcome
}

export interface IntakeReport {
  /** Files of each kind. `published`: drafts that were there and are in force now; `known`: were there already. */
  readonly counts: {
    readonly newDocuments: number
    readonly newVersions: number
    readonly published: number
    readonly known: number
    readonly failed: number
  }
  readonly failures: readonly Extract<IntakeOutcome, { kind: 'failed' }>[]
  /** Files that were not looked at because the run was aborted. */
  readonly left: number
}

export interface IntakeTools {
  ingest(source: DocumentSource): Promise<DocumentReading>
  add(reading: DocumentReading, options: ArrivalOptions): Promise<Arrival>
  readonly knowledge: Pick<KnowledgeStore, 'findByContentHash'>
  readonly publish: boolean
  onProgress?(progress: IntakeProgress): void
  /** Stops between two files. */
  readonly signal?: AbortSignal
}

/** Files that are being read while one is stored. */
const READ_AHEAD = 4

/** @throws {BotError} when the store fails, after which the run can be started again. */
export async function ingestFolder(
  files: readonly IntakeFile[],
  tools: IntakeTools,
): Promise<IntakeReport> {
  const counts = { newDocuments: 0, newVersions: 0, published: 0, known: 0, failed: 0 }
  const failures: Extract<IntakeOutcome, { kind: 'failed' }>[] = []
  let done = 0
  for await (const read of readAhead(files, tools)) {
    if (tools.signal?.aborted) break
    const outcome = await store(read, tools)
    counts[countedAs(outcome)]++
    if (outcome.kind === 'failed') failures.push(outcome)
    done++
    tools.onProgress?.({ done, total: files.length, outcome })
  }
  return { counts, failures, left: files.length - done }
}

/** In order; while one file is stored the next ones are being read. */
async function* readAhead(files: readonly IntakeFile[], tools: IntakeTools): AsyncGenerator<Read> {
  const begun: Promise<Read>[] = []
  for (const file of files) {
    const reading = readFile(file, tools)
    reading.catch(() => undefined) // thrown in its turn, or of no matter any more
    begun.push(reading)
    const first = begun.length > READ_AHEAD && begun.shift()
    if (first) yield await first
  }
  yield* begun
}

async function store(read: Read, tools: IntakeTools): Promise<IntakeOutcome> {
  if (read.kind === 'failed') return read
  const { name } = read.file
  if (read.kind === 'known') return { kind: 'stored', name, arrival: read.arrival }
  const { reading, original } = read
  try {
    const arrival = await tools.add(reading, { publish: tools.publish, original })
    return { kind: 'stored', name, arrival, ...(read.wasDraft && { wasDraft: true }) }
  } catch (error) {
    if (error instanceof BadInputError) return failed(read.file, error)
    throw error
  }
}

type Read =
  | {
      readonly kind: 'read'
      readonly file: IntakeFile
      readonly reading: DocumentReading
      readonly original: Uint8Array
      /** Stored before, and not in force yet. */
      readonly wasDraft: boolean
    }
  | { readonly kind: 'known'; readonly file: IntakeFile; readonly arrival: Arrival }
  | Extract<IntakeOutcome, { kind: 'failed' }>

async function readFile(file: IntakeFile, tools: IntakeTools): Promise<Read> {
  try {
    const original = await file.bytes()
    const known = await knownVersion(original, tools)
    // A draft that is to be published now still has to go its way.
    const wasDraft = known?.status === 'draft' && tools.publish
    if (known && !wasDraft)
      return { kind: 'known', file, arrival: { kind: 'known', version: known } }
    const { name: fileName, url } = file
    const reading = await tools.ingest({ fileName, bytes: original, ...(url && { url }) })
    return { kind: 'read', file, reading, original, wasDraft }
  } catch (error) {
    if (isOfTheStore(error)) throw error
    return failed(file, error)
  }
}

function knownVersion(original: Uint8Array, { knowledge }: IntakeTools) {
  const contentHash = createHash('sha256').update(original).digest('hex')
  return knowledge.findByContentHash(contentHash)
}

/** Codes of storage/sql/store-error.ts: they are about the database, not about the file. */
function isOfTheStore(error: unknown): boolean {
  return error instanceof BotError && error.code.startsWith('store_')
}

function failed(file: IntakeFile, cause: unknown): Extract<IntakeOutcome, { kind: 'failed' }> {
  const known = cause instanceof BotError
  return {
    kind: 'failed',
    name: file.name,
    code: known ? cause.code : 'unreadable_file',
    message: known ? cause.message : '读这个文件时出错。请确认文件没有损坏，能正常打开，再试一次。',
    cause,
  }
}

function countedAs(outcome: IntakeOutcome): keyof IntakeReport['counts'] {
  if (outcome.kind === 'failed') return 'failed'
  if (outcome.wasDraft) return 'published'
  const counted = {
    known: 'known',
    'new-document': 'newDocuments',
    'new-version': 'newVersions',
  } as const
  return counted[outcome.arrival.kind]
}
