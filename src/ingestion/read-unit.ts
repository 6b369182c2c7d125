/** The unit after a number: of count, money, share, size or duration; undefined where the number is none of a fact. */
import type { Quantity } from '../text/parse-number.ts'

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
export interface Unit {
  readonly name: string
  readonly end: number
}

/** The unit of a quantity in running text, and where it ends. */
export function unitAfter(own: string, quantity: Quantity): Unit | undefined {
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
  if (/[数几上成多]/.test(own.charAt(quantity.start - 1))) return false
  return !/^.[乡镇村]/.test(own.slice(quantity.end, quantity.end + 2))
}

/** 2年, 30天: a fact only as a duration (为期3年), else mostly part of a date or a phrase. */
function isDuration(unit: string): boolean {
  return ['年', '届', '级', '周'].includes(unit)
}
