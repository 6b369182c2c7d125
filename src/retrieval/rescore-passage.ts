/**
 * Reads a candidate passage again for what word counts cannot see: pairs of neighbouring characters
 * (words that question and text cut differently, words that stand together), what the opening of the
 * document speaks of, and how much of the question is there at all.
 *
 * Measured on 8,000 news articles with near duplicates, R@1 / MRR@10: words 78.8 / 86.0; + pairs
 * 80.8 / 86.7; + coverage and opening 81.7 / 87.6. A best window of 40 or 80 characters, triples,
 * phrases, a second passage, the whole document: nothing or less. Works on the text itself: an index
 * of pairs would take 126 MB at 150,000 passages for the same quality.
 */
import { foldUnit, type PairCounts } from './pair-counts.ts'
import type { PassageSlots } from './passage-slots.ts'
import type { Candidate, QueryWord, RankedWords } from './rank-passages.ts'
import type { IndexedDocument, SearchHit } from './search-index.ts'

const PAIR_WEIGHT = 0.6
/** BM25 of a pair inside a passage: k1 as for words, lengths alike. */
const PAIR_K1 = 0.6
/** The opening: title and first characters, where a document says what it is about. */
const OPENING_LENGTH = 100
const OPENING_WEIGHT = 0.12
/** Bonus of the passage that opens its document. */
const FIRST_PASSAGE_BONUS = 0.05
/** Power of the share of the question's words that the passage has. */
const COVERAGE_POWER = 0.3
/** A passage that has none of the question's own words still counts for this much. */
const LEAST_COVERAGE = 0.02
/** Characters of the question told apart when pairs are looked for. */
const MOST_CHARACTERS = 250

/** Words a question is asked with: they ask for a kind of value, the text need not have them. */
const FRAME_WORDS: ReadonlySet<string> = new Set(
  (
    '时间 时候 日期 日子 地点 地方 名称 名字 数量 数字 数目 原因 理由 目的 意思 内容 方式 方法 办法 ' +
    '分别 具体 包括 包含 主要 提到 表示 认为 介绍 属于 来自 达到 情况 方面 身份 主题 哪一天 哪种 哪位 ' +
    '哪几 哪项 两个 三个 是从 进行'
  ).split(' '),
)

interface Parts {
  readonly slots: PassageSlots
  readonly pairCounts: PairCounts
}

/** The candidates scored finely, best first. */
export function rescorePassages(
  { words, spoken, candidates }: RankedWords,
  question: string,
  { slots, pairCounts }: Parts,
): SearchHit[] {
  const pairs = preparePairs(question, spoken, pairCounts, slots.live)
  const coverageOf = prepareCoverage(words)
  const openings = new Map<IndexedDocument, number>()
  const openingOf = (document: IndexedDocument): number => {
    const known = openings.get(document)
    if (known !== undefined) return known
    const opening = `${document.metadata.title}\n${document.text.slice(0, OPENING_LENGTH)}`
    const score = pairs.rarityIn(opening)
    openings.set(document, score)
    return score
  }
  const score = ({ slot, document, score: words, prior, found }: Candidate): SearchHit[] => {
    const passage = slots.passage(slot)
    if (passage === undefined) return []
    const coverage = coverageOf(found)
    const first = passage.ordinal === 0 ? 1 + FIRST_PASSAGE_BONUS : 1
    const sum =
      words + PAIR_WEIGHT * pairs.scoreOf(passage.text) + OPENING_WEIGHT * openingOf(document)
    const share = Math.max(LEAST_COVERAGE, coverage) ** COVERAGE_POWER
    return [{ document, passage, score: sum * share * first * prior, coverage }]
  }
  return candidates.flatMap(score).sort((a, b) => b.score - a.score)
}

/** Share of the question's words, weighed by rarity; the words it is merely asked with do not count. */
function prepareCoverage(words: readonly QueryWord[]): (found: number) => number {
  const single = words.filter(({ covers }) => covers !== 0 && (covers & (covers - 1)) === 0)
  const telling = single.filter(({ word }) => !FRAME_WORDS.has(word))
  const weights = new Map<number, number>()
  for (const { covers, idf } of telling.length > 0 ? telling : single) {
    if (!weights.has(covers)) weights.set(covers, idf)
  }
  const total = [...weights.values()].reduce((sum, idf) => sum + idf, 0)
  return (found) => {
    if (total === 0) return 0
    let sum = 0
    for (const [bit, idf] of weights) if ((found & bit) !== 0) sum += idf
    return sum / total
  }
}

/** Finds the question's character pairs in a text in one pass over it. */
function preparePairs(
  question: string,
  spoken: readonly string[],
  counts: PairCounts,
  passages: number,
) {
  const characters = new Map<number, number>()
  const table = new Uint8Array(65_536)
  const idOf = (unit: number): number => {
    const known = characters.get(unit)
    if (known !== undefined) return known
    const id = characters.size < MOST_CHARACTERS ? characters.size + 1 : 0
    if (id > 0) {
      characters.set(unit, id)
      for (const variant of variantsOf(unit)) table[variant] = id
    }
    return id
  }
  const size = MOST_CHARACTERS + 1
  const cells = new Uint16Array(size * size)
  const rarities: number[] = [0]
  for (const [first, second] of tellingPairs(question, spoken)) {
    const cell = idOf(first) * size + idOf(second)
    if (idOf(first) === 0 || idOf(second) === 0 || cells[cell] !== 0) continue
    const frequency = Math.min(passages, counts.frequency(first, second))
    cells[cell] = rarities.length
    rarities.push(Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5)))
  }
  const times = new Uint8Array(rarities.length)

  const countIn = (text: string): void => {
    times.fill(0)
    let previous = 0
    for (let i = 0; i < text.length; i++) {
      const id = table[text.charCodeAt(i)] ?? 0
      if (id !== 0 && previous !== 0) {
        const pair = cells[previous * size + id] ?? 0
        times[pair] = (times[pair] ?? 0) + 1
      }
      previous = id
    }
  }
  return {
    scoreOf(text: string): number {
      countIn(text)
      let sum = 0
      for (let pair = 1; pair < rarities.length; pair++) {
        const n = times[pair] ?? 0
        if (n > 0) sum += ((rarities[pair] ?? 0) * n * (PAIR_K1 + 1)) / (n + PAIR_K1)
      }
      return sum
    },
    /** Sum of the rarities of the pairs that stand in the text. */
    rarityIn(text: string): number {
      countIn(text)
      let sum = 0
      for (let pair = 1; pair < rarities.length; pair++) {
        if ((times[pair] ?? 0) > 0) sum += rarities[pair] ?? 0
      }
      return sum
    },
  }
}

/** Pairs inside the question's words and across words that stand side by side in it. */
function* tellingPairs(question: string, spoken: readonly string[]): Generator<[number, number]> {
  const folded = Array.from(question, (c) => String.fromCharCode(foldUnit(c.charCodeAt(0)))).join(
    '',
  )
  let before = ''
  for (const word of new Set(spoken)) {
    for (let i = 0; i + 1 < word.length; i++) yield [word.charCodeAt(i), word.charCodeAt(i + 1)]
    const joint = before.slice(-1) + word.slice(0, 1)
    if (joint.length === 2 && folded.includes(joint))
      yield [joint.charCodeAt(0), joint.charCodeAt(1)]
    before = word
  }
}

/** The forms of a folded character that a text may have: upper case, full width. */
function variantsOf(unit: number): number[] {
  const upper = unit >= 0x61 && unit <= 0x7a ? [unit - 0x20] : []
  const plain = [unit, ...upper]
  const wide = plain.filter((c) => c > 0x20 && c < 0x7f).map((c) => c + 0xfee0)
  return [...plain, ...wide]
}
