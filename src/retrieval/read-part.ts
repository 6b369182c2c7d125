/** One part of a question: the kinds of value it asks, the figures it puts forward, the words it is about. */
import { type Ask, type AskedKind, askedKinds } from './asked-kinds.ts'
import { questionTerms, type Term, type TermSources } from './question-terms.ts'
import { type Claim, readClaims } from './read-claims.ts'
import type { QuestionPart } from './understand-question.ts'

/** @param named the places of the whole question, as they are written. */
export function readPart(
  part: string,
  named: readonly string[],
  sources: TermSources,
): QuestionPart {
  const claims = readClaims(part)
  const asks = askedKinds(part).map((ask) => putForward(aboutThings(ask, part), claims))
  const claimed = confirms(asks) ? claims.map((claim) => claim.text) : []
  const matter = withoutAsking(part, asks, [...named, ...claimed])
  const terms = questionTerms(matter, sources).map((term) => weighByAsking(term, asks))
  const bare = named.reduce((left, place) => left.replaceAll(place, ' '), part)
  return { text: part, bare, asks: withClaimedKind(part, asks, claims), terms, claims }
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

/** 「是不是花了30万」 puts a figure forward, as 「花了30万,对吗」 does. */
function putForward(ask: Ask, claims: readonly Claim[]): Ask {
  const asksWhether = ask.kind === 'yes-no' && /是不是|是否/.test(ask.phrase)
  return asksWhether && claims.length > 0 ? { ...ask, kind: 'premise' } : ask
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

/** 「前后一共拨了2100万」, 「投资3.8亿」 */
const MONEY_SAID = /钱|款|资金|经费|投资|投入|拨|筹|捐|花|出资|补助|补贴|保证金/

function claimedKind(part: string, { text, unit, isPercent }: Claim): Ask {
  const base = { phrase: '', start: 0 }
  if (isPercent) return { kind: 'percent', ...base }
  if (/^(?:个月|个?工作日|天|小时|周)$/.test(unit)) return { kind: 'duration', ...base }
  const large = unit === '' && /[万亿]$/.test(text) && MONEY_SAID.test(part)
  const spent = large || (unit === '' && SPENDS.test(part.slice(0, part.indexOf(text))))
  if (spent || /元$|^块$/.test(unit)) return { kind: 'money', ...base }
  return { kind: 'count', ...base, ...(unit !== '' && { unit }) }
}

function withoutAsking(part: string, asks: readonly Ask[], places: readonly string[]): string {
  let matter = part
  for (const { phrase, kind } of asks) {
    if (KEEPS_MATTER.has(kind)) continue
    matter = matter.replace(phrase, MONEY_OR_RATE.exec(phrase.replace(/多少|几/g, ' '))?.[0] ?? ' ')
  }
  matter = matter.replace(/([一-龥])不\1/g, '$1')
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
