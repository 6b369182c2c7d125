/**
 * Which limit holds for a task: one in its own words; else the one that opens its sentence for a row of
 * figures (年底前新建30家,培训500人); else what its numbered line says for all of it (完成时限:4月底前, or a
 * heading with a period in brackets); else what the line that announces the numbered lines says.
 */
import type { Fact } from '../domain/fact.ts'
import { contains, inside, type Span, textAt } from '../domain/span.ts'
import type { Deadline } from '../domain/task.ts'
import type { DateExpression } from '../text/dates/expression.ts'
import type { TaskUnit } from './find-task-units.ts'
import { announcementOf, headingOf, numberedLineAround } from './numbered-line.ts'
import { readTaskDeadline } from './read-task-deadline.ts'
import type { TaskPart } from './split-task-unit.ts'

export interface LimitContext {
  readonly text: string
  /** Expressions that limit something, in order. */
  readonly limits: readonly DateExpression[]
  readonly targets: readonly Fact[]
}

const LABEL = /(?:时限|完成时间|时间|期限|截止时间|截止日期|截止)(?:为|是)?[:：]\s*$/
/** The grammar of dates takes some labels into the expression. */
const OWN_LABEL = /^(?:期限|时限|限期|限时|完成时间|办结时间|截止)/

/** The deadlines of a part: mostly one, several for a row of limits, an undefined one where the text gives none. */
export function findDeadlines(
  part: TaskPart,
  unit: TaskUnit,
  context: LimitContext,
): (Deadline | undefined)[] {
  const inRow = expressionsIn(part.span, context.limits).filter(({ value }) => value.kind === 'due')
  if (inRow.length > 1) return inRow.map((expression) => readTaskDeadline([expression]))
  return [findDeadline(part, unit, context)]
}

function findDeadline(
  { span, target }: TaskPart,
  unit: TaskUnit,
  context: LimitContext,
): Deadline | undefined {
  const own = readTaskDeadline(expressionsIn(span, context.limits))
  if (own) return own
  const shared = target ? sharedLimit(span, unit, context) : undefined
  return shared ?? limitOfLine(span, context)
}

/** The expressions that lie in a range, of those in the order of the text. */
export function expressionsIn(
  span: Span,
  expressions: readonly DateExpression[],
): DateExpression[] {
  return [...inside(span, expressions, spanOf)]
}

export function spanOf({ offset, text }: DateExpression): Span {
  return { start: offset, end: offset + text.length }
}

/** The last limit before the part in its sentence, if it already governs a figure. */
function sharedLimit(
  span: Span,
  unit: Span,
  { text, limits, targets }: LimitContext,
): Deadline | undefined {
  const before = expressionsIn({ start: unit.start, end: span.start }, limits).at(-1)
  if (!before) return undefined
  const between = { start: spanOf(before).end, end: span.start }
  const words = textAt(text, between)
  const [clause = ''] = words.split(/[,，]/)
  const governs = targets.some(({ valueSpan }) =>
    contains({ start: between.start, end: between.start + clause.length }, valueSpan),
  )
  return governs && !/[。；;\n]/.test(words) ? readTaskDeadline([before]) : undefined
}

function isLabelled(text: string, line: Span, expression: DateExpression): boolean {
  const before = text.slice(line.start, expression.offset)
  return LABEL.test(before) || OWN_LABEL.test(expression.text)
}

/** 「年底前」, but not the day of the meeting that an announcement names. */
function endsSomething({ text }: DateExpression): boolean {
  return /(?:[前底末内止]|之前|以前)$/.test(text)
}

function limitOfLine(span: Span, { text, limits }: LimitContext): Deadline | undefined {
  const line = numberedLineAround(text, span)
  if (!line) return undefined
  const heading = headingOf(text, line)
  const inLine = expressionsIn(line, limits)
  const labelled = inLine.filter((expression) => isLabelled(text, line, expression))
  const headed = heading ? expressionsIn(heading, limits) : []
  const announced = announcementOf(text, line)
  return (
    readTaskDeadline(labelled) ??
    readTaskDeadline(headed) ??
    (announced && readTaskDeadline(expressionsIn(announced, limits).filter(endsSomething)))
  )
}
