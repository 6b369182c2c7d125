/**
 * What a question asks: its parts, the kinds of value each part wants, the words it is about, and
 * the place and the year it names. A follow-up takes over what it leaves out from the asker's
 * earlier turns, and says so.
 */
import {
  type Gazetteer,
  type Jurisdiction,
  type JurisdictionLevel,
  liesWithin,
} from '../domain/jurisdiction.ts'
import type { Query } from '../domain/query.ts'
import { foldForMatching } from '../text/fold-for-matching.ts'
import { type Ask, type AskedKind, askedKinds, isFigure } from './asked-kinds.ts'
import { type AskedOrdinal, ordinalAsked, turnOfOrdinal } from './asked-ordinal.ts'
import { questionTerms, type Term, type TermSources } from './question-terms.ts'
import { type Claim, readClaims } from './read-claims.ts'
import { readEnglish } from './read-english.ts'
import { splitQuestion } from './split-question.ts'
import { standardWording } from './standard-wording.ts'

export interface QuestionPart {
  readonly text: string
  /** `text` without the names of places: 六安 counts nothing. */
  readonly bare: string
  readonly asks: readonly Ask[]
  readonly terms: readonly Term[]
  /** Figures the asker puts forward: 「2万名……对吗」. */
  readonly claims: readonly Claim[]
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
  const history = query.history.slice(-TURNS_REMEMBERED)
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

function readTurn(question: string, query: Query, tools: UnderstandingTools): UnderstoodQuestion {
  const repaired = tools.repair(foldForMatching(question).replace(/\s+/g, ' ').trim())
  const text = standardWording(readEnglish(repaired))
  const places = tools.gazetteer.findIn(text)
  const years = yearsAsked(text, query.askedOn)
  const level = levelAsked(text)
  const ordinal = ordinalAsked(text)
  const [first, ...rest] = splitQuestion(text)
  const readPart = (part: string): QuestionPart => {
    const asks = askedKinds(part).map((ask) => aboutThings(ask, part))
    const named = places.map(({ start, end }) => text.slice(start, end))
    const claims = readClaims(part)
    const claimed = confirms(asks) ? claims.map((claim) => claim.text) : []
    const matter = withoutAsking(part, asks, [...named, ...claimed])
    const terms = questionTerms(matter, tools).map((term) => weighByAsking(term, asks))
    const bare = named.reduce((left, place) => left.replaceAll(place, ' '), part)
    return { text: part, bare, asks: withClaimedKind(part, asks, claims), terms, claims }
  }
  const parts = shareSubject([readPart(first), ...rest.map(readPart)])
  return {
    text,
    parts,
    places: distinct(places.map(({ jurisdiction }) => jurisdiction)),
    placeTexts: places.map(({ start, end }) => text.slice(start, end + 2)),
    ...(level !== undefined && { level }),
    years,
    earlier: '',
    ...(ordinal !== undefined && { ordinal }),
    wantsAll: WANTS_ALL.test(text),
    sumsUp: SUMS_UP.test(text),
  }
}

const WANTS_ALL =
  /合计|一共|总共|加起来|加一块|分别|两次|两篇|几次|各(?:是|有|给|要)?多少|各自|都有|区别|不一样|不同|差别|相比|哪个(?:更)?(?:多|少|高|低|大)/
const SUMS_UP = /一共|总共|都有/

/** Later parts are about what the first is about: 「建会率要多少?什么时候完成?」. */
function shareSubject(parts: [QuestionPart, ...QuestionPart[]]): [QuestionPart, ...QuestionPart[]] {
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

/** Kinds that are about a deed as much as about a thing: when it starts, how long it lasts, who runs it. */
const ABOUT_DEEDS: ReadonlySet<AskedKind> = new Set([
  'date',
  'clock',
  'duration',
  'frequency',
  'progress',
  'who',
  'premise',
  'yes-no',
  'list',
])
const DEED_WEIGHT = 1.8
const MONEY_WORD = /款$|金$|钱$|经费$|资金$|补助$|补贴$|投资$/

/** 「多少学生」 may be answered 3000名, 「多少救灾款」 in 元; 「什么时候开工」 turns on 开工. */
function weighByAsking(term: Term, asks: readonly Ask[]): Term {
  const counted = asks.some(
    ({ unit, counted }) => unit === '名' && counted?.startsWith(term.word) === true,
  )
  const money = asks.some(({ kind, phrase }) => kind === 'money' && phrase.includes(term.word))
  if (counted || (money && MONEY_WORD.test(term.word)))
    return { ...term, key: false, weight: term.weight * 0.5 }
  const deed = term.deed && asks.some(({ kind }) => ABOUT_DEEDS.has(kind))
  return deed ? { ...term, weight: Math.min(1, term.weight * DEED_WEIGHT) } : term
}

const PERSON = /我|他|她|谁|人|工|员|者|学生|孩子|家属|老婆|老公|退休|岁|们|司机|骑手/

/** 「驿站能热饭吗」 asks what a place offers, not who qualifies. */
function aboutThings(ask: Ask, part: string): Ask {
  const offers = ask.kind === 'eligibility' && /^(?:能|可以|能不能|可不可以)/.test(ask.phrase)
  return offers && !PERSON.test(part.replace(/工会/g, '')) ? { ...ask, kind: 'yes-no' } : ask
}

/** 「建50个,对吗」 wants the figures, whatever they are. */
function withClaimedKind(
  part: string,
  asks: readonly Ask[],
  claims: readonly Claim[],
): readonly Ask[] {
  if (!confirms(asks) || asks.some(({ kind }) => kind !== 'premise')) return asks
  return [...asks, ...claims.map((claim) => claimedKind(part, claim))]
}

function confirms(asks: readonly Ask[]): boolean {
  return asks.some(({ kind }) => kind === 'premise')
}

const SPENDS = /(?:花|拨|发|补|投|拿|给|奖|筹|出|交|缴|列支)(?:了|过)?$/

function claimedKind(part: string, { text, unit, isPercent }: Claim): Ask {
  const base = { phrase: '', start: 0 }
  if (isPercent) return { kind: 'percent', ...base }
  if (/^(?:个月|个?工作日|天|小时|周)$/.test(unit)) return { kind: 'duration', ...base }
  const spent = unit === '' && SPENDS.test(part.slice(0, part.indexOf(text)))
  if (spent || /元$|^块$/.test(unit)) return { kind: 'money', ...base }
  return { kind: 'count', ...base, ...(unit !== '' && { unit }) }
}

const OPENS_AS_FOLLOW_UP =
  /^(?:那么?|这|它|他们|她们|其中|其|还有|再|另外|上面|刚才|第[一二三四五六七八九十\d]+)/
const POINTS_BACK =
  /剩下|其余|余下|剩余|那部分|这个|那个|这次|那次|它|他们|上面|刚才|前面|该|此|其中|加一块|加起来|班上|第[一二三四五六七八九十\d]+[件项条个抓]/

function needsEarlierTurn(own: UnderstoodQuestion, last: string): boolean {
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

function carryOver(own: UnderstoodQuestion, earlier: UnderstoodQuestion): UnderstoodQuestion {
  const swaps = SWAPS_SUBJECT.test(own.text) && own.parts.every(({ asks }) => asks.length === 0)
  const before = earlier.parts[0]
  const [first, ...rest] = own.parts.map((part) => {
    const asks = part.asks.length > 0 ? part.asks : before.asks.map(withoutUnit)
    const terms = addCarried(part.terms, swaps ? dim(before.terms) : before.terms, 'turn')
    return { ...part, asks, terms }
  })
  const places = own.places.length > 0 ? own.places : earlier.places
  const years = own.years.length > 0 ? own.years : earlier.years
  const carriedWords = before.terms.filter(({ key }) => key).map(({ word }) => word)
  const subject = swaps
    ? own.parts.flatMap(({ terms }) => terms.filter(({ key }) => key).map(({ word }) => word))
    : carriedWords
  const words = [
    ...places.map(({ name }) => name),
    ...years.map((year) => `${year}年`),
    subject.join(''),
  ]
  return {
    ...own,
    parts: [first ?? before, ...rest],
    places,
    placeTexts: own.places.length > 0 ? own.placeTexts : earlier.placeTexts,
    years,
    ...(own.level === undefined && earlier.level !== undefined && { level: earlier.level }),
    earlier: earlier.text,
    understoodAs: words.filter((word) => word !== '').join('·'),
  }
}

function withoutUnit(ask: Ask): Ask {
  const { unit: _, ...rest } = ask
  return rest
}

/** After a change of subject the old one only helps to find the document. */
function dim(terms: readonly Term[]): Term[] {
  return terms.map((term) => ({ ...term, weight: term.weight * 0.3, key: false }))
}

function withoutAsking(part: string, asks: readonly Ask[], places: readonly string[]): string {
  let matter = part
  for (const { phrase, kind } of asks) {
    if (KEEPS_MATTER.has(kind)) continue
    matter = matter.replace(phrase, MONEY_OR_RATE.exec(phrase.replace(/多少|几/g, ' '))?.[0] ?? ' ')
  }
  for (const place of places) matter = matter.replaceAll(place, ' ')
  for (const { per } of asks) if (per !== undefined) matter = matter.replaceAll(per, ' ')
  return matter.replace(
    /(?:19|20)\d{2}年|今年|去年|明年|能不能|有没有|可不可以|是不是|算不算|是否|(?:不是|(?<!有)没有|除了?开?)[^,。]{1,4}/g,
    ' ',
  )
}

/** Kinds whose asking phrase is also what is asked about. */
const KEEPS_MATTER: ReadonlySet<AskedKind> = new Set([
  'eligibility',
  'steps',
  'materials',
  'document-date',
  'meeting',
  'yes-no',
])

/** The noun inside an asking phrase that still says what is asked about: 建会率, 会费. */
const MONEY_OR_RATE =
  /封顶|起付线?|上限|下限|[一-龥]{1,6}(?:率|比例)|(?:会|工本|住宿|学|餐|伙食)费|[一-龥]{1,4}(?:经费|资金|补助|补贴|款|奖金|保证金)|投资/

function yearsAsked(text: string, askedOn: Temporal.PlainDate): number[] {
  const written = [...text.matchAll(/(?<!\d)((?:19|20)\d{2})(?=年|[^\d年]|$)/g)].map(([, year]) =>
    Number(year),
  )
  if (written.length > 0) return [...new Set(written)]
  if (/今年|本年/.test(text)) return [askedOn.year]
  if (/去年|上年/.test(text)) return [askedOn.year - 1]
  if (/明年|来年/.test(text)) return [askedOn.year + 1]
  return []
}

const LEVELS: readonly (readonly [RegExp, JurisdictionLevel])[] = [
  [/全总|全国总工会|全国(?!劳模|五一|示范|劳动模范)/, 'nation'],
  [/省里|省总|全省|本省|省级(?!示范)|省工会/, 'province'],
  [/市里|市总|全市|本市|市工会|州里|州总/, 'prefecture'],
  [/县里|县总|全县|本县|区总|区里|全区/, 'county'],
]

function levelAsked(text: string): JurisdictionLevel | undefined {
  return LEVELS.find(([pattern]) => pattern.test(text))?.[1]
}

/** Each place once; of places inside one another the most specific decides. */
function distinct(places: readonly Jurisdiction[]): Jurisdiction[] {
  const known = [...new Map(places.map((place) => [place.code, place])).values()]
  return known.filter(
    ({ code }) => !known.some((other) => other.code !== code && liesWithin(other.code, code)),
  )
}
