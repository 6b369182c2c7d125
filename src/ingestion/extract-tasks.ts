/**
 * The tasks that a document seems to set, for a cadre to confirm: what, who, by when, how much, each with
 * the sentence it rests on.
 *
 * Nothing is invented. An owner, a day or a figure that the words do not give is absent: 近期 and 节前 are
 * kept as words, a year taken from the plan is marked, a subject that the text leaves out stays out.
 */
import type { DocumentReading } from '../domain/document.ts'
import type { Fact } from '../domain/fact.ts'
import { inside, overlaps, type Span, textAt } from '../domain/span.ts'
import type { TaskProposal } from '../domain/task.ts'
import type { DateExpression } from '../text/dates/expression.ts'
import { parseDates } from '../text/dates/parse-dates.ts'
import { parseNumber } from '../text/parse-number.ts'
import type { WorkCalendar } from '../text/working-days.ts'
import { checkListCounts } from './check-list-counts.ts'
import { YEARS_IN_TITLE } from './classify-kind.ts'
import { expressionsIn, findDeadlines, type LimitContext, spanOf } from './find-deadlines.ts'
import { findDeedLists, findTaskUnits, type TaskUnit } from './find-task-units.ts'
import { isDirective, isImperative, reportsAnOrder, withoutEnumerator } from './is-directive.ts'
import { announcementOf, headingOf, numberedLineAround } from './numbered-line.ts'
import { readOwner, readResponsible } from './read-owner.ts'
import { isTarget, targetOf } from './read-target.ts'
import { isLimit, lastDay } from './read-task-deadline.ts'
import { findTaskTables, readTaskTables } from './read-task-tables.ts'
import { readItemTitle, readTaskTitle } from './read-task-title.ts'
import { splitTaskUnit, type TaskPart } from './split-task-unit.ts'

export type TaskSource = Pick<DocumentReading, 'text' | 'metadata' | 'lists' | 'facts' | 'passages'>

export interface ExtractedTasks {
  readonly proposals: readonly TaskProposal[]
  /** Plain Chinese: where the text promises more items than were found. */
  readonly completeness: readonly string[]
}

/** Reads the tasks out of a document. */
export function extractTasks(source: TaskSource, calendar: WorkCalendar): ExtractedTasks {
  const { text, metadata, lists } = source
  const { targets, limits } = limitContext(source, calendar)
  const limitSpans = limits.map(spanOf)
  const tables = findTaskTables(text)
  const hasTarget = (span: Span) => inside(span, targets, valueSpanOf).length > 0
  const setsTask = (span: Span) =>
    isDirective(textAt(text, span), {
      kind: metadata.kind,
      hasTarget: hasTarget(span),
      tellsOfPastYear: tellsOfPastYear(textAt(text, span), source),
      hasLimit: expressionsIn(span, limits).length > 0,
      hasDeadline: isAhead(expressionsIn(span, limits), source),
    })
  const { kind, title } = metadata
  const unitSource = { text, lists, kind, title, hasTarget, setsTask }
  const units = findTaskUnits(unitSource).filter(
    (unit) => !tables.some((table) => overlaps(table, unit)),
  )
  const proposals = units.flatMap((unit) =>
    splitTaskUnit(unit, {
      text,
      targets,
      limits: limitSpans,
      isDated: (span) => expressionsIn(span, limits).some(isDated),
      namesOwner: (span) => readOwner(textAt(text, span)) !== undefined,
      isSubstantial: (span) => textAt(text, span).trim().length > SHORTEST_SENTENCE,
    })
      .filter((part) => kind !== 'news' || part.target || reportsAnOrder(textAt(text, unit)))
      .flatMap((part) => propose(part, unit, { text, limits, targets })),
  )
  const all = [...proposals, ...readTaskTables(text, limits)].toSorted(
    (a, b) => a.span.start - b.span.start,
  )
  return { proposals: all, completeness: checkListCounts(text, findDeedLists(unitSource)) }
}

/** Reads what the words of any span say of day, figure and owner: for a list that somebody tidied. */
export function spanReader(
  source: TaskSource,
  calendar: WorkCalendar,
): (span: Span) => Pick<TaskProposal, 'deadline' | 'target' | 'owner'> {
  const context = limitContext(source, calendar)
  return (span) => {
    const own = inside(span, context.targets, valueSpanOf)
    const [target, ...others] = own
    const part = { span, ...(target && others.length === 0 && { target }) }
    const [deadline] = findDeadlines(part, { ...span, from: 'sentence' }, context)
    const owner = readOwner(textAt(source.text, span))
    return {
      ...(owner && { owner }),
      ...(deadline && { deadline }),
      ...(part.target && { target: targetOf(part.target) }),
    }
  }
}

const valueSpanOf = ({ valueSpan }: Fact) => valueSpan

function limitContext(source: TaskSource, calendar: WorkCalendar): LimitContext {
  const { text } = source
  const limits = findExpressions(source, calendar).filter(
    (each) => isLimit(each) && !isPartOfName(text, spanOf(each)),
  )
  const targets = source.facts
    .filter((fact) => isTarget(text, fact))
    .toSorted((a, b) => a.valueSpan.start - b.valueSpan.start)
  return { text, limits, targets }
}

/** A heading in front of figures (加强书屋建设。) is no task of its own. UTF-16 units. */
const SHORTEST_SENTENCE = 20

/** Without a date of issue only written-out dates count: the reference day is then just a placeholder. */
function findExpressions({ text, metadata }: TaskSource, calendar: WorkCalendar): DateExpression[] {
  const { issuedOn, planYear, kind } = metadata
  const day = issuedOn?.on ?? (planYear ? Temporal.PlainDate.from(`${planYear}-01-01`) : undefined)
  const ref = (day ?? Temporal.PlainDate.from('2000-01-01')).toPlainDateTime()
  const role = kind === 'news' || kind === 'meeting-report' ? 'narrative' : 'deadline'
  const found = parseDates(text, { ref, calendar, role, ...(planYear ? { planYear } : {}) })
  const dated = day ? found : found.map(withoutDayUnlessWritten)
  return dated.map((expression) => withinPlan(expression, metadata))
}

const YEARS_OF_PLAN = /^(?<years>[两二三四五2-5])年(?:之?内|以内)$/

/** 「三年内」 in a plan for three years (2025—2027年) ends with the plan, not three years after its day. */
function withinPlan(
  expression: DateExpression,
  { title, validity }: TaskSource['metadata'],
): DateExpression {
  const years = parseNumber(YEARS_OF_PLAN.exec(expression.text)?.groups?.['years'] ?? '')
  const { from, to } = validity
  if (years === undefined || from === undefined || to === undefined) return expression
  const isPlan = YEARS_IN_TITLE.test(title) && to.year - from.year + 1 === years
  return isPlan ? { ...expression, value: { kind: 'due', on: to } } : expression
}

const WRITTEN_YEAR = /(?:19|20)\d{2}|[一二][〇零○一二三四五六七八九]{3}年/

function withoutDayUnlessWritten(expression: DateExpression): DateExpression {
  if (WRITTEN_YEAR.test(expression.text)) return expression
  return { ...expression, value: { kind: 'vague' } }
}

/** A day inside quotation marks that hold more than the day is part of a name: “五月劳动风采”. */
function isPartOfName(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - NAME_LENGTH), start)
  const opened = /[“「『‘][^”」』’\n]*$/.exec(before)?.[0]
  const closed = /^[^“「『‘\n]*?[”」』’]/.exec(text.slice(end, end + NAME_LENGTH))?.[0]
  return opened !== undefined && closed !== undefined && opened.length + closed.length > 2
}

/** UTF-16 units of a name in quotation marks. */
const NAME_LENGTH = 24

/** 尽快 beside a day is no second limit. */
function isDated({ value, text }: DateExpression): boolean {
  return (
    value.kind !== 'vague' || value.event !== undefined || /[\d一二三四五六七八九十月]/.test(text)
  )
}

function isAhead(limits: readonly DateExpression[], { metadata }: TaskSource): boolean {
  const { issuedOn } = metadata
  return limits.some(({ value }) => {
    const due = lastDay(value)
    return due !== undefined && (!issuedOn || Temporal.PlainDate.compare(due, issuedOn.on) > 0)
  })
}

/** 2025年,…新建会3120家 in a document of 2026. */
function tellsOfPastYear(sentence: string, { metadata }: TaskSource): boolean {
  const present = metadata.planYear ?? metadata.issuedOn?.on.year
  const years = [...sentence.matchAll(/(20\d{2})年/g)].map((match) => Number(match[1]))
  return present !== undefined && years.length > 0 && years.every((year) => year < present)
}

/** One task, or one for each limit of a row of them: 6月20日、11月20日前. */
function propose(part: TaskPart, unit: TaskUnit, context: LimitContext): TaskProposal[] {
  const { text } = context
  const quote = textAt(text, part.span)
  const line = numberedLineAround(text, part.span)
  // Who comes after the part in its sentence does the next thing, unless the words say so (由…负责).
  const upTo = textAt(text, { start: unit.start, end: part.span.end })
  const owner =
    readOwner(quote) ??
    readOwner(upTo) ??
    readResponsible(textAt(text, { start: part.span.end, end: unit.end })) ??
    (line && readResponsible(textAt(text, line))) ??
    ownerAnnounced(text, line)
  const title = withTopic(titleOf(part, unit, quote, owner), part.span, line, text)
  return findDeadlines(part, unit, context).map((deadline) => ({
    title,
    ...(owner ? { owner } : {}),
    ...(deadline ? { deadline } : {}),
    ...(part.target ? { target: targetOf(part.target) } : {}),
    span: part.span,
    quote,
  }))
}

/** 「各县区总工会要办好以下实事:」 names who does what the lines below it say. */
function ownerAnnounced(text: string, line: Span | undefined): string | undefined {
  const announced = line && announcementOf(text, line)
  return announced && readOwner(textAt(text, announced))
}

/** 「(二)职工合唱比赛。6月举行预赛」: the heading says of what. Only where it names a thing and the title does not. */
function withTopic(title: string, span: Span, line: Span | undefined, text: string): string {
  const heading = line && headingOf(text, line)
  if (!heading || heading.end > span.start || title.length > LONGEST_ELLIPSIS) return title
  const topic = withoutEnumerator(textAt(text, heading)).replace(
    /^关于|[(（].*$|(?:问题|事项|工作)$/g,
    '',
  )
  const isNamed = Array.from(topic).some(
    (character, index) => index > 0 && title.includes(`${topic.charAt(index - 1)}${character}`),
  )
  const isThing = topic.length >= 3 && topic.length <= LONGEST_TOPIC && !NO_TOPIC.test(topic)
  return isThing && !isNamed && !isImperative(topic) ? `${topic}:${title}` : title
}

/** UTF-16 units of a title that may leave out what it is about, and of what it is about. */
const LONGEST_ELLIPSIS = 18
const LONGEST_TOPIC = 16
const NO_TOPIC = /阶段|步骤|要求|目标|时间|范围|保障|措施|内容|安排|任务|[,，;；。]/

/** One of two rates that share a figure is named for its own. */
function titleOf(
  { target, span }: TaskPart,
  unit: TaskUnit,
  quote: string,
  owner: string | undefined,
): string {
  const isItem = unit.from === 'item' && span.start === unit.start
  const title = isItem ? readItemTitle(quote, owner) : readTaskTitle(quote, owner)
  if (!target || title.includes(target.subject)) {
    const sharesFigure = target?.unit === '%' && /率[、和及]/.test(title)
    if (!target || !sharesFigure) return title
  }
  return target.unit === '%' ? `${target.subject}${textOfRate(quote)}` : title
}

function textOfRate(quote: string): string {
  return (
    /(?:均|都)?(?<rate>(?:达到?|不低于|提高到|实现)?\s*(?:\d[\d.]*\s?[%％]|百分之[^,，。]{1,6})(?:以上|以内|左右)?)/.exec(
      quote,
    )?.groups?.['rate'] ?? ''
  )
}
