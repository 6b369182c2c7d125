/**
 * Lines of a PDF page out of the pieces it draws: pieces side by side make a line, a wide gap between
 * them the next cell of a table. Where prose stands in two columns, the left one is read before the
 * right one.
 */
import { unifyRadicals } from '../../text/unify-radicals.ts'
import type { PdfLine } from './join-pdf-lines.ts'

/** A piece of text of pdf.js. Points; the origin is the lower left corner. */
export interface TextItem {
  readonly str: string
  readonly hasEOL: boolean
  readonly transform: readonly number[]
  readonly width: number
  readonly height: number
}

interface Piece {
  text: string
  readonly left: number
  right: number
  readonly top: number
  readonly size: number
}

/** Gap between two cells, in heights of the letters: within a line even stretched gaps are narrower. */
const CELL_GAP = 1.2

export function pdfLines(items: readonly TextItem[]): PdfLine[] {
  const pieces = piecesOf(items)
  const gutter = gutterOf(pieces)
  if (gutter === undefined) return linesOf(pieces, 0)
  return inColumns(pieces, gutter)
}

/** Items that touch are one piece; a line end, another height or a wide gap begins the next. */
function piecesOf(items: readonly TextItem[]): Piece[] {
  const pieces: Piece[] = []
  let current: Piece | undefined
  for (const { str, hasEOL, transform, width, height } of items) {
    const [, , , , left = 0, top = 0] = transform
    if (str.trim() !== '') {
      if (current === undefined || !goesOn(current, left, top)) {
        current = { text: '', left, right: left, top, size: height }
        pieces.push(current)
      }
      current.text += unifyRadicals(str)
      current.right = left + width
    } else if (str !== '' && current !== undefined) current.text += ' '
    if (hasEOL) current = undefined
  }
  return pieces
}

function goesOn({ top: before, right, size }: Piece, left: number, top: number): boolean {
  return Math.abs(before - top) <= sameLine(size) && left - right <= size * CELL_GAP
}

const sameLine = (size: number) => Math.max(2, size / 2)

/** Neighbouring pieces of one height are cells of a row; letters set apart (会 议 纪 要) are one word. */
function linesOf(pieces: readonly Piece[], column: PdfLine['column']): PdfLine[] {
  const lines: { parts: string[]; left: number; right: number; top: number; size: number }[] = []
  for (const { text, left, right, top, size } of pieces) {
    const last = lines.at(-1)
    const isBeside =
      last !== undefined && Math.abs(last.top - top) <= sameLine(last.size) && left >= last.right
    if (isBeside) {
      last.parts.push(text.trim())
      last.right = right
    } else lines.push({ parts: [text], left, right, top, size })
  }
  return lines.map(({ parts, left, right }) => {
    const isSpaced = parts.every((part) => part.trim().length === 1)
    return { text: parts.join(isSpaced ? '' : ' | '), left, right, column }
  })
}

/** A piece this long is prose, not a cell. Characters. */
const PROSE = 10
/** Lines of prose that each column has at least. */
const LEAST_LINES = 4
/** Of the pieces of prose this share may cross the gutter: titles, a paragraph across the page. */
const MOST_ACROSS = 0.3

/** Where the page divides into two columns of prose; undefined when it does not. */
function gutterOf(pieces: readonly Piece[]): number | undefined {
  const prose = pieces.filter(({ text }) => text.trim().length >= PROSE)
  const starts = prose.map(({ left }) => left).toSorted((a, b) => a - b)
  const left = Math.min(...prose.map((piece) => piece.left))
  const right = Math.max(...prose.map((piece) => piece.right))
  for (const start of new Set(starts)) {
    if (start < left + (right - left) * 0.35 || start > left + (right - left) * 0.65) continue
    const gutter = start - 1
    const before = prose.filter((piece) => piece.right <= gutter)
    const behind = prose.filter((piece) => piece.left >= gutter)
    const across = prose.length - before.length - behind.length
    const areColumns = before.length >= LEAST_LINES && behind.length >= LEAST_LINES
    if (areColumns && across <= prose.length * MOST_ACROSS) return gutter
  }
  return undefined
}

/** From the top down: both columns up to what stands across them, then that, and so on. */
function inColumns(pieces: readonly Piece[], gutter: number): PdfLine[] {
  const lines: PdfLine[] = []
  let left: Piece[] = []
  let right: Piece[] = []
  const flush = () => {
    lines.push(...linesOf(left, 1), ...linesOf(right, 2))
    left = []
    right = []
  }
  for (const piece of pieces.toSorted((a, b) => b.top - a.top || a.left - b.left)) {
    if (piece.right <= gutter) left.push(piece)
    else if (piece.left >= gutter) right.push(piece)
    else {
      flush()
      lines.push(...linesOf([piece], 0))
    }
  }
  flush()
  return lines
}
