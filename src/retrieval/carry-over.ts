/** What a part of a question takes over from the first part, and a follow-up from the turn before it. */
import { foldForMatching } from '../text/fold-for-matching.ts'
import { type Ask, isFigure } from './asked-kinds.ts'
import type { Term } from './question-terms.ts'
import type { QuestionPart, UnderstoodQuestion } from './understand-question.ts'

/** Later parts are about what the first is about: 「建会率要多少?什么时候完成?」. */
export function shareSubject(
  parts: [QuestionPart, ...QuestionPart[]],
): [QuestionPart, ...QuestionPart[]] {
  const [first, ...rest] = parts
  return [first, ...rest.map((part) => withSubjectOf(part, first))]
}

/** 「救灾资金多少,合计多少」: a bare 多少 is the same kind of figure. */
function withSubjectOf(part: QuestionPart, first: QuestionPart): QuestionPart {
  const figure = first.asks.find(({ kind }) => isFigure(kind))
  const asks = part.asks.map((ask) =>
    ask.kind === 'count' &&
    ask.unit === undefined &&
    ask.counted === undefined &&
    figure !== undefined
      ? { ...ask, kind: figure.kind, ...(figure.unit !== undefined && { unit: figure.unit }) }
      : ask,
  )
  return { ...part, asks, terms: addCarried(part.terms, first.terms, 'part') }
}

/** A part with a subject of its own leans on the carried one less. */
const CARRIED_BESIDE_OWN = { part: 0.6, turn: 0.35 }

function addCarried(own: readonly Term[], from: readonly Term[], carried: 'part' | 'turn'): Term[] {
  const hasOwn = own.some(({ key, weight }) => key || weight >= 0.4)
  const share = hasOwn ? CARRIED_BESIDE_OWN[carried] : 1
  const known = new Set(own.map(({ word }) => word))
  return [
    ...own,
    ...from
      .filter(({ word }) => !known.has(word))
      .map((term) => ({ ...term, weight: term.weight * share, carried })),
  ]
}

const OPENS_AS_FOLLOW_UP =
  /^(?:那么?|这|它|他们|她们|其中|其|还有|再|另外|上面|刚才|第[一二三四五六七八九十\d]+)/
const POINTS_BACK =
  /剩下|其余|余下|剩余|那部分|这个|那个|这次|那次|它|他们|上面|刚才|前面|该|此|其中|加一块|加起来|班上|第[一二三四五六七八九十\d]+[件项条个抓]/

/** Whether a turn leaves out what only the one before it says. */
export function needsEarlierTurn(own: UnderstoodQuestion, last: string): boolean {
  if (OPENS_AS_FOLLOW_UP.test(own.text) || POINTS_BACK.test(own.text)) return true
  const keys = own.parts.flatMap(({ terms }) => terms).filter(({ key }) => key)
  if (keys.length === 0) return true
  const before = foldForMatching(last)
  return (
    keys.length <= 2 &&
    keys.some(({ word }) => before.includes(word) || sharesCharacter(word, before))
  )
}

function sharesCharacter(word: string, text: string): boolean {
  return word.length === 2 && Array.from(word).some((character) => text.includes(character))
}

/** 「那互助保险呢?」: a new subject, the same question. */
const SWAPS_SUBJECT = /^(?:那么?)?[^,。?]{1,16}呢[?。!]?$/

/** A turn with what it leaves out taken from the earlier one. */
export function carryOver(
  own: UnderstoodQuestion,
  earlier: UnderstoodQuestion,
): UnderstoodQuestion {
  const swaps = SWAPS_SUBJECT.test(own.text) && own.parts.every(({ asks }) => asks.length === 0)
  const before = earlier.parts[0]
  const [first, ...rest] = own.parts.map((part) => {
    const asks = part.asks.length > 0 ? part.asks : before.asks.map(withoutUnit)
    const terms = addCarried(part.terms, swaps ? dim(before.terms) : before.terms, 'turn')
    return { ...part, asks, terms }
  })
  const places = own.places.length > 0 ? own.places : earlier.places
  const years = own.years.length > 0 ? own.years : earlier.years
  const subject = swaps ? keyWords(own.parts) : []
  const words = [
    ...places.map(({ name }) => name),
    ...years.map((year) => `${year}年`),
    (subject.length > 0 ? subject : keyWords([before])).join(''),
  ].filter((word) => word !== '')
  return {
    ...own,
    parts: [first ?? before, ...rest],
    places,
    placeTexts: own.places.length > 0 ? own.placeTexts : earlier.placeTexts,
    years,
    ...(own.level === undefined && earlier.level !== undefined && { level: earlier.level }),
    earlier: earlier.text,
    ...(words.length > 0 && { understoodAs: words.join('·') }),
  }
}

/** The things that parts are about, each once. */
function keyWords(parts: readonly QuestionPart[]): string[] {
  return [
    ...new Set(
      parts.flatMap(({ terms }) => terms.filter(({ key }) => key).map(({ word }) => word)),
    ),
  ]
}

function withoutUnit(ask: Ask): Ask {
  const { unit: _, ...rest } = ask
  return rest
}

/** After a change of subject the old one only helps to find the document. */
function dim(terms: readonly Term[]): Term[] {
  return terms.map((term) => ({ ...term, weight: term.weight * 0.3, key: false }))
}
