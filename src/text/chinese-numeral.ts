/** Whole numbers as documents count with them: 一, 十, 二十三, 一百零五. */

const DIGITS = '零一二三四五六七八九'

/** 1 to 999; any other number in digits. */
export function chineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 999) return String(value)
  const hundreds = Math.floor(value / 100)
  const rest = value % 100
  if (hundreds === 0) return belowHundred(rest)
  const head = `${DIGITS.charAt(hundreds)}百`
  if (rest === 0) return head
  if (rest < 10) return `${head}零${DIGITS.charAt(rest)}`
  return `${head}${rest < 20 ? '一' : ''}${belowHundred(rest)}`
}

function belowHundred(value: number): string {
  const tens = Math.floor(value / 10)
  const ones = value % 10
  const head = tens === 0 ? '' : tens === 1 ? '十' : `${DIGITS.charAt(tens)}十`
  return `${head}${ones === 0 ? '' : DIGITS.charAt(ones)}`
}
