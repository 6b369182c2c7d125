/** Makes paragraphs of the lines of a PDF: a line that fills the page's width goes on in the next one. */

export interface PdfLine {
  readonly text: string
  /** Left and right edge, in points. */
  readonly left: number
  readonly right: number
  /** 0 for a line of the page, 1 and 2 for one of two columns. */
  readonly column: 0 | 1 | 2
}

/** Share of the widest line at which a line counts as full. */
const FULL = 0.85
/** Indent of a new paragraph, in points: two characters of a small font. */
const INDENT = 12
const PAGE_NUMBER = /^[-—–－\s]*(?:第?\s?\d{1,4}\s?页?(?:\s?[/共]\s?\d{1,4}\s?页?)?)[-—–－\s]*$/
const NEW_PARAGRAPH =
  /^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、]\D|第[一二三四五六七八九十百零]+[章节条]|附件)/
/** 云工发〔2026〕12号 stands in a line of its own, also below a title that fills the width. */
const NUMBER_LINE = /^[^，。；：]{1,14}[〔[【（(]\d{4}[〕\]】）)]\s?第?\s?\d{1,4}\s?号$/
/** A line at the edge of so many pages is a running head. */
const RUNNING_HEAD_PAGES = 3

export function joinPdfLines(pages: readonly (readonly PdfLine[])[]): string {
  const heads = runningHeads(pages)
  const lines = pages.flatMap((page) =>
    page.filter(
      ({ text }, index) =>
        text.trim() !== '' &&
        !PAGE_NUMBER.test(text) &&
        !(heads.has(text.trim()) && (index === 0 || index === page.length - 1)),
    ),
  )
  const edges = [0, 1, 2].map((column) => edgesOf(lines.filter((line) => line.column === column)))
  return lines
    .map((line, index) => {
      const next = lines[index + 1]
      const goesOn = next !== undefined && continues(line, next, edges)
      return closeGaps(line.text) + (goesOn ? '' : '\n')
    })
    .join('')
    .trim()
}

interface Edges {
  readonly left: number
  readonly right: number
}

function edgesOf(lines: readonly PdfLine[]): Edges {
  return {
    left: Math.min(...lines.map((line) => line.left)),
    right: Math.max(0, ...lines.map((line) => line.right)),
  }
}

function runningHeads(pages: readonly (readonly PdfLine[])[]): Set<string> {
  const counts = new Map<string, number>()
  for (const page of pages) {
    const edges = new Set([page.at(0), page.at(-1)].flatMap((line) => line?.text.trim() ?? []))
    for (const edge of edges) counts.set(edge, (counts.get(edge) ?? 0) + 1)
  }
  return new Set(
    [...counts]
      .filter(([text, count]) => text !== '' && count >= RUNNING_HEAD_PAGES)
      .map(([text]) => text),
  )
}

/** A line that fills its column goes on in the next one, also at the head of the next column. */
function continues(line: PdfLine, next: PdfLine, edges: readonly Edges[]): boolean {
  if (
    line.text.includes(' | ') ||
    next.text.includes(' | ') ||
    NEW_PARAGRAPH.test(next.text.trim()) ||
    NUMBER_LINE.test(next.text.trim()) ||
    NUMBER_LINE.test(line.text.trim())
  )
    return false
  const own = edges[line.column] ?? line
  const others = edges[next.column] ?? next
  const isFull = line.right >= own.left + (own.right - own.left) * FULL
  const isIndented = next.left > others.left + INDENT
  const isCentered = line.column === 0 && line.left > own.left + INDENT && isIndented
  return isFull && !isIndented && !isCentered
}

/** Spaces beside Han characters and full-width punctuation say nothing: 2025 年 1 月. */
function closeGaps(text: string): string {
  return text
    .trim()
    .replace(
      /(?<=[\u3000-\u9fff\uff00-\uffef])[ \u00a0]+(?=[\d\u3000-\u9fff\uff00-\uffef%])|(?<=\d)[ \u00a0]+(?=[\u4e00-\u9fff])/g,
      '',
    )
}
