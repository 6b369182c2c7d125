/**
 * The text of a web page: blocks become lines, table rows become lines with 「 | 」, scripts and styles go.
 * What the page hides (display:none, hidden) is marked, not silently dropped, and so are blocks that
 * consist of links.
 */
import { parseHTML } from 'linkedom'
import type { CutReason } from '../domain/document.ts'
import type { MarkedRange } from './clean-text.ts'
import type { SourceText } from './read-source.ts'

/** Whether a decoded text is a page and not a text about one. */
export function looksLikeHtml(content: string): boolean {
  const head = content.slice(0, 4096).trimStart()
  return (
    /^(?:<!doctype html|<html|<\?xml[^>]*>\s*<(?:!doctype html|html))/i.test(head) ||
    /^<(?:head|body|div|table|article|p|h\d)\b[^>]*>/i.test(head)
  )
}

export function readHtml(content: string): SourceText {
  const { document } = parseHTML(wrapped(content))
  const writer = createWriter()
  writeNode(document.body ?? document.documentElement, writer)
  const heading = document.querySelector('h1') ?? document.querySelector('h2')
  const title = clean(heading?.textContent) ?? clean(document.querySelector('title')?.textContent)
  return {
    text: writer.text(),
    marked: writer.marked(),
    frontMatter: {},
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
const HIDDEN_STYLE =
  /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])/i

interface Writer {
  write(text: string): void
  line(): void
  length(): number
  mark(start: number, reason: CutReason): void
  text(): string
  marked(): readonly MarkedRange[]
}

function createWriter(): Writer {
  let content = ''
  const ranges: MarkedRange[] = []
  return {
    write: (text) => {
      content += text
    },
    line: () => {
      if (content !== '' && !content.endsWith('\n')) content += '\n'
    },
    length: () => content.length,
    mark: (start, reason) => {
      if (content.length > start) ranges.push({ start, end: content.length, reason })
    },
    text: () => content,
    marked: () => ranges,
  }
}

interface NodeLike {
  readonly nodeType: number
  readonly nodeName: string
  readonly textContent: string | null
  readonly childNodes: Iterable<NodeLike>
  getAttribute?(name: string): string | null
  hasAttribute?(name: string): boolean
}

const ELEMENT = 1
const TEXT = 3

function writeNode(node: NodeLike, writer: Writer): void {
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
  if (isBlock) writer.line()
  const start = writer.length()
  writeChildren(node, name, writer)
  if (isHidden(node)) writer.mark(start, 'hidden-text')
  else if (CHROME.has(name)) writer.mark(start, 'page-chrome')
  if (isBlock) writer.line()
}

function writeChildren(node: NodeLike, name: string, writer: Writer): void {
  let cells = 0
  for (const child of node.childNodes) {
    const isCell = name === 'TR' && /^T[DH]$/i.test(child.nodeName)
    if (isCell && cells > 0) writer.write(' | ')
    if (isCell) cells += 1
    writeNode(child, writer)
  }
}

function isHidden(node: NodeLike): boolean {
  return (
    node.hasAttribute?.('hidden') === true || HIDDEN_STYLE.test(node.getAttribute?.('style') ?? '')
  )
}
