/** Numbers that have probably lost a digit or a separator: 「?」 beside a digit, 1011日 for 10月11日, 4发起. */
import type { ReadingWarning } from '../domain/document.ts'

const DAMAGED =
  /\d[?�？](?=[\u4e00-\u9fff\d])|[?�](?=\d{1,4}[个名户元万人家项件次%])|(?<![\d年月.])(?:[1-9]\d{2,3})日(?:前|内|止|至|起)?|(?<=[\u4e00-\u9fff])�+/g

export function findDamage(text: string): ReadingWarning[] {
  return [...text.matchAll(DAMAGED)].map((match) => ({
    code: 'damaged_number',
    message: `「${text.slice(Math.max(0, match.index - 6), match.index + match[0].length + 6).trim()}」可能缺字或乱码,请对照原件核实;没有核实的数字不会用来回答。`,
    span: { start: match.index, end: match.index + match[0].length },
  }))
}
