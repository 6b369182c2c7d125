/** Writes the text of a page line by line and remembers which ranges are none of it. */
import type { CutReason } from '../../domain/document.ts'
import type { MarkedRange } from './source-text.ts'

export interface LineWriter {
  write(text: string): void
  /** Ends the line; inside a cell of a data table it writes a space, because a row stays one line. */
  line(): void
  length(): number
  /** The last characters written. */
  tail(): string
  mark(start: number, reason: CutReason): void
  /** Runs `work` with line ends turned into spaces. */
  onOneLine(work: () => void): void
  text(): string
  marked(): readonly MarkedRange[]
}

export function createLineWriter(): LineWriter {
  let content = ''
  let depth = 0
  const ranges: MarkedRange[] = []
  return {
    write: (text) => {
      content += text
    },
    line: () => {
      const end = depth > 0 ? ' ' : '\n'
      if (content !== '' && !content.endsWith('\n') && !content.endsWith(end)) content += end
    },
    length: () => content.length,
    tail: () => content.slice(-6),
    mark: (start, reason) => {
      if (content.length > start) ranges.push({ start, end: content.length, reason })
    },
    onOneLine: (work) => {
      depth += 1
      work()
      depth -= 1
    },
    text: () => content,
    marked: () => ranges,
  }
}
