/**
 * Finds the character pairs of a question in one pass over a text. The tables are kept from question
 * to question: making them anew costs as much as reading the passages.
 */
import { foldUnit, type PairCounts } from './pair-counts.ts'

/** BM25 of a pair inside a passage: k1 as for words, all lengths alike. */
const PAIR_K1 = 0.6
/** Characters of a question told apart; pairs of further ones are not looked for. */
const MOST_CHARACTERS = 250
const WIDTH = MOST_CHARACTERS + 1
/** Units of a text that are read; passages are of some hundreds. */
const LONGEST_TEXT = 1 << 15

export interface PairFinder {
  /** Sets the pairs to look for; forgets those before. */
  prepare(question: string, spoken: readonly string[], passages: number): void
  /** BM25 of the pairs over one passage. */
  scoreOf(text: string): number
  /** Sum of the rarities of the pairs that stand in the text. */
  rarityIn(text: string): number
}

/** A finder that looks for nothing yet. */
export function createPairFinder(counts: PairCounts): PairFinder {
  /** Number of a character of the question, by UTF-16 unit; 0 for any other. */
  const characters = new Uint8Array(65_536)
  /** Number of a pair, by the numbers of its characters; 0 for any other. */
  const pairs = new Uint16Array(WIDTH * WIDTH)
  const room = Buffer.alloc(LONGEST_TEXT * 2)
  const unitsOfText = new Uint16Array(room.buffer, room.byteOffset, LONGEST_TEXT)
  let units: number[] = []
  let cells: number[] = []
  let rarities: number[] = [0]
  let times = new Uint8Array(1)

  const forget = (): void => {
    for (const unit of units) for (const variant of variantsOf(unit)) characters[variant] = 0
    for (const cell of cells) pairs[cell] = 0
    units = []
    cells = []
    rarities = [0]
  }

  const numberOf = (unit: number): number => {
    const known = characters[unit] ?? 0
    if (known !== 0 || units.length >= MOST_CHARACTERS) return known
    units.push(unit)
    for (const variant of variantsOf(unit)) characters[variant] = units.length
    return units.length
  }

  const countIn = (text: string): void => {
    times.fill(0)
    /** Copied out in one go: asking a string for each of its units takes half as long again. */
    const length = room.write(text, 'utf16le') >>> 1
    let previous = 0
    for (let i = 0; i < length; i++) {
      const number = characters[unitsOfText[i] ?? 0] ?? 0
      if (number !== 0 && previous !== 0) {
        const pair = pairs[previous * WIDTH + number] ?? 0
        times[pair] = (times[pair] ?? 0) + 1
      }
      previous = number
    }
  }

  return {
    prepare(question, spoken, passages) {
      forget()
      for (const [first, second] of tellingPairs(question, spoken)) {
        const cell = numberOf(first) * WIDTH + numberOf(second)
        if (numberOf(first) === 0 || numberOf(second) === 0 || pairs[cell] !== 0) continue
        const frequency = Math.min(passages, counts.frequency(first, second))
        pairs[cell] = rarities.length
        cells.push(cell)
        rarities.push(Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5)))
      }
      times = new Uint8Array(rarities.length)
    },
    scoreOf(text) {
      countIn(text)
      let sum = 0
      for (let pair = 1; pair < rarities.length; pair++) {
        const n = times[pair] ?? 0
        if (n > 0) sum += ((rarities[pair] ?? 0) * n * (PAIR_K1 + 1)) / (n + PAIR_K1)
      }
      return sum
    },
    rarityIn(text) {
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
