/** Headings of official documents: 第一章, 一、, (一), 第一条, 1., (1), and Markdown's #. Deeper levels have higher numbers. */

export interface Heading {
  readonly level: number
  readonly title: string
}

const NUMERAL = '[一二三四五六七八九十百零〇]+'
const LEVELS: readonly (readonly [RegExp, number])[] = [
  [/^#\s/, 0],
  [new RegExp(`^第${NUMERAL}[编篇部]`), 0],
  [new RegExp(`^(?:第${NUMERAL}章|##\\s)`), 1],
  [/^附件\s?[\d一二三四五六七八九十]*(?:[:：]|$)/, 1],
  [new RegExp(`^(?:第${NUMERAL}节|###\\s)`), 2],
  [new RegExp(`^${NUMERAL}[、.．]`), 3],
  [new RegExp(`^(?:第${NUMERAL}条|####\\s)`), 4],
  [new RegExp(`^[(（]${NUMERAL}[)）]`), 5],
  [/^\d{1,2}[.．、](?!\d)/, 6],
  [/^[(（]\d{1,2}[)）]/, 7],
]
/** What a heading says ends here: the line, or the first full stop of a line that goes on. */
const LONGEST_HEADING = 50

/** The heading that a paragraph is or begins with; undefined for running text. */
export function headingOf(paragraph: string): Heading | undefined {
  const line = paragraph.trim()
  const found = LEVELS.find(([pattern]) => pattern.test(line))
  if (found === undefined) return undefined
  const title = (/^[^\n。；;]*/.exec(line)?.[0] ?? '').replace(/^#+\s*/, '').trim()
  if (title.length <= LONGEST_HEADING) return { level: found[1], title }
  const article = new RegExp(`^第${NUMERAL}[章条]`).exec(title)?.[0]
  return article === undefined ? undefined : { level: found[1], title: article }
}
