/**
 * The file in DATA_DIR in which a large index outlives the process: 150,000 passages are back in a
 * second instead of five. Written behind the questions; derived from the store and from this very
 * program: under another program's sources it is foreign and is made anew.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { endianness } from 'node:os'
import { join } from 'node:path'
import type { Logger } from '../logger.ts'
import type { IndexKeeper, Kept } from '../retrieval/kept-index.ts'
import type { HeldDocument, SavedIndex } from '../retrieval/saved-index.ts'
import type { IndexedDocument, IndexedPassage } from '../retrieval/search-index.ts'
import { type Section, type Sections, sectionFile } from '../storage/section-file.ts'
import { readJson, storedJson } from '../storage/sql/stored-values.ts'

export const SNAPSHOT_NAME = 'index.snapshot'
/** Documents written and read at a time: some milliseconds. */
const BATCH = 200

/** A keeper of the index in one folder. Its faults are logged and cost time, never an answer. */
export function createIndexKeeper(dataDir: string, logger: Logger): IndexKeeper {
  const file = sectionFile(join(dataDir, SNAPSHOT_NAME), programKey)
  return {
    open: async () => {
      const sections = await file.read()
      if (sections === undefined) return undefined
      const { revisions } = JSON.parse(textOf(sections['state'])) as {
        revisions: [string, number][]
      }
      const documents = await readDocuments(sections)
      return { numbers: sections, documents, revisions: new Map(revisions) }
    },
    keep: async (index, isCurrent) => {
      try {
        const written = await file.write(sectionsOf(index), isCurrent)
        if (written) logger.info('index_kept', { documents: index.revisions.size })
        return written
      } catch (error) {
        logger.warn('index_not_kept', { error })
        return false
      }
    },
    refuse: async (error) => {
      logger.warn('index_snapshot_refused', { error })
      await file.remove()
    },
  }
}

/** What the numbers and words in the file rest on: the sources that make them, the byte order. */
function programKey(): string {
  const hash = createHash('sha256').update(endianness())
  const source = join(import.meta.dirname, '..')
  for (const folder of ['retrieval', 'text', 'assembly']) {
    for (const name of readdirSync(join(source, folder)).toSorted()) {
      if (/(?<!\.test)\.ts$/.test(name)) hash.update(readFileSync(join(source, folder, name)))
    }
  }
  hash.update(readFileSync(join(source, '../package.json')))
  return hash.digest('base64url')
}

function sectionsOf({ numbers, documents, revisions }: SavedIndex & Kept): Section[] {
  const held = [...documents]
  const arrays = Object.entries(numbers).map(([name, pieces]) => ({
    name,
    pieces: pieces.map((piece) => new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength)),
  }))
  const state = { revisions: [...revisions] }
  return [
    { name: 'state', pieces: [Buffer.from(JSON.stringify(state))] },
    { name: 'documents', pieces: inBatches(held, (batch) => batch.map(recordOf).join('')) },
    {
      name: 'texts',
      pieces: inBatches(
        held,
        (batch) => batch.map(({ document }) => document.text).join(''),
        'utf16le',
      ),
    },
    ...arrays,
  ]
}

function* inBatches(
  held: readonly HeldDocument[],
  write: (batch: readonly HeldDocument[]) => string,
  encoding: 'utf8' | 'utf16le' = 'utf8',
): Generator<Uint8Array> {
  for (let from = 0; from < held.length; from += BATCH) {
    yield Buffer.from(write(held.slice(from, from + BATCH)), encoding)
  }
}

type PassageRecord = readonly [
  start: number,
  end: number,
  headings: readonly string[],
  /** Only when it differs from the document's text at the span. */
  text?: string,
]

type DocumentRecord = Omit<IndexedDocument, 'text' | 'passages'> & {
  /** UTF-16 units of its text in the section of texts. */
  readonly length: number
  readonly slots: readonly number[]
  readonly passages: readonly PassageRecord[]
}

function recordOf({ document, slots }: HeldDocument): string {
  const { text, passages, ...rest } = document
  const records = passages.map(
    ({ start, end, headings, text: own }): PassageRecord =>
      own === text.slice(start, end) ? [start, end, headings] : [start, end, headings, own],
  )
  const record: DocumentRecord = { ...rest, length: text.length, slots, passages: records }
  return `${storedJson(record)}\n`
}

async function readDocuments(sections: Sections): Promise<HeldDocument[]> {
  const texts = Buffer.from((sections['texts'] ?? new Uint8Array()).buffer)
  const lines = textOf(sections['documents']).split('\n')
  const held: HeldDocument[] = []
  let at = 0
  for (const line of lines.slice(0, -1)) {
    const { length, slots, passages, ...rest } = readJson<DocumentRecord>(line)
    const text = texts.toString('utf16le', at, at + length * 2)
    at += length * 2
    held.push({ document: { ...rest, text, passages: passages.map(passageOf(text)) }, slots })
    if (held.length % BATCH === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  return held
}

const passageOf =
  (documentText: string) =>
  ([start, end, headings, own]: PassageRecord, ordinal: number): IndexedPassage => {
    return { start, end, ordinal, headings, text: own ?? documentText.slice(start, end) }
  }

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes)
}
