/** Parts of a period: 底, 末, 初, 中, 上旬, 中下旬, 上半月; bare ones (年底, 月末, 季末) imply the present one. */
import { matchAt } from './match.ts'
import type { Parsed, Part, Point } from './point.ts'

const DEKAD = /(?<two>上中旬|中下旬|[上中]、?(?=[中下]旬)[中下]旬)|(?<one>[上中下])旬/y
const HALF_MONTH = /(?<which>[上下前后])半月/y
/** 中 is a part only where nothing can follow it to make another word. */
const EDGE =
  /(?<unit>[年月季]度?)?(?<edge>底(?!最后)|末(?!位|端|节|最后)|终(?!身|止|端|于)|尾|初(?!步|级|中|心|衷|始|次)|中(?!国|央|华|共|旬|秋|期|级|心|小|部|学|考|药|医|东|西|标|层|间|外|年|等|型|长|文|队|专|职|下))/y
const BARE_EDGE =
  /(?<![\d〇一二两三四五六七八九十个每几半近往历全少青童老成晚早学壮新百千流荣丰岁蜜日])(?:(?<unit>年|月|季度?)(?<edge>底(?!最后)|末(?!位|最后)|终(?!奖|身|决|盘)|初(?!步|级|中|心|一|二|三)|中(?!国|央|华|共|旬|秋|期|级|心|小|部|学|考|药|医|东|西|标|层|间|外|年|等|型|长|文|队|专|职|下))|(?<year>岁末(?!年)|岁尾|年尾))/y
const BARE_YEAR =
  /(?<![\d〇一二两三四五六七八九十个每几半近往历少青童老成晚早学壮百千多])年(?=度?(?:之内|以内|内)(?!容|部(?!署)|涵))/y
/** 月底最后两天: the last two days of the month. */
const BARE_PERIOD = /[年月季][底末](?=最后[〇一二两三四五六七八九十\d])/y
const CURRENT_DEKAD = /[本当]旬/y
const BARE_DEKAD = /(?<![每])(?<one>[上中下])旬/y

/** A part of the period read before, or a bare one. */
export function parsePart(
  text: string,
  at: number,
  before: Point,
  inner: boolean,
): Parsed<Point> | undefined {
  if (before.day || before.nth || before.weekday || before.part) return undefined
  const hasPeriod = inner || Object.keys(before).length > 0
  return hasPeriod
    ? (parseDekad(text, at) ?? parseHalfMonth(text, at) ?? parseEdge(text, at, before))
    : parseBare(text, at)
}

function parseDekad(text: string, at: number): Parsed<Point> | undefined {
  const match = matchAt(DEKAD, text, at)
  if (!match) return undefined
  const two = match.groups?.['two']
  const part = two ? (two.startsWith('上') ? 'dekads12' : 'dekads23') : dekad(match.groups?.['one'])
  return { value: { part }, end: at + match[0].length }
}

function dekad(written: string | undefined): Part {
  if (written === '上') return 'dekad1'
  return written === '中' ? 'dekad2' : 'dekad3'
}

function parseHalfMonth(text: string, at: number): Parsed<Point> | undefined {
  const match = matchAt(HALF_MONTH, text, at)
  if (!match) return undefined
  const part = /[上前]/.test(match.groups?.['which'] ?? '') ? 'half1' : 'half2'
  return { value: { part }, end: at + match[0].length }
}

function parseEdge(text: string, at: number, before: Point): Parsed<Point> | undefined {
  if (before.festival) return undefined
  const match = matchAt(EDGE, text, at)
  if (!match) return undefined
  return { value: { part: edge(match.groups?.['edge']) }, end: at + match[0].length }
}

function edge(written: string | undefined): Part {
  if (written === '初') return 'start'
  return written === '中' ? 'middle' : 'end'
}

function parseBare(text: string, at: number): Parsed<Point> | undefined {
  const period = matchAt(BARE_PERIOD, text, at)
  if (period) {
    return { value: { ...implied(period[0].slice(0, 1)), bare: true }, end: at + period[0].length }
  }
  const match = matchAt(BARE_EDGE, text, at)
  if (match) {
    const part = match.groups?.['year'] ? 'end' : edge(match.groups?.['edge'])
    return {
      value: { ...implied(match.groups?.['unit'] ?? '年'), part, bare: true },
      end: at + match[0].length,
    }
  }
  const year = matchAt(BARE_YEAR, text, at)
  if (year) return { value: { ...implied('年'), bare: true }, end: at + 1 }
  const current = matchAt(CURRENT_DEKAD, text, at)
  if (current)
    return {
      value: { month: { kind: 'shift', shift: 0 }, part: 'dekad-now' },
      end: at + current[0].length,
    }
  const inMonth = matchAt(BARE_DEKAD, text, at)
  if (!inMonth) return undefined
  return {
    value: { part: dekad(inMonth.groups?.['one']), bare: true },
    end: at + inMonth[0].length,
  }
}

function implied(unit: string): Point {
  if (unit === '月') return { month: { kind: 'shift', shift: 0 } }
  if (unit.startsWith('季')) return { quarter: { kind: 'shift', shift: 0 } }
  return { year: { kind: 'shift', years: 0 } }
}
