import { html } from 'hono/html'
import { overlaps, type Span } from '../domain/span.ts'
import type { Html } from './html.ts'

/** A range of a text that is shown in its own way. */
export interface TextMark {
  readonly span: Span
  /** `quote`: what an answer rests on; `cut`: taken out of the original; `doubt`: to be looked at. */
  readonly kind: 'quote' | 'cut' | 'doubt'
  /** Said when the pointer rests on it: the reason of a cut. */
  readonly title?: string
}

/**
 * The text, escaped, with its marks. Marks may overlap: where they do, both show. The first quoted
 * piece carries the id `quote`, so that an address can jump to it, unless `jump` is false.
 */
export function markText(
  text: string,
  marks: readonly TextMark[],
  { jump = true }: { readonly jump?: boolean } = {},
): Html {
  const edges = new Set([0, text.length])
  for (const { span } of marks) {
    edges.add(clamp(span.start, text.length))
    edges.add(clamp(span.end, text.length))
  }
  const cuts = [...edges].toSorted((a, b) => a - b)
  let jumped = !jump
  const pieces = cuts.slice(0, -1).map((start, index) => {
    const span = { start, end: cuts[index + 1] ?? text.length }
    const over = marks.filter((mark) => overlaps(mark.span, span))
    const quoted = over.some(({ kind }) => kind === 'quote')
    const first = quoted && !jumped
    if (quoted) jumped = true
    return renderPiece(text.slice(span.start, span.end), over, { quoted, first })
  })
  return html`${pieces}`
}

/** The text as paragraphs, one a line, with the marks of {@link markText}; empty lines fall away. */
export function markParagraphs(text: string, marks: readonly TextMark[]): Html {
  let at = 0
  let jumped = false
  const paragraphs = text.split('\n').map((line) => {
    const start = at
    at += line.length + 1
    if (line.trim() === '') return undefined
    const within = marksWithin(marks, { start, end: start + line.length })
    const jump = !jumped && within.some(({ kind }) => kind === 'quote')
    if (jump) jumped = true
    return html`<p>${markText(line, within, { jump })}</p>`
  })
  return html`${paragraphs}`
}

function marksWithin(marks: readonly TextMark[], line: Span): readonly TextMark[] {
  return marks
    .filter(({ span }) => overlaps(span, line))
    .map((mark) => ({
      ...mark,
      span: { start: mark.span.start - line.start, end: mark.span.end - line.start },
    }))
}

function renderPiece(
  text: string,
  marks: readonly TextMark[],
  { quoted, first }: { quoted: boolean; first: boolean },
): Html {
  const cut = marks.find(({ kind }) => kind === 'cut')
  const doubt = marks.find(({ kind }) => kind === 'doubt')
  const plain = cut ? html`<del title="${cut.title ?? ''}">${text}</del>` : html`${text}`
  const inner = doubt
    ? html`<mark class="doubt" title="${doubt.title ?? ''}">${plain}</mark>`
    : plain
  if (!quoted) return inner
  return first ? html`<mark id="quote">${inner}</mark>` : html`<mark>${inner}</mark>`
}

const clamp = (offset: number, length: number) => Math.min(Math.max(offset, 0), length)
