/**
 * Ranges of the normalised text in which nothing is a date: titles in 《》, document numbers, addresses,
 * telephone numbers, dimensions, versions, ordinals of congresses, names that contain numbers.
 */
import type { Span } from '../../domain/span.ts'

const TRAPS = new RegExp(
  [
    '《[^《》\\n]{0,80}》',
    // document numbers: 总工办〔2016〕36号
    '[〔\\[(](?:19|20)\\d{2}[〕\\])]第?\\d{1,4}号?',
    // addresses; a date glued to one is not part of it
    '(?:https?:)?//[A-Za-z0-9./_-]+?(?=(?:19|20)\\d{2}-\\d{2}-\\d{2}|[^A-Za-z0-9./_%?&=#-]|$)[A-Za-z/_%?&=#]*',
    '[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+',
    // telephone numbers, long numbers, versions, dimensions, scores
    '(?<![\\d年月日])0\\d{2,3}-\\d{7,8}(?:-\\d+)?|(?<!\\d)1[3-9]\\d{9}(?!\\d)|(?<!\\d)400-?\\d{3}-?\\d{4}',
    '(?<!\\d)\\d{9,}(?!\\d)',
    '[vV]\\d+(?:\\.\\d+)+|(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3,}',
    '\\d+[*×xX]\\d+',
    // ordinals: 十八届三中全会, 第十三次, 三届二次
    '[〇一二三四五六七八九十\\d]+届[〇一二三四五六七八九十\\d]*[中次]?(?:全会|全委)?',
    '第[〇一二三四五六七八九十百\\d]+[条款项章节次批期版号名位]',
    // opening hours and service around the clock
    '(?:7[*×x])?24小时(?!之?内|以内|以?后|之后)',
    '新双?15工程|双15工程|今日头条|明日之星|昨日重现|(?<![\\d〇一二三四五六七八九十])日前|目前',
    // 三八红旗手, 五一劳动奖章, 八一路, 五四精神 …
    '(?:三八|五一|五四|六一|七一|八一)(?:红旗|劳动奖|奖|勋章|路|街|广场|大道|小学|中学|公园|村|精神|运动|讲话|厂|电影|口号|书屋|奖状)',
    '十月革命',
    // standards and models: GB/T 2025-6
    '(?<![A-Za-z])(?:GB|DB|HJ|JB|QB|AQ|YY|CJ|JGJ|ISO|IEC)(?:/?[A-Z]{1,2})? ?\\d[\\d.-]*',
    '(?:十一|十二|十三|十四|十五)五(?:规划|计划)(?!期|末|的)',
  ].join('|'),
  'g',
)

/** The trap ranges, in order. */
export function findTraps(text: string): Span[] {
  return [...text.matchAll(TRAPS)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}
