/** Numbers that have probably lost a digit or a separator: 「?」 beside a digit, 1011日 for 10月11日. */
import type { ReadingWarning } from '../domain/document.ts'

const LOST_DIGIT =
  /\d[?\ufffd？](?=[\u4e00-\u9fff\d])|[?\ufffd](?=\d{1,4}[个名户元万人家项件次%])|(?<=[\u4e00-\u9fff])\ufffd+/g
/** A month and a day that ran together; 120日内 is a term of days, and nobody counts thousands of days. */
const LOST_MONTH =
  /(?<![\d年月.])(?:(\d{4})日(?!内|以内|元)|(\d{3})日(?=[前止起至，。、)）;；]|上午|下午|晚|举行|举办|召开|开幕|开始|启动|$))/gm

export function findDamage(text: string): ReadingWarning[] {
  const lost = [...text.matchAll(LOST_DIGIT)]
  const dates = [...text.matchAll(LOST_MONTH)].filter((match) =>
    isMonthAndDay(match[1] ?? match[2] ?? ''),
  )
  return [...lost, ...dates]
    .toSorted((a, b) => a.index - b.index)
    .map((match) => {
      const span = { start: match.index, end: match.index + match[0].length }
      const around = text.slice(Math.max(0, span.start - 6), span.end + 6).trim()
      return {
        code: 'damaged_number',
        message: `「${around}」可能缺字或乱码,请对照原件核实;没有核实的数字不会用来回答。`,
        span,
      }
    })
}

function isMonthAndDay(digits: string): boolean {
  return [1, 2].some((cut) => {
    const month = Number(digits.slice(0, cut))
    const day = Number(digits.slice(cut))
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 && digits.charAt(cut) !== '0'
  })
}
