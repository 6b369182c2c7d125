/**
 * What kind of value a question asks for. Refusal rests on this: a passage that is about the right
 * thing but does not give the kind of value that was asked is a near miss, not an answer.
 */
import { ASKING_RULES } from './asking-rules.ts'

/** The kinds of value a question can ask for, from a figure to an explanation. */
export const ASKED_KINDS = [
  'money',
  'percent',
  'count',
  'fee',
  'age',
  'duration',
  'frequency',
  'clock',
  'date',
  'phone',
  'contact',
  'materials',
  'steps',
  'place',
  'who',
  'list',
  'definition',
  'progress',
  'eligibility',
  'number',
  'in-force',
  'meeting',
  'source',
  'document-date',
  'document-person',
  'alternative',
  'premise',
  'payer',
  'reason',
  'link',
  'name',
  'yes-no',
  'open',
] as const
export type AskedKind = (typeof ASKED_KINDS)[number]

/** One thing that is asked. */
export interface Ask {
  readonly kind: AskedKind
  /** The words that ask it, in the standardised question. */
  readonly phrase: string
  readonly start: number
  /** Measure word asked for: 个, 名, 户 …; only with `count`. */
  readonly unit?: string
  /** The word that follows 多少: 学生, 职工书屋; only with `count`. */
  readonly counted?: string
  /** With `date`: asked when it ends (到几号, 截止) or when it begins (从哪天起). */
  readonly edge?: 'start' | 'end'
  /** Asked per head, household, day …: 每人, 一户, 一天; the evidence must say so too. */
  readonly per?: string
}

/** 「现在还能领吗」 turns on the day it ends. */
const STILL_OPEN =
  /还(?:(?:能|可以)(?!再)|有得|有没有|在|办|开|受理|收|送|发)[^,。?]{0,12}(?:吗|么|没有|吧)(?=[?。,]|$)|还有(?:吗|没有)|还(?:在)?(?:搞|开|办|做|弄|进行)(?:着)?(?:了)?(?:吗|没有)|还?(?:来得及|赶得上|晚不晚|迟不迟)|还[一-龥]{1,3}得[到上着成了进][一-龥]{0,4}(?:吗|么)|(?:截止|结束|过期|停)了?(?:吗|没有)/
/** 「我退休了还能参加吗」 turns on who may, whatever the day. */
const OWN_CASE = /(?:我|他|她|家里|单位)[^,。?]{0,12}(?:了|的|没有|不)[^?]*还/
const NOW = /现在|今天|目前|这会|来得及|赶得上|截止|结束|过期|晚不晚|迟不迟/

/** 「能拿多少」 asks what one person gets, not what was spent in all. */
const FOR_ONESELF = /能(?:领|拿|得)(?:到)?(?:多少|几)/

const PER =
  /每(?:个|一)?(?:人|名|户|家|位|月|年|天|日|次|期|学期|周|职工|学生|孩子)|人均|户均|(?<![头第上这前后近那下同])一(?:个)?(?:人|户|家|位|名|月|年|天|日|期|学期|孩子|职工|大?学生|学子)(?=[^,。?]{0,10}(?:多少|几))/g

/** Everything the standardised question asks, in the order of asking; empty when it only states. */
export function askedKinds(text: string): Ask[] {
  const asks: Ask[] = []
  let left = text
  for (const { kind, pattern } of ASKING_RULES) {
    // Most rules find nothing: looking first is a third of looking, copying and replacing.
    if (left.search(pattern) < 0) continue
    for (const match of left.matchAll(pattern)) {
      const phrase = match[0]
      if (phrase === '') continue
      asks.push({
        kind,
        phrase,
        start: match.index,
        ...(kind === 'count' && countedIn(text, match)),
        ...(kind === 'date' && edgeOf(text, match)),
      })
    }
    left = left.replace(pattern, (phrase) => '\u0000'.repeat(phrase.length))
  }
  if (asksWhetherOpen(text) && asks.every(({ kind }) => kind !== 'date')) {
    asks.push({ kind: 'date', phrase: '', start: text.length, edge: 'end' })
    return asks.filter(({ kind }) => kind !== 'premise' && kind !== 'yes-no')
  }
  const per = text.match(PER)?.at(-1) ?? (FOR_ONESELF.test(text) ? '每人' : undefined)
  return dropVague(withHearsay(asks, text))
    .toSorted((a, b) => a.start - b.start)
    .map((ask) => (per && isFigure(ask.kind) ? { ...ask, per } : ask))
}

const HEARSAY = /(?:听(?:人|别人|他们)?说|据说|有人说).*[\d一二三四五六七八九十百千万两]/

/** 「听说已经有二十家了」 asks whether it is so. */
function withHearsay(asks: Ask[], text: string): Ask[] {
  const heard = asks.length === 0 && HEARSAY.test(text)
  return heard ? [{ kind: 'premise', phrase: '', start: text.length }] : asks
}

function asksWhetherOpen(text: string): boolean {
  return STILL_OPEN.test(text) && (NOW.test(text) || !OWN_CASE.test(text))
}

const ENDS = /截止|为止|期限|(?:到|至|前|之前)$|^到|之?前$|完成|结束|管到|搞到|领到|办到|开到/
const STARTS = /从$|自$|开始|开工|启动|出发|起$|动工/

/** Which end of a period is asked: words of the phrase and beside it tell. */
function edgeOf(text: string, match: RegExpMatchArray): Pick<Ask, 'edge'> {
  const at = match.index ?? 0
  const before = text.slice(Math.max(0, at - 3), at)
  const after = text.slice(at + match[0].length, at + match[0].length + 4)
  if (ENDS.test(before) || ENDS.test(match[0]) || /^(?:截止|为止|之?前|结束)/.test(after)) {
    return { edge: 'end' }
  }
  return STARTS.test(before) || /^(?:开始|启动|出发|起|开工)/.test(after) ? { edge: 'start' } : {}
}

const PEOPLE =
  /^(?:在职|单身|困难|一线|户外|适龄|参赛|受助|新|女|男){0,2}(?:学生|职工|员工|人员|工人|孩子|会员|劳模|司机|骑手|劳动者|群众|干部|选手|女职工|农民工|子女|老师|青年|妇女|女性|男性|家长|老人|代表|队员|志愿者|嘉宾|观众|人次?)(?:$|[领参入在能可会受来要加办得到有去])/

/** What is counted: by the measure word, or by the noun, people in 名. */
function countedIn(text: string, match: RegExpMatchArray): Partial<Pick<Ask, 'unit' | 'counted'>> {
  if (/多大|面积|平/.test(match[0])) return { unit: '平方米' }
  const unit = match[1]
  const after = text.slice((match.index ?? 0) + match[0].length)
  const counted = /^[一-龥]{1,8}/.exec(after)?.[0]
  const people = counted !== undefined && PEOPLE.test(counted)
  if (unit !== undefined)
    return { unit: unit === '个' && people ? '名' : unit, ...(counted && { counted }) }
  if (counted === undefined) return {}
  return people ? { unit: '名', counted } : { counted }
}

/** Whether the kind asks for a figure that can be told right from wrong by its unit. */
export function isFigure(kind: AskedKind): boolean {
  return kind === 'money' || kind === 'count' || kind === 'percent'
}

/** 「怎么样」 beside a clear ask says nothing of its own. */
function dropVague(asks: Ask[]): Ask[] {
  const clear = asks.filter(({ kind }) => kind !== 'open' && kind !== 'yes-no')
  if (clear.length > 0) return clear
  const yesNo = asks.filter(({ kind }) => kind === 'yes-no')
  return yesNo.length > 0 ? yesNo : asks
}
