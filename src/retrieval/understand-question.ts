/**
 * What a question asks: its parts, the kinds of value each part wants, the words it is about, and
 * the place and the year it names. A follow-up takes over what it leaves out from the asker's
 * earlier turns, and says so.
 */
import type { Gazetteer, Jurisdiction, JurisdictionLevel } from '../domain/jurisdiction.ts'
import type { Query } from '../domain/query.ts'
import { foldForMatching } from '../text/fold-for-matching.ts'
import type { Ask } from './asked-kinds.ts'
import { type AskedOrdinal, ordinalAsked, turnOfOrdinal } from './asked-ordinal.ts'
import { distinctPlaces, isDestination, isOrigin, levelAsked, yearsAsked } from './asked-scope.ts'
import { carryOver, needsEarlierTurn, shareSubject } from './carry-over.ts'
import type { Term, TermSources } from './question-terms.ts'
import type { Claim } from './read-claims.ts'
import { readEnglish } from './read-english.ts'
import { readPart } from './read-part.ts'
import { splitQuestion } from './split-question.ts'
import { type NamedPlace, type Side, splitSides } from './split-sides.ts'
import { standardWording } from './standard-wording.ts'

export interface QuestionPart {
  readonly text: string
  /** `text` without the names of places: 六安 counts nothing. */
  readonly bare: string
  readonly asks: readonly Ask[]
  readonly terms: readonly Term[]
  /** Figures the asker puts forward: 「2万名……对吗」. */
  readonly claims: readonly Claim[]
  /** The one of two places set side by side that this part asks about. */
  readonly place?: Jurisdiction
}

export interface UnderstoodQuestion {
  /** Standardised text: simplified, half-width, colloquial question words replaced. */
  readonly text: string
  readonly parts: readonly [QuestionPart, ...QuestionPart[]]
  /** Places named, here or in the turn it follows up. */
  readonly places: readonly Jurisdiction[]
  /** Each place as it is written, with the two characters after it: 宁县西路 may be a street elsewhere. */
  readonly placeTexts: readonly string[]
  /** Level asked for by 省里, 市总, 全县. */
  readonly level?: JurisdictionLevel
  /** Years asked for: 2014年, 今年; empty when the question insists on none. */
  readonly years: readonly number[]
  /** 「第七件」: the place in a list that is asked for. */
  readonly ordinal?: AskedOrdinal
  /** Asks to add up, or for both of two things: 合计, 分别, 两次. */
  readonly wantsAll: boolean
  /** Asks for the whole of one thing (一共): other documents have nothing to add. */
  readonly sumsUp: boolean
  /** The text of the earlier turn that was carried over; empty without one. */
  readonly earlier: string
  /** What was carried over from earlier turns, in words; absent when nothing was. */
  readonly understoodAs?: string
}

export interface UnderstandingTools extends TermSources {
  readonly gazetteer: Gazetteer
  /** Repairs pinyin and typing errors against the words of the documents. */
  readonly repair: (text: string) => string
}

/** Turns further back than this are not looked at. */
const TURNS_REMEMBERED = 4

export function understandQuestion(query: Query, tools: UnderstandingTools): UnderstoodQuestion {
  const own = readTurn(query.question, query, tools)
  const history = query.history.slice(-TURNS_REMEMBERED).filter((turn) => saysAnything(turn, tools))
  const followed =
    own.ordinal === undefined ? history.length - 1 : turnOfOrdinal(own.ordinal, history)
  const turn = history[followed]
  if (turn === undefined || !needsEarlierTurn(own, turn)) return own
  const earlier = understandQuestion(
    { ...query, question: turn, history: history.slice(0, followed) },
    tools,
  )
  return carryOver(own, earlier)
}

/** 「asdfgh」 is no subject: letters that stand for no Chinese word and that no document holds. 「啊啊啊」 neither. */
function saysAnything(turn: string, tools: UnderstandingTools): boolean {
  const text = standardText(turn, tools)
  if (/^(\p{L})\1*\P{L}*$/u.test(text)) return false
  if (/[\p{Script=Han}\d]/u.test(text)) return true
  return text.split(/[^\p{L}]+/u).some((word) => word !== '' && tools.index.frequency(word) > 0)
}

function standardText(question: string, { repair }: UnderstandingTools): string {
  const repaired = repair(foldForMatching(question).replace(/\s+/g, ' ').trim())
  return standardWording(readEnglish(repaired))
}

function readTurn(question: string, query: Query, tools: UnderstandingTools): UnderstoodQuestion {
  const text = standardText(question, tools)
  const places = tools.gazetteer
    .findIn(text)
    .filter(({ start, end }) => !isOrigin(text, end) && !isDestination(text, start, end))
  const years = yearsAsked(text, query.askedOn)
  const level = levelAsked(text)
  const ordinal = ordinalAsked(text)
  const named = places.map(({ start, end }) => text.slice(start, end))
  const read = (part: string) => readPart(part, named, tools)
  const asked = distinctPlaces(places.map(({ jurisdiction }) => jurisdiction))
  const sides = asked.length === 2 ? splitSides(text, firstOfEach(asked, places)) : undefined
  const [first, ...rest] = splitQuestion(text)
  const parts: UnderstoodQuestion['parts'] =
    sides === undefined
      ? shareSubject([read(first), ...rest.map(read)])
      : [beside(read, sides[0]), beside(read, sides[1])]
  return {
    text,
    parts,
    places: asked,
    placeTexts: places.map(({ start, end }) => text.slice(start, end + 2)),
    ...(level !== undefined && { level }),
    years,
    earlier: '',
    ...(ordinal !== undefined && { ordinal }),
    wantsAll: WANTS_ALL.test(text),
    sumsUp: SUMS_UP.test(text),
  }
}

/** Where each place is named first, in order of appearance. */
function firstOfEach(asked: readonly Jurisdiction[], named: readonly NamedPlace[]): NamedPlace[] {
  return asked
    .flatMap(({ code }) => named.find(({ jurisdiction }) => jurisdiction.code === code) ?? [])
    .toSorted((a, b) => a.start - b.start)
}

function beside(read: (part: string) => QuestionPart, { text, place }: Side): QuestionPart {
  return { ...read(text), place }
}

const WANTS_ALL =
  /合计|一共|总共|加起来|加一块|分别|两次|两篇|几次|各(?:是|有|给|要)?多少|各自|都有|区别|不一样|不同|差别|相比|哪个(?:更)?(?:多|少|高|低|大)/
const SUMS_UP = /一共|总共|都有/
