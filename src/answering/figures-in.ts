/**
 * The figures a sentence states, in a form that can be compared: 一万名, 1万名 and 10000 名 are one
 * figure, 5000名 and 5000户 are two.
 */
import { foldWithoutSpaces } from '../text/fold-for-matching.ts'
import { findQuantities } from '../text/parse-number.ts'

export interface Figure {
  readonly value: number
  readonly isPercent: boolean
  /** Canonical measure word; empty when none follows. */
  readonly unit: string
}

/** Longest first: 人次 is not 人. */
const UNITS = [
  '个百分点 百分点 个工作日 工作日 平方米 场次 人次 万元 亿元 个季度 季度 个小时 小时 分钟 公里 公斤 个星期 星期 个月 学期',
  '个 名 人 位 户 家 场 次 件 项 条 座 所 间 处 元 年 月 日 号 天 周 岁 吨 亩 套 台 本 册 期 批 支 点 倍 对 届 份 只 辆 张 部 类 种 级 节 班 米 门 块 箱 瓶 度 °c 斤 楼 层 轮 款 线',
].join(' ')
const UNIT = new RegExp(`^[余多]?(${UNITS.split(' ').join('|')})`)

/** Measure words that people swap without changing what is said. */
const ALIKE: Readonly<Record<string, string>> = {
  名: '人',
  位: '人',
  号: '日',
  家: '个',
  所: '个',
  座: '个',
  处: '个',
  间: '个',
  项: '件',
  条: '件',
  场次: '场',
  天: '日',
  块: '元',
  个百分点: '百分点',
  个工作日: '工作日',
  个季度: '季度',
  个小时: '小时',
  个星期: '周',
  星期: '周',
  楼: '层',
  '°c': '度',
}

/** The measure word at the beginning of what follows a number, and how long it is written. */
export function readUnit(after: string): { readonly unit: string; readonly length: number } {
  const [whole = '', unit = ''] = UNIT.exec(after) ?? []
  return { unit: ALIKE[unit] ?? unit, length: whole.length }
}

/** Every figure of a text, in order. Numerals that are part of a word (统一, 一起) are not figures. */
export function figuresIn(text: string): Figure[] {
  const folded = foldWithoutSpaces(text)
  return findQuantities(folded).flatMap(({ start, end, value, isPercent, inWords }) => {
    const { unit } = readUnit(folded.slice(end))
    if (inWords && end - start === 1 && unit === '') return []
    return [{ value, isPercent, unit }]
  })
}

/** Whether one of the given figures says the same: value and share equal, measure words not at odds. */
export function hasFigure(figures: readonly Figure[], { value, isPercent, unit }: Figure): boolean {
  return figures.some(
    (other) =>
      other.value === value &&
      other.isPercent === isPercent &&
      (other.unit === unit || other.unit === '' || unit === ''),
  )
}
