/**
 * The life of a document: it comes in as a draft, is put in force, replaced by its next version,
 * withdrawn, or brought back.
 *
 * Every step is one transaction with its audit entry: the older version stops and the newer one
 * begins in the same instant, so there is no moment without answers. Everything may run twice: the
 * same bytes again change nothing (key: sha256 of the bytes), and a version that is in force
 * already stays so.
 */
import type { DocumentReading, DocumentStatus, DocumentSummary } from '../domain/document.ts'
import { BadInputError } from '../errors.ts'
import type { AuditDetails } from '../storage/audit-store.ts'
import type { Store } from '../storage/store.ts'
import { dropInvisible } from '../text/clean-question.ts'
import { fingerprintOf } from './fingerprint.ts'
import { keepCorrections } from './keep-corrections.ts'
import { type Recognition, recognizeDocument } from './recognize-document.ts'

/** Who changes what, when. */
export interface ChangeContext {
  readonly store: Store
  /** Account or part of the program, for the audit log: `cli`, `feishu:ou_…`. */
  readonly actor: string
  readonly at: Temporal.Instant
}

export interface ArrivalOptions {
  /** Put it in force at once, unless it is known already. */
  readonly publish: boolean
  /** The bytes as they came. */
  readonly original?: Uint8Array
  /** Store a new version also of known bytes: read by a better reader, or described by the admin otherwise. */
  readonly reread?: boolean
  /** The document that it is a version of, when that is known: fetched again from the same page. */
  readonly versionOf?: string
}

/** What became of a file that came in. */
export type Arrival =
  | { readonly kind: 'known'; readonly version: DocumentSummary }
  | { readonly kind: 'new-document'; readonly version: DocumentSummary }
  | {
      readonly kind: 'new-version'
      readonly version: DocumentSummary
      readonly previous: DocumentSummary
      readonly because: Recognition['because'] | 'same-bytes' | 'same-source'
    }

export interface Publication {
  readonly published: DocumentSummary
  /** The version that was in force until then. */
  readonly superseded?: DocumentSummary
}

/** A file whose name has no visible character. */
const NAMELESS = '未命名文件'

/** Stores what was read as a draft: nothing new for known bytes, else a new document or the next version of one. */
export function addDocument(
  read: DocumentReading,
  options: ArrivalOptions,
  context: ChangeContext,
): Promise<Arrival> {
  const reading = { ...read, fileName: dropInvisible(read.fileName) || NAMELESS }
  return context.store.transaction(async (store) => {
    const inner = { ...context, store }
    await store.knowledge.lock()
    const known = await store.knowledge.findByContentHash(reading.contentHash)
    if (known && !options.reread) return rest(known, options, inner)

    const fingerprint = fingerprintOf(reading.text)
    const recognition = known
      ? { newest: known, because: 'same-bytes' as const }
      : await recognize(reading, fingerprint, options.versionOf, store)
    const corrected = recognition ? await corrections(reading, recognition.newest, store) : reading
    const draft = await store.knowledge.addDraft(corrected, {
      createdAt: context.at,
      fingerprint,
      ...(options.original && { original: options.original }),
      ...(recognition && { documentId: recognition.newest.documentId }),
    })
    await record('document_added', draft, inner)
    if (options.publish) await publishDocument(draft.versionId, inner)
    const version = await summaryOf(draft.versionId, store)
    if (!recognition) return { kind: 'new-document', version }
    const { newest: previous, because } = recognition
    return { kind: 'new-version', version, previous, because }
  })
}

/** By the version in force; where none is, by the newest. A sample teaches nothing. */
async function corrections(reading: DocumentReading, newest: DocumentSummary, store: Store) {
  const { metadata } = (await inForceVersion(newest.documentId, store)) ?? newest
  return metadata.sample ? reading : keepCorrections(reading, metadata)
}

async function recognize(
  reading: DocumentReading,
  fingerprint: readonly number[],
  versionOf: string | undefined,
  store: Store,
) {
  if (versionOf === undefined) return recognizeDocument(reading, fingerprint, store.knowledge)
  const newest = (await historyOf(versionOf, store)).at(-1)
  return newest && { newest, because: 'same-source' as const }
}

/** Known bytes change nothing; only a draft that was never put in force is published now. */
async function rest(known: DocumentSummary, options: ArrivalOptions, context: ChangeContext) {
  if (known.status === 'draft' && options.publish) {
    await publishDocument(known.versionId, context)
  }
  return { kind: 'known', version: await summaryOf(known.versionId, context.store) } as const
}

/**
 * Puts a version in force and ends the one that was. Also brings an older version back.
 *
 * @throws {BadInputError} `unknown_version`
 */
export function publishDocument(versionId: string, context: ChangeContext): Promise<Publication> {
  return context.store.transaction(async (store) => {
    const inner = { ...context, store }
    await store.knowledge.lock()
    const version = await summaryOf(versionId, store)
    const current = await inForceVersion(version.documentId, store)
    if (current?.versionId === versionId) return { published: version }
    if (current) await store.knowledge.setStatus(current.versionId, 'superseded')
    const published = await moveTo('in-force', 'document_published', version, inner)
    return { published, ...(current && { superseded: current }) }
  })
}

/**
 * Takes a document out of force; its versions stay and can be published again.
 *
 * @returns the version that was in force; undefined when none was.
 * @throws {BadInputError} `unknown_document`
 */
export function withdrawDocument(
  documentId: string,
  context: ChangeContext,
): Promise<DocumentSummary | undefined> {
  return context.store.transaction(async (store) => {
    await store.knowledge.lock()
    await historyOf(documentId, store)
    const current = await inForceVersion(documentId, store)
    if (!current) return undefined
    return moveTo('withdrawn', 'document_withdrawn', current, { ...context, store })
  })
}

/**
 * Brings back the version before the one in force, which is withdrawn.
 *
 * @throws {BadInputError} `unknown_document`, `nothing_to_roll_back`
 */
export function rollbackDocument(documentId: string, context: ChangeContext): Promise<Publication> {
  return context.store.transaction(async (store) => {
    const inner = { ...context, store }
    await store.knowledge.lock()
    const history = await historyOf(documentId, store)
    const current = history.find(({ status }) => status === 'in-force')
    const earlier = history.findLast(
      ({ status, version }) => status === 'superseded' && version < (current?.version ?? 0),
    )
    if (!current || !earlier) {
      throw new BadInputError(
        'nothing_to_roll_back',
        `文件 ${documentId} 没有可以退回的上一版。请用 documents history 查看它的版本。`,
      )
    }
    await store.knowledge.setStatus(current.versionId, 'withdrawn')
    const published = await moveTo('in-force', 'document_rolled_back', earlier, inner)
    return { published, superseded: current }
  })
}

async function moveTo(
  status: DocumentStatus,
  action: string,
  version: DocumentSummary,
  context: ChangeContext,
): Promise<DocumentSummary> {
  await context.store.knowledge.setStatus(version.versionId, status)
  await record(action, version, context)
  return { ...version, status }
}

async function inForceVersion(documentId: string, store: Store) {
  const history = await store.knowledge.history(documentId)
  return history.find(({ status }) => status === 'in-force')
}

async function historyOf(documentId: string, store: Store): Promise<readonly DocumentSummary[]> {
  const history = await store.knowledge.history(documentId)
  if (history.length > 0) return history
  throw new BadInputError(
    'unknown_document',
    `没有编号为 ${documentId} 的文件。请用 documents list 查看现有文件。`,
  )
}

async function summaryOf(versionId: string, store: Store): Promise<DocumentSummary> {
  const version = await store.knowledge.summary(versionId)
  if (version) return version
  throw new BadInputError(
    'unknown_version',
    `没有编号为 ${versionId} 的文件版本。请用 documents list 查看现有文件。`,
  )
}

function record(action: string, version: DocumentSummary, context: ChangeContext) {
  const details: AuditDetails = { versionId: version.versionId, contentHash: version.contentHash }
  const subject = `document:${version.documentId}`
  const { actor, at } = context
  return context.store.audit.record({ at, actor, action, subject, details })
}
