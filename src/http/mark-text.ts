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
