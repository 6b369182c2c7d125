/**
 * Figures of a text as objects: 新建市级标准化职工书屋30个 is {subject: 市级标准化职工书屋, value: 30, unit: 个}.
 *
 * A figure needs a unit of count, money, share, size or duration. Dates, ordinals, document numbers,
 * telephone numbers and numbers inside names (新双15工程, 十大工程) are none. A figure beside a 「?」 has
 * probably lost a digit: it is kept, marked damaged, and never answered.
 */
import type { Bound, Fact } from '../domain/fact.ts'
import type { Span } from '../domain/span.ts'
import { findQuantities, type Quantity, readBound } from '../text/parse-number.ts'
import { splitSentences } from '../text/split-sentences.ts'
import { subjectsOf } from './read-subject.ts'

const UNITS = [
  '平方公里',
  '平方米',
  '个工作日',
  '个小时',
  '个百分点',
  '个月',
  '工作日',
  '百分点',
  '场次',
  '人次',
  '余人',
  '公里',
  '公斤',
  '小时',
  '分钟',
  '周岁',
  '美元',
  '元钱',
  '门次',
  '课时',
  '名',
  '人',
  '户',
  '个',
  '家',
  '间',
  '座',
  '处',
  '所',
  '场',
  '次',
  '件',
  '项',
  '套',
  '台',
  '辆',
  '箱',
  '份',
  '瓶',
  '本',
  '册',
  '篇',
  '期',
  '支',
  '条',
  '吨',
  '亩',
  '米',
  '元',
  '天',
  '周',
  '岁',
  '倍',
  '站',
  '门',
  '起',
  '批',
  '组',
  '对',
  '张',
  '块',
  '只',
  '杯',
  '袋',
  '盒',
  '部',
  '层',
  '栋',
  '届',
  '类',
  '种',
  '级',
  '年',
  '只',
  '艘',
  '架',
  '枚',
  '幅',
  '盏',
  '床',
  '餐',
].toSorted((a, b) => b.length - a.length)

const UNIT = new RegExp(`^\\s?(?:[余多来]\\s?)?(${UNITS.join('|')})`)
/** With these a number in words counts: 四家单位. With 个, 件, 项 it mostly belongs to a name: 八件实事. */
const UNITS_FOR_WORDS = /^(?:名|人|户|家|间|座|处|所|元|人次|场次|小时|天|个月|周岁|岁|亩|平方米)$/
const DURATION_BEFORE =
  /(?:为期|期限为?|有效期为?|任期|连续|历时|长达|超过|满|近|最长|不超过|每|至少)\s?$/
const NOT_A_FACT_BEFORE = /(?:第|[A-Za-z+〔[\-—]|双|新|届|十|[零一二三四五六七八九])$/
const NOT_A_FACT_AFTER =
  /^(?:[+A-Za-z]|号|年(?!度?(?:期|以上|以下|内))|月|日|时|点|分(?!钟)|届|[)）〕\]]|[:：]\d)/
const DAMAGE_AFTER = /^[?�]/
const DAMAGE_BEFORE = /[?�]$/

/** Facts in order of appearance; `year` is the year that the document speaks for. */
export function extractFacts(text: string, year?: number): Fact[] {
  return splitSentences(text).flatMap((sentence) => {
    const own = text.slice(sentence.start, sentence.end)
    const quantities = findQuantities(own)
    return quantities.flatMap((quantity, index) =>
      factsOf({
        text,
        sentence,
        own,
        quantity,
        previousEnd: endOf(own, quantities[index - 1]),
        year,
      }),
    )
  })
}

interface Reading {
  readonly text: string
  readonly sentence: Span
  /** The text of the sentence. */
  readonly own: string
  readonly quantity: Quantity
  /** Where the figure before this one ends, with its unit: its words are not this one's subject. */
  readonly previousEnd: number
  readonly year: number | undefined
}

function factsOf({ text, sentence, own, quantity, previousEnd, year }: Reading): Fact[] {
  const unit = unitOf(own, quantity)
  if (unit === undefined) return []
  const clause = clauseAround(own, quantity.start, unit.end)
  const before = own.slice(Math.max(clause.start, previousEnd), quantity.start)
  const ownYear = yearIn(own.slice(clause.start, quantity.start)) ?? year
  const shift = ({ start, end }: Span) => ({
    start: sentence.start + start,
    end: sentence.start + end,
  })
  const shared = {
    value: quantity.value,
    bound: boundOf(own, quantity, unit),
    unit: unit.name,
    ...(ownYear === undefined ? {} : { year: ownYear }),
    span: trimmed(text, shift(clause)),
    valueSpan: shift({ start: quantity.start, end: unit.end }),
    damaged: isDamaged(own, quantity),
  }
  const subjects = subjectsOf(before, own.slice(unit.end, clause.end), unit.name)
  return subjects.map((subject) => ({ subject, ...shared }))
}

function endOf(own: string, quantity: Quantity | undefined): number {
  if (quantity === undefined) return 0
  return unitOf(own, quantity)?.end ?? 0
}

function boundOf(own: string, quantity: Quantity, unit: Unit): Bound {
  if (quantity.isVague) return 'about'
  return readBound(own.slice(0, quantity.start), own.slice(quantity.end), own.slice(unit.end))
}

interface Unit {
  readonly name: string
  readonly end: number
}

function unitOf(own: string, quantity: Quantity): Unit | undefined {
  const before = own.slice(Math.max(0, quantity.start - 6), quantity.start)
  const after = own.slice(quantity.end, quantity.end + 12)
  if (quantity.isPercent) return { name: '%', end: quantity.end }
  if (NOT_A_FACT_BEFORE.test(before)) return undefined
  const match = UNIT.exec(after)
  const name = match?.[1]
  if (match === null || name === undefined) return undefined
  if (quantity.inWords && !(UNITS_FOR_WORDS.test(name) || quantity.value >= 10)) return undefined
  if (quantity.inWords && !isFigureInWords(own, quantity)) return undefined
  if (isDuration(name) && !DURATION_BEFORE.test(before)) return undefined
  if (name !== '年' && NOT_A_FACT_AFTER.test(after)) return undefined
  return { name: name === '元钱' ? '元' : name, end: quantity.end + match[0].length }
}

/** 一 is mostly 「a」; 百家, 千家, 数万人, 几百张 name no number; 八家乡 is a township. */
function isFigureInWords(own: string, quantity: Quantity): boolean {
  const written = own.slice(quantity.start, quantity.end)
  if (/^[一十百千万亿]$/.test(written)) return false
  if (/[数几上成多]$/.test(own.slice(0, quantity.start))) return false
  return !/^.[乡镇村]/.test(own.slice(quantity.end))
}

/** 2年, 30天: a fact only as a duration (为期3年), else mostly part of a date or a phrase. */
function isDuration(unit: string): boolean {
  return ['年', '届', '级', '周'].includes(unit)
}

function isDamaged(own: string, quantity: Quantity): boolean {
  return (
    DAMAGE_BEFORE.test(own.slice(0, quantity.start)) ||
    DAMAGE_AFTER.test(own.slice(quantity.end, quantity.end + 1))
  )
}

/** The clause that a citation shows: between commas and colons, but not the comma inside 1,049. */
function clauseAround(own: string, start: number, end: number): Span {
  const before = own.slice(0, start)
  const from =
    Math.max(
      ...['，', '：', '；', '。', ':'].map((mark) => before.lastIndexOf(mark)),
      lastComma(before),
    ) + 1
  const stop = own.slice(end).search(/[，；。：:;!！?？\n]|,(?!\d{3})/)
  return { start: from, end: stop < 0 ? own.length : end + stop }
}

function lastComma(before: string): number {
  return [...before.matchAll(/,(?!\d{3})/g)].at(-1)?.index ?? -1
}

function trimmed(text: string, span: Span): Span {
  const own = text.slice(span.start, span.end)
  return {
    start: span.start + (own.length - own.trimStart().length),
    end: span.end - (own.length - own.trimEnd().length),
  }
}

function yearIn(words: string): number | undefined {
  const year = /(20\d{2})年/.exec(words)?.[1]
  return year === undefined ? undefined : Number(year)
}
