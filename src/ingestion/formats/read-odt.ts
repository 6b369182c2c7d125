/** OpenDocument texts: content.xml, read tag by tag; headings, paragraphs, table rows become lines. */
import { BadInputError } from '../../errors.ts'
import { plainSource, type SourceText } from './source-text.ts'
import { unzip, xmlPart } from './unzip.ts'

const TOKEN = /<(\/?)([a-z]+:[a-z-]+)((?:\s[^<>]*?)?)(\/?)>|([^<]+)/g

export async function readOdt(bytes: Uint8Array): Promise<SourceText> {
  const xml = xmlPart(await unzip(bytes), 'content.xml')
  if (xml === undefined) {
    throw new BadInputError('broken_file', '这个 ODT 文件缺少正文,读不出来。请重新另存后再试。')
  }
  const body = xml.slice(Math.max(0, xml.indexOf('<office:body')))
  const text = [...body.matchAll(TOKEN)]
    .map(textOf)
    .join('')
    .replace(/ \| \n/g, '\n')
    .replace(/\n+/g, '\n')
    .trim()
  if (text === '') throw new BadInputError('no_text', '这个文件里没有文字。请上传文字版文件。')
  return plainSource(text)
}

/** Inside a table cell a paragraph's end must not break the row: cells close with 「 | 」, rows with a line end. */
function textOf([, closing, name, attributes, , plain]: RegExpMatchArray): string {
  if (plain !== undefined) return decode(plain.replace(/\s+/g, ' '))
  if (name === 'text:s')
    return ' '.repeat(Number(/text:c="(\d{1,2})"/.exec(attributes ?? '')?.[1] ?? 1))
  if (name === 'text:tab') return ' '
  if (name === 'text:line-break') return '\n'
  if (closing !== '/') return ''
  if (name === 'table:table-cell') return ' | '
  return name === 'text:p' || name === 'text:h' || name === 'table:table-row' ? '\n' : ''
}

function decode(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => codePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/g, (_, decimal: string) => codePoint(Number(decimal)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}

function codePoint(value: number): string {
  return value <= 0x10ffff ? String.fromCodePoint(value) : ''
}
