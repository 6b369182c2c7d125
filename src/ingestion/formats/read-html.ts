/**
 * The text of a web page: blocks become lines, table rows become lines with 「 | 」, scripts and styles go.
 * What the page hides (display:none, hidden) is marked, not silently dropped, and so are blocks that
 * consist of links.
 */
import { parseHTML } from 'linkedom'
import {
  cellsOf,
  isDataRow,
  isShortRow,
  type NodeLike,
  rowsOf,
  spreadCells,
} from './html-tables.ts'
import { createLineWriter, type LineWriter } from './line-writer.ts'
import type { SourceText } from './source-text.ts'

export function readHtml(content: string): SourceText {
  const { document } = parseHTML(wrapped(content))
  const writer = createLineWriter()
  writeNode(document.body ?? document.documentElement, writer)
  const heading = document.querySelector('h1') ?? document.querySelector('h2')
  const title = clean(heading?.textContent) ?? clean(document.querySelector('title')?.textContent)
  return {
    text: writer.text(),
    marked: writer.marked(),
    warnings: [],
    ...(title === undefined ? {} : { titleHint: title }),
  }
}

/** linkedom needs one root element. */
function wrapped(content: string): string {
  return /<html/i.test(content) ? content : `<html><body>${content}</body></html>`
}

function clean(text: string | null | undefined): string | undefined {
  const line = (text ?? '').replace(/\s+/g, ' ').trim()
  return line === '' ? undefined : line
}

const SKIPPED = new Set([
  'SCRIPT',
  'STYLE',
  'NOSCRIPT',
  'TEMPLATE',
  'IFRAME',
  'SVG',
  'OBJECT',
  'HEAD',
  'SELECT',
  'BUTTON',
  'INPUT',
  'TEXTAREA',
])
const BLOCKS = new Set([
  'P',
  'DIV',
  'SECTION',
  'ARTICLE',
  'MAIN',
  'HEADER',
  'FOOTER',
  'NAV',
  'ASIDE',
  'UL',
  'OL',
  'LI',
  'TABLE',
  'TR',
  'H1',
  'H2',
  'H3',
  'H4',
  'H5',
  'H6',
  'BLOCKQUOTE',
  'PRE',
  'DL',
  'DT',
  'DD',
  'FORM',
  'FIGURE',
  'FIGCAPTION',
  'CENTER',
  'HR',
  'TBODY',
  'THEAD',
  'BODY',
  'CAPTION',
])
const CHROME = new Set(['NAV', 'FOOTER'])
const MENU_BLOCKS = new Set(['UL', 'DIV', 'SECTION', 'TD', 'TR', 'P', 'ASIDE', 'HEADER'])
const HIDDEN_STYLE =
  /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])/i

const ELEMENT = 1
const TEXT = 3

function writeNode(node: NodeLike, writer: LineWriter): void {
  if (node.nodeType === TEXT) {
    writer.write((node.textContent ?? '').replace(/[\t\r\n ]+/g, ' '))
    return
  }
  const name = node.nodeName.toUpperCase()
  if (node.nodeType !== ELEMENT || SKIPPED.has(name)) return
  if (name === 'BR') {
    writer.line()
    return
  }
  const isBlock = BLOCKS.has(name)
  if (isBlock && !(name === 'LI' && /\d\. $/.test(writer.tail()))) writer.line()
  const start = writer.length()
  writeChildren(node, name, writer)
  if (isHidden(node)) writer.mark(start, 'hidden-text')
  else if (CHROME.has(name) || isMenu(node, name)) writer.mark(start, 'page-chrome')
  if (isBlock) writer.line()
}

function writeChildren(node: NodeLike, name: string, writer: LineWriter): void {
  if (name === 'TABLE') writeTable(node, writer)
  else if (name === 'TR' && isDataRow(cellsOf(node))) {
    writer.onOneLine(() => writeCells(cellsOf(node), writer))
  } else if (name === 'OL') writeNumbered(node, writer)
  else for (const child of node.childNodes) writeNode(child, writer)
}

/** A table in which every row is data or a title is written with its merged cells filled in. */
function writeTable(table: NodeLike, writer: LineWriter): void {
  const rows = rowsOf(table)
  const isData = rows.some((row) => isDataRow(cellsOf(row))) && rows.every(isShortRow)
  if (!isData) {
    for (const child of table.childNodes) writeNode(child, writer)
    return
  }
  for (const child of table.childNodes) {
    if (/^caption$/i.test(child.nodeName)) writeNode(child, writer)
  }
  for (const cells of spreadCells(rows)) {
    writer.line()
    const distinct = new Set(cells)
    writer.onOneLine(() => writeCells(distinct.size === 1 ? [...distinct] : cells, writer))
    writer.line()
  }
}

function writeCells(cells: readonly NodeLike[], writer: LineWriter): void {
  cells.forEach((cell, index) => {
    if (index > 0) writer.write(' | ')
    for (const child of cell.childNodes) writeNode(child, writer)
  })
}

/** The numbers of an ordered list stand on the page, but not in its text. */
function writeNumbered(list: NodeLike, writer: LineWriter): void {
  let ordinal = Number(list.getAttribute?.('start') ?? 1) || 1
  for (const child of list.childNodes) {
    if (child.nodeName.toUpperCase() === 'LI') {
      writer.line()
      if (
        !/^\s*(?:[\d一二三四五六七八九十]+[.、．]|[(（]|第[\d一二三四五六七八九十百]+[条章节])/.test(
          child.textContent ?? '',
        )
      )
        writer.write(`${ordinal}. `)
      ordinal += 1
    }
    writeNode(child, writer)
  }
}

/** Blocks of at least this many links that hold most of the text are menus. */
const LEAST_LINKS = 4
const MOSTLY_LINKS = 0.7

function isMenu(node: NodeLike, name: string): boolean {
  if (!MENU_BLOCKS.has(name) || node.querySelectorAll === undefined) return false
  const text = (node.textContent ?? '').replace(/\s+/g, '')
  if (text.length > 2000 || /[。；]/.test(text)) return false
  const links = [...node.querySelectorAll('a')]
  const linked = links.reduce(
    (sum, link) => sum + (link.textContent ?? '').replace(/\s+/g, '').length,
    0,
  )
  return links.length >= LEAST_LINKS && linked >= text.length * MOSTLY_LINKS
}

function isHidden(node: NodeLike): boolean {
  return (
    node.hasAttribute?.('hidden') === true || HIDDEN_STYLE.test(node.getAttribute?.('style') ?? '')
  )
}
