/**
 * A table as CSV that office programs open right and that runs nothing: UTF-8 with a byte order mark
 * (else Excel reads GBK), CRLF, RFC 4180 quoting, and every text that a spreadsheet would take for a
 * formula begins with an apostrophe.
 */
import type { Cell } from './export-table.ts'

const BYTE_ORDER_MARK = '\ufeff'
/** Beginnings of a formula in Excel, WPS and LibreOffice, full-width ones included. OWASP: CSV Injection. */
const FORMULA = /^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u

export function exportCsv(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return (
    BYTE_ORDER_MARK + [headings, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')
  )
}

/** Numbers stay numbers: −3 is no formula. */
function field(cell: Cell): string {
  if (typeof cell === 'number') return String(cell)
  const safe = defuse(cell)
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function defuse(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}
