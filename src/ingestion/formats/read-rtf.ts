/** RTF: control words and groups, \uN and code-page escapes. Tables become rows, hidden text (\v) is marked. */
import { BadInputError } from '../../errors.ts'
import type { MarkedRange, SourceText } from './source-text.ts'

/** Groups that hold no text of the document. */
const SKIPPED = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'object',
  'header',
  'headerl',
  'headerr',
  'headerf',
  'footer',
  'footerl',
  'footerr',
  'footerf',
  'listtable',
  'listoverridetable',
  'generator',
  'themedata',
  'datastore',
  'fldinst',
  'xmlnstbl',
  'rsidtbl',
])
const LINE_ENDS = new Set(['par', 'line', 'sect', 'page', 'row'])
const TOKEN =
  /\\u(-?\d{1,6})\s?|\\'([0-9a-f]{2})|\\([a-z]+)(-?\d{1,10})? ?|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+/gi

interface Group {
  readonly isSkipped: boolean
  readonly isHidden: boolean
  /** Characters of fallback text after a \u. */
  readonly fallback: number
}

interface State {
  text: string
  groups: Group[]
  current: Group
  bytes: number[]
  skip: number
  marked: MarkedRange[]
  hiddenFrom: number | undefined
}

export function readRtf(bytes: Uint8Array): SourceText {
  const content = new TextDecoder('latin1').decode(bytes)
  const codePage = /\\ansicpg950\b/.test(content) ? 'big5' : 'gb18030'
  const state: State = {
    text: '',
    groups: [],
    current: { isSkipped: false, isHidden: false, fallback: 1 },
    bytes: [],
    skip: 0,
    marked: [],
    hiddenFrom: undefined,
  }
  for (const token of content.matchAll(TOKEN)) readToken(state, token, codePage)
  flush(state, codePage)
  const text = state.text.replace(/ \| \n/g, '\n')
  if (text.trim() === '')
    throw new BadInputError('no_text', '这个文件里没有文字。请上传文字版文件。')
  return { text, marked: state.marked, warnings: [] }
}

function readToken(state: State, token: RegExpMatchArray, codePage: string): void {
  const [, unicode, hex, word, parameter, symbol, brace, plain] = token
  if (hex !== undefined) {
    readByte(state, Number.parseInt(hex, 16))
    return
  }
  flush(state, codePage)
  if (unicode !== undefined) writeUnicode(state, Number(unicode))
  else if (word !== undefined) readWord(state, word, parameter)
  else if (symbol !== undefined) readSymbol(state, symbol)
  else if (brace !== undefined) readBrace(state, brace)
  else if (plain !== undefined) writePlain(state, plain)
}

function readByte(state: State, value: number): void {
  if (state.skip > 0) state.skip -= 1
  else if (!state.current.isSkipped) state.bytes.push(value)
}

function writeUnicode(state: State, value: number): void {
  write(state, String.fromCharCode(value < 0 ? value + 65_536 : value))
  state.skip = state.current.fallback
}

function writePlain(state: State, plain: string): void {
  const skipped = Math.min(state.skip, plain.length)
  state.skip -= skipped
  write(state, plain.slice(skipped))
}

function readWord(state: State, word: string, parameter: string | undefined): void {
  if (SKIPPED.has(word)) state.current = { ...state.current, isSkipped: true }
  else if (word === 'uc') state.current = { ...state.current, fallback: Number(parameter ?? 1) }
  else if (word === 'v') state.current = { ...state.current, isHidden: parameter !== '0' }
  else if (LINE_ENDS.has(word)) write(state, '\n')
  else if (word === 'cell') write(state, ' | ')
  else if (word === 'tab') write(state, ' ')
}

function readSymbol(state: State, symbol: string): void {
  if (symbol === '*') state.current = { ...state.current, isSkipped: true }
  else if (symbol === '~') write(state, ' ')
  else if ('\\{}'.includes(symbol)) write(state, symbol)
}

function readBrace(state: State, brace: string): void {
  if (brace === '{') state.groups.push(state.current)
  else state.current = state.groups.pop() ?? state.current
}

function flush(state: State, codePage: string): void {
  if (state.bytes.length === 0) return
  const decoded = new TextDecoder(codePage).decode(Uint8Array.from(state.bytes))
  state.bytes = []
  write(state, decoded)
}

function write(state: State, text: string): void {
  if (state.current.isSkipped || text === '') return
  const start = state.text.length
  state.text += text
  if (state.current.isHidden)
    state.marked.push({ start, end: state.text.length, reason: 'hidden-text' })
}
