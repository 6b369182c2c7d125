/** Numbers that are not to be believed, for the admin who can look at the original. */
import type { ReadingWarning } from '../domain/document.ts'
import { findDamagedNumbers } from '../text/damaged-numbers.ts'

export function findDamage(text: string): ReadingWarning[] {
  return findDamagedNumbers(text).map((span) => {
    const around = text
      .slice(Math.max(0, span.start - 6), span.end + 6)
      .replace(/\s+/g, ' ')
      .trim()
    return {
      code: 'damaged_number',
      message: `「${around}」可能缺字或乱码，请对照原件核实；没有核实的数字不会用来回答。`,
      span,
    }
  })
}
