/** Numbers that have probably lost a digit or a separator: 「?」 beside a digit, 1011日 for 10月11日. */
import type { Span } from '../domain/span.ts'

/** After a question's words a 「?」 asks: 建多少个?30个. */
const LOST_DIGIT =
  /\d[?\ufffd？](?=[\u4e00-\u9fff\d])|(?<!(?:多少|几|吗|呢|么|哪|谁)[\u4e00-\u9fff]{0,3})[?\ufffd](?=\d{1,4}[个名户元万人家项件次枚支台套所处座场条本册位%])|(?<=[\u4e00-\u9fff])\ufffd+/g
/** A month and a day that ran together; 120日内 is a term of days, and nobody counts thousands of days. */
const LOST_MONTH =
  /(?<![\d年月.])(?:(\d{4})日(?!内|以内|元)|(\d{3})日(?=[前止起至，。、)）;；]|上午|下午|晚|举行|举办|召开|开幕|开始|启动|$))/gm
const MAY_BE_DAMAGED = /[?？\ufffd]|\d{3}日/

/** Where the signs of damage stand, in order. */
export function findDamagedNumbers(text: string): Span[] {
  if (!MAY_BE_DAMAGED.test(text)) return []
  const lost = [...text.matchAll(LOST_DIGIT)]
  const dates = [...text.matchAll(LOST_MONTH)].filter((match) =>
    isMonthAndDay(match[1] ?? match[2] ?? ''),
  )
  return [...lost, ...dates]
    .toSorted((a, b) => a.index - b.index)
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
}

function isMonthAndDay(digits: string): boolean {
  return [1, 2].some((cut) => {
    const month = Number(digits.slice(0, cut))
    const day = Number(digits.slice(cut))
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 && digits.charAt(cut) !== '0'
  })
}
