/** Figures that an asker puts forward to be confirmed: 「要建50个书屋对吗」. */
import { findQuantities } from '../text/parse-number.ts'
import { MEASURES } from './asking-rules.ts'

export interface Claim {
  readonly value: number
  readonly isPercent: boolean
  /** Up to two characters after the number: 名, 万元 … */
  readonly unit: string
  readonly text: string
}

const UNIT = new RegExp(`^[多余]?(%|元|个月|个工作日|工作日|天|小时|周|场次|人次|${MEASURES})`)

/** Single numerals in words (一下, 四月) and years are no claims. */
export function readClaims(text: string): Claim[] {
  return findQuantities(text).flatMap(({ start, end, value, isPercent, inWords }) => {
    const after = text.slice(end)
    if (/^(?:年|月|号|日|点)/.test(after) || (inWords && value < 10)) return []
    const unit = UNIT.exec(after)?.[1] ?? ''
    return [{ value, isPercent, unit, text: text.slice(start, end) + unit }]
  })
}
