/** OpenDocument texts: content.xml, read tag by tag; headings, paragraphs, table rows become lines. */
import { BadInputError } from '../../errors.ts'
import { decodeXml } from './decode-xml.ts'
import { plainSource, type SourceText } from './source-text.ts'
import { unzip, xmlPart } from './unzip.ts'

const TOKEN = /<(\/?)([a-z]+:[a-z-]+)((?:\s[^<>]*?)?)(\/?)>|([^<]+)/g

export async function readOdt(bytes: Uint8Array): Promise<SourceText> {
  const xml = xmlPart(await unzip(bytes), 'content.xml')
  if (xml === undefined) {
    throw new BadInputError('broken_file', '这个 ODT 文件缺少正文，读不出来。请重新另存后再试。')
  }
  const body = xml.slice(Math.max(0, xml.indexOf('<office:body')))
  const text = textOf(body.replace(ASIDE, '')).replace(/\n+/g, '\n').trim()
  if (text === '') throw new BadInputError('no_text', '这个文件里没有文字。请上传文字版文件。')
  return plainSource(text)
}

/** Texts beside the text: comments, and the words that tracked changes deleted. */
const ASIDE = /<(office:annotation|text:tracked-changes)(?:\s[^>]*)?>(?:(?!<\/\1>).)*<\/\1>/gs

interface Table {
  /** The row above: a cell that spans rows stands in the next one too. */
  above: readonly string[]
  row: string[]
  /** Text of the open cell. */
  cell?: string | undefined
  /** Places that the last cell still covers to its right. */
  spanned: number
}

/** A cell that claims to span more is blank paper. */
const WIDEST = 60

/** Inside a cell a paragraph's end is a space, so that a row stays one line; merged cells are filled in. */
function textOf(body: string): string {
  let content = ''
  const tables: Table[] = []
  const write = (text: string) => {
    const table = tables.at(-1)
    if (table?.cell === undefined) content += text
    else table.cell += text
  }
  for (const [, closing = '', name = '', attributes = '', , plain] of body.matchAll(TOKEN)) {
    if (plain !== undefined) write(decodeXml(plain.replace(/\s+/g, ' ')))
    else if (name.startsWith('table:')) readTableTag(closing + name, attributes, tables, write)
    else write(spaceOf(closing + name, attributes, tables.at(-1)?.cell !== undefined))
  }
  return content
}

function spaceOf(tag: string, attributes: string, isInCell: boolean): string {
  if (tag === 'text:s') return ' '.repeat(countIn(attributes, 'text:c'))
  if (tag === 'text:tab') return ' '
  const endsLine = tag === '/text:p' || tag === '/text:h' || tag === 'text:line-break'
  return endsLine ? (isInCell ? ' ' : '\n') : ''
}

function readTableTag(
  tag: string,
  attributes: string,
  tables: Table[],
  write: (text: string) => void,
): void {
  const table = tables.at(-1)
  if (tag === 'table:table') tables.push({ above: [], row: [], spanned: 0 })
  else if (tag === '/table:table') tables.pop()
  else if (table === undefined) return
  else if (tag === 'table:table-cell') {
    table.cell = ''
    table.spanned = countIn(attributes, 'table:number-columns-spanned') - 1
  } else if (tag === '/table:table-cell') {
    table.row.push((table.cell ?? '').replace(/\s+/g, ' ').trim())
    table.cell = undefined
  } else if (tag === 'table:covered-table-cell') {
    const isBeside = table.spanned > 0
    table.spanned -= isBeside ? 1 : 0
    const spread = isBeside ? table.row.at(-1) : table.above[table.row.length]
    table.row.push(spread ?? '')
  } else if (tag === '/table:table-row') closeRow(table, write)
}

function closeRow(table: Table, write: (text: string) => void): void {
  const cells = table.row
  const isTitle = new Set(cells).size === 1
  write(`${isTitle ? (cells[0] ?? '') : cells.join(' | ')}\n`)
  table.above = cells
  table.row = []
}

function countIn(attributes: string, name: string): number {
  const count = Number(new RegExp(`${name}="(\\d{1,4})"`).exec(attributes)?.[1] ?? 1)
  return Math.min(Math.max(count, 1), WIDEST)
}
