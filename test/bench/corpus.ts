/**
 * What the bench searches: 8,000 news articles with 240 questions when they lie beside the
 * repository, else a corpus of our own making, and as many made-up articles as it takes to reach the
 * size asked for. Made-up articles are real sentences in new company, so that words keep their
 * frequencies.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Passage } from '../../src/domain/passage.ts'
import type { IndexableDocument } from '../../src/retrieval/search-index.ts'
import { splitSentences } from '../../src/text/split-sentences.ts'
import type { Tokenizer } from '../../src/text/tokenize.ts'

export interface BenchQuery {
  readonly query: string
  /** Names of the documents that answer it. */
  readonly gold: readonly string[]
}

export type CutDocument = IndexableDocument & { readonly passages: readonly Passage[] }

export interface BenchCorpus {
  readonly name: string
  readonly documents: readonly CutDocument[]
  readonly queries: readonly BenchQuery[]
  readonly passageCount: number
}

const SHARED = resolve(
  process.env['SHARED_DIR'] ?? resolve(import.meta.dirname, '../../../shared'),
  'eval/crud-dev',
)
/** Passages as the published figures have them: 400 characters, 60 of them shared with the next. */
const PASSAGE_LENGTH = 400
const OVERLAP = 60

export function loadCorpus(tokenizer: Tokenizer, passages: number): BenchCorpus {
  const real = existsSync(join(SHARED, 'docs.jsonl.gz'))
  const texts = real ? readNews() : makeArticles(800)
  const queries = real ? readQueries() : makeQueries(texts)
  const documents: CutDocument[] = []
  let count = 0
  const add = (id: string, text: string) => {
    const document = toDocument(id, text, tokenizer)
    documents.push(document)
    count += document.passages.length
  }
  for (const { id, text } of texts) add(id, text)
  const mixed = mixSentences(texts.map(({ text }) => text))
  for (let i = 0; count < passages; i++) add(`mixed-${i}`, mixed())
  return {
    name: real ? 'news (crud-dev)' : 'made-up articles: no quality figures worth comparing',
    documents,
    queries,
    passageCount: count,
  }
}

/** `count` texts of at least `length` characters: real sentences when there are any. */
export function mixArticles(count: number, length: number): string[] {
  const texts = existsSync(join(SHARED, 'docs.jsonl.gz')) ? readNews() : makeArticles(800)
  const mixed = mixSentences(
    texts.map(({ text }) => text),
    length,
  )
  return Array.from({ length: count }, mixed)
}

interface Article {
  readonly id: string
  readonly text: string
}

function readNews(): Article[] {
  return gunzipSync(readFileSync(join(SHARED, 'docs.jsonl.gz')))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Article)
}

function readQueries(): BenchQuery[] {
  return readFileSync(join(SHARED, 'queries.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as BenchQuery)
}

/** Repeatable pseudo-random numbers in [0, 1): mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function mixSentences(texts: readonly string[], length = 650): () => string {
  const random = randomFrom(2014)
  const sentences = texts.flatMap((text) =>
    splitSentences(text).map(({ start, end }) => text.slice(start, end)),
  )
  return () => {
    let text = ''
    while (text.length < length) text += sentences[Math.floor(random() * sentences.length)] ?? ''
    return text
  }
}

const PLACES = ['安宁', '云溪', '石桥', '双河', '临江', '青山', '南浦', '北塬', '东坪', '西营']
const DEEDS = ['职工书屋', '工会驿站', '技能培训', '健康体检', '互助保障', '爱心托管班', '劳动竞赛']
const UNITS = ['个', '名', '场', '户', '人次']

function makeArticles(count: number): Article[] {
  const random = randomFrom(7)
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T
  return Array.from({ length: count }, (_, i) => {
    const place = `${pick(PLACES)}第${i}街道`
    const lines = Array.from({ length: 12 }, () => {
      const number = 10 + Math.floor(random() * 9000)
      return `${place}总工会计划开展${pick(DEEDS)}工作,全年完成${number}${pick(UNITS)},由${pick(PLACES)}工会负责落实。`
    })
    return { id: `made-${i}`, text: lines.join('') }
  })
}

function makeQueries(texts: readonly Article[]): BenchQuery[] {
  return texts.slice(0, 240).map(({ id, text }) => {
    const place = text.slice(0, text.indexOf('总工会'))
    return { query: `${place}今年有哪些工作?`, gold: [id] }
  })
}

function toDocument(id: string, text: string, tokenizer: Tokenizer): CutDocument {
  const passages = splitOverlapping(text).map(({ start, end }, ordinal) => {
    const own = text.slice(start, end)
    return { start, end, ordinal, headings: [], text: own, tokens: tokenizer.tokens(own) }
  })
  return {
    documentId: id,
    versionId: id,
    fileName: id,
    text,
    passages,
    lists: [],
    facts: [],
    metadata: {
      title: '',
      kind: 'news',
      readableBy: 'all',
      validity: { basis: '' },
      sample: false,
    },
  }
}

function splitOverlapping(text: string): { readonly start: number; readonly end: number }[] {
  const ends = splitSentences(text).map(({ end }) => end)
  const passages: { start: number; end: number }[] = []
  for (let start = 0; start < text.length; ) {
    const last = ends.findLast((end) => end > start && end <= start + PASSAGE_LENGTH)
    let end = last ?? Math.min(text.length, start + PASSAGE_LENGTH)
    if (text.length - end < OVERLAP) end = text.length
    passages.push({ start, end })
    if (end === text.length) break
    start = ends.find((e) => e >= end - OVERLAP && e < end && e > start) ?? end
  }
  return passages
}
