/** Matching a pattern at one place of a text; every pattern given here carries the flag `y`. */
import { parseChineseNumerals } from '../parse-number.ts'

/** The match that begins exactly at `at`. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}

/** Where the pattern ends when it begins at `at`; `at` itself when it does not. */
export function skip(pattern: RegExp, text: string, at: number): number {
  const match = matchAt(pattern, text, at)
  return match ? at + match[0].length : at
}

/** Chinese numerals as they stand in dates. */
export const HAN = '[〇一二两三四五六七八九十廿卅]'

/** 12, 十二, 二十, 廿三, 二〇二五; NaN when it is no number. */
export function readNumeral(written: string | undefined): number {
  if (written === undefined) return Number.NaN
  if (/^\d+$/.test(written)) return Number(written)
  if (written === '半') return 0.5
  const plain = written.replace('廿', '二十').replace('卅', '三十')
  return parseChineseNumerals(plain) ?? Number.NaN
}
