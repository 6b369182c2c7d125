/**
 * The limit of a task from the date expressions of its sentence.
 *
 * A day only where the words give one: a limit, a day, or a stretch shorter than a year (its last day).
 * 近期, 节前, 尽快 and limits counted from an unknown event keep their words and get no day; so do
 * recurrences, which a cadre turns into a series. The year of the plan is no limit.
 */
import type { Deadline } from '../domain/task.ts'
import type { DateExpression, DateValue } from '../text/dates/expression.ts'

/** Words of time that limit nothing. */
const NO_LIMIT = /^(?:近日|近段时间|最近|下一步|今后一个时期|届时|不久|日内|另行通知|待定|条件成熟)/
/** A whole year and longer is a horizon, unless the words say 到 or 底. */
const HORIZON_DAYS = 360

/** The deadline that these expressions set; undefined when none does. */
export function readTaskDeadline(expressions: readonly DateExpression[]): Deadline | undefined {
  const limits = expressions.filter(isLimit)
  const chosen = limits.find(({ value }) => value.kind === 'due') ?? limits[0]
  return chosen ? toDeadline(chosen) : undefined
}

/** Whether the expression limits a task. */
export function isLimit({ value, basis, text }: DateExpression): boolean {
  // 4月1日起恢复 says when it begins.
  if (basis.rule === '施行日期') return false
  switch (value.kind) {
    case 'due':
      return basis.rule !== '截至'
    case 'interval':
      return value.from.until(value.to).days < HORIZON_DAYS
    case 'vague':
      return value.event !== undefined || !NO_LIMIT.test(text)
    case 'since':
    case 'invalid':
      return false
    default:
      return true
  }
}

const LABEL = /^(?:期限|时限|限期|限时|完成时间|办结时间|截止(?:时间|日期)?)(?:为|是)?[:：]\s*/
/** When a document reaches its readers it does not say itself. */
const ARRIVAL = /收到|接到|收悉/

function toDeadline({ text, value, basis }: DateExpression): Deadline {
  const dueOn = ARRIVAL.test(text) ? undefined : lastDay(value)
  const [assumed] = basis.assumptions
  return {
    phrase: text.replace(LABEL, ''),
    ...(dueOn ? { dueOn } : {}),
    ...(dueOn && assumed ? { inferredFrom: assumed } : {}),
  }
}

/** The last day on time, where the words fix one. */
export function lastDay(value: DateValue): Temporal.PlainDate | undefined {
  switch (value.kind) {
    case 'due':
    case 'date':
      return value.on
    case 'datetime':
      return value.at.toPlainDate()
    case 'interval':
      return value.to
    case 'dtinterval':
      return value.to.toPlainDate()
    default:
      return undefined
  }
}
