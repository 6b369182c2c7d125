/** RFC 4180 as office programs write it: doubled quotes, line ends inside quotes, a byte order mark. */

/** A field, quoted or plain, and what ends it. */
const FIELD = /(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^,\r\n]*))(?<end>,|\r\n|\n|\r|$)/gy

/** Rows of fields; rows without any text are left out. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const match of text.replace(/^\ufeff/u, '').matchAll(FIELD)) {
    const { quoted, plain = '', end } = match.groups ?? {}
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end !== ',') rows.push([])
  }
  return rows.filter((cells) => cells.some((cell) => cell.trim() !== ''))
}
