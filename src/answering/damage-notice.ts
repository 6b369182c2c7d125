/** Said beside a quotation in which a digit is probably lost: the quotation stays as it is, the number is not to be used. */
import type { Notice } from '../domain/answer.ts'
import { findDamagedNumbers } from '../text/damaged-numbers.ts'

/** Characters shown on each side of the place. */
const AROUND = 4

export function damageNotices(quotes: readonly string[]): Notice[] {
  const places = quotes.flatMap((quote) =>
    findDamagedNumbers(quote).map(({ start, end }) =>
      quote
        .slice(Math.max(0, start - AROUND), end + AROUND)
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  )
  if (places.length === 0) return []
  const named = [...new Set(places)].map((place) => `「${place}」`).join('、')
  return [
    {
      kind: 'damaged',
      text: `原文${named}疑有缺字或乱码，这里的数字和日期不能用，请对照原件核实。`,
    },
  ]
}
