/** An answer in a terminal: colours where there are any, plain lines where it goes into a pipe or a file. */
import { type Answer, type Citation, evidenceHeading } from '../../domain/answer.ts'

/** Select Graphic Rendition codes, ECMA-48 §8.3.117. */
const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36, marked: 7 } as const
export type Style = keyof typeof STYLES
export type Paint = (style: Style, text: string) => string

/** Colours, or nothing when `colours` is false. */
export function paintWith(colours: boolean): Paint {
  return (style, text) => (colours ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text)
}

/** Documents and questions may carry escape sequences; on a terminal they would act. Line breaks stay. */
export function disarm(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '')
}

/** The answer for a reader at a terminal: short answer, notices, quotes with their origin, next step. */
export function renderTerminal(answer: Answer, paint: Paint): string {
  const parts = [
    answer.understoodAs && paint('dim', `按「${disarm(answer.understoodAs)}」理解`),
    paint('bold', disarm(answer.summary)),
    answer.kind === 'grounded' && answer.missing && disarm(answer.missing),
    ...answer.notices.map(({ text }) => paint('yellow', `⚠ ${disarm(text)}`)),
    evidence(answer, paint),
    answer.nextStep && `${paint('green', '下一步')} ${disarm(answer.nextStep)}`,
    suggestions(answer, paint),
  ]
  return parts.filter(Boolean).join('\n\n')
}

function evidence(answer: Answer, paint: Paint): string {
  if (answer.kind === 'refused') return ''
  const citations = answer.kind === 'grounded' ? answer.citations : answer.nearest
  if (citations.length === 0) return ''
  const heading = evidenceHeading(answer)
  return [paint('red', heading), ...citations.map((citation) => quote(citation, paint))].join('\n')
}

function quote(citation: Citation, paint: Paint): string {
  const { highlight, quote: text, documentTitle, issuedOn, jurisdictionName, sample } = citation
  const marked = highlight
    ? disarm(text).replace(disarm(highlight), () => paint('marked', disarm(highlight)))
    : disarm(text)
  const bar = paint('red', '│')
  const date = issuedOn && dateText(issuedOn)
  const origin = [`《${documentTitle}》`, date, jurisdictionName, sample && '示例']
  return [
    ...marked.split('\n').map((line) => `${bar} ${line}`),
    `${bar} ${paint('dim', disarm(origin.filter(Boolean).join(' · ')))}`,
  ].join('\n')
}

function dateText({ on, precision }: NonNullable<Citation['issuedOn']>): string {
  return on.toString().slice(0, { year: 4, month: 7, day: 10 }[precision])
}

function suggestions(answer: Answer, paint: Paint): string {
  if (answer.suggestions.length === 0) return ''
  const lines = answer.suggestions.map((text, index) => `${index + 1}. ${disarm(text)}`)
  return paint('dim', `还可以问（输入数字）：\n${lines.join('\n')}`)
}
