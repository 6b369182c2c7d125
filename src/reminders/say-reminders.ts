/**
 * The words of reminders: one task, several tasks (digest), a leader's overview. Made at the moment
 * of sending from the tasks as they are then, so that a figure reported a minute ago is in it.
 *
 * Text that came from documents or people is shown as text: no block here is parsed as markup.
 */
import type { Block, OutboundMessage } from '../domain/message.ts'
import type { Reminder, ReminderPolicy } from '../domain/reminder.ts'
import { isOpen, type Task } from '../domain/task.ts'
import { sayDaysLeft, sayDeadline, sayFigure, sayStanding } from '../tasks/describe-task.ts'
import { COLOUR_NAMES, type Colour, standingOf } from '../tasks/standing.ts'
import { openTaskAction, taskActions, taskQuote } from '../tasks/task-card.ts'
import type { WorkCalendar } from '../text/working-days.ts'
import { type Hours, nextAllowed } from './sending-hours.ts'

export interface ReminderItem {
  readonly task: Task
  readonly reminder: Reminder
}

/** What tells a late reminder from one that waited for the morning. */
export type LateRules = Hours &
  Pick<ReminderPolicy, 'lateAfterMinutes'> & { readonly calendar: WorkCalendar }

type Reader = 'person' | 'group'

const HOW_IN_PRIVATE = '回复「我的任务」看全部，回复「书屋 12个」这样的话报进度。'

/** Rows of a digest; the rest is counted. */
const LONGEST_DIGEST = 20
/** Tasks of a digest that one tap opens: the most urgent. */
const MOST_OPENED = 5

/** What one person, or a unit's group, is told; `items` is not empty. */
export function sayReminders(
  items: readonly [ReminderItem, ...ReminderItem[]],
  now: Temporal.Instant,
  policy: LateRules,
  reader: Reader = 'person',
): OutboundMessage {
  const today = now.toZonedDateTimeISO(policy.timeZone).toPlainDate()
  const [first, ...others] = items
  const blocks = others.length === 0 ? sayOne(first, today, reader) : sayMany(items, today, reader)
  const late = lateNotice(items, now, policy)
  const urgent = items.some(({ reminder }) => reminder.rung.kind === 'overdue')
  return { blocks: late ? [...blocks, late] : blocks, ...(urgent && { urgent }) }
}

/** What a leader reads once a week: everything behind, by name; everything else, counted. */
export function sayOverview(tasks: readonly Task[], today: Temporal.PlainDate): OutboundMessage {
  const colours = Map.groupBy(tasks.filter(isOpen), (task) => standingOf(task, today).colour)
  const count = (colour: Colour) => `${COLOUR_NAMES[colour]} ${colours.get(colour)?.length ?? 0} 件`
  const behind = [...(colours.get('red') ?? []), ...(colours.get('yellow') ?? [])]
  const total = `在办：${count('red')}，${count('yellow')}，${count('blue')}。`
  return {
    blocks: [
      { kind: 'heading', text: '事项进度' },
      { kind: 'paragraph', text: total },
      ...rowsOf(behind, today),
    ],
  }
}

/** Whether there is anything that a leader has to be shown. */
export function isWorthAnOverview(tasks: readonly Task[], today: Temporal.PlainDate): boolean {
  return tasks.some((task) => (standingOf(task, today).colour ?? 'blue') !== 'blue')
}

function sayOne(
  { task, reminder }: ReminderItem,
  today: Temporal.PlainDate,
  reader: Reader,
): readonly Block[] {
  const figure = sayFigure(task)
  const rows = [
    { label: '事项', value: task.title },
    { label: '时限', value: sayDeadline(task, today) },
    ...(figure ? [{ label: '进度', value: figure }] : []),
    ...(reminder.audience === 'leader' ? [{ label: '情况', value: escalation(reminder) }] : []),
  ]
  return [
    { kind: 'heading', text: headingOf({ task, reminder }, today) },
    { kind: 'rows', rows },
    ...taskQuote(task),
    ...(reminder.audience === 'owner' ? invitation(task, reader) : []),
  ]
}

function headingOf({ task, reminder }: ReminderItem, today: Temporal.PlainDate): string {
  if (reminder.rung.kind === 'notice') return '交办事项，请签收'
  const left = sayDaysLeft(standingOf(task, today))
  return reminder.audience === 'leader' ? `抄送：${left}` : `催办：${left}`
}

function escalation({ rung }: Reminder): string {
  return rung.kind === 'overdue' ? '已逾期，仍未办结' : '责任人尚未回应'
}

/** In a group a bare number says nothing, and a button would be anybody's. */
function invitation(task: Task, reader: Reader): readonly Block[] {
  if (reader === 'group') return [{ kind: 'paragraph', text: HOW_IN_A_GROUP }]
  const unit = task.target?.unit
  const example = unit ? `回复「12${unit}」这样的话就能报进度。` : '办完请回复「完成」。'
  return [
    { kind: 'paragraph', text: example },
    { kind: 'actions', actions: taskActions(task) },
  ]
}

const HOW_IN_A_GROUP =
  '经办人私聊我，或在群里 @我 说「书屋 12个」「完成 书屋」这样的话，就能报进度。'

function sayMany(
  items: readonly ReminderItem[],
  today: Temporal.PlainDate,
  reader: Reader,
): readonly Block[] {
  const tasks = items
    .toSorted((a, b) => b.reminder.rung.severity - a.reminder.rung.severity)
    .map(({ task }) => task)
  const copied = items.every(({ reminder }) => reminder.audience === 'leader')
  const about = copied ? '件事项需要您过问' : '件事项要办'
  return [
    { kind: 'heading', text: `有 ${items.length} ${about}` },
    ...rowsOf(tasks, today),
    { kind: 'paragraph', text: reader === 'group' ? HOW_IN_A_GROUP : HOW_IN_PRIVATE },
    ...(reader === 'group'
      ? []
      : [{ kind: 'actions', actions: tasks.slice(0, MOST_OPENED).map(openTaskAction) } as const]),
  ]
}

function rowsOf(tasks: readonly Task[], today: Temporal.PlainDate): readonly Block[] {
  if (tasks.length === 0) return []
  const rows = tasks.slice(0, LONGEST_DIGEST).map((task) => ({
    label: task.title,
    value: sayStanding(task, today),
  }))
  const rest = tasks.length - rows.length
  return [
    { kind: 'rows', rows },
    ...(rest > 0 ? [{ kind: 'paragraph', text: `另有 ${rest} 件。` } as const] : []),
  ]
}

/** A reminder that comes late says when it was due, never silently. */
function lateNotice(
  items: readonly ReminderItem[],
  now: Temporal.Instant,
  { calendar, ...policy }: LateRules,
): Block | undefined {
  const limit = now.subtract({ minutes: policy.lateAfterMinutes })
  const late = items
    .map(({ reminder }) => nextAllowed(reminder.sendAt, policy, calendar))
    .filter((at) => Temporal.Instant.compare(at, limit) < 0)
    .toSorted(Temporal.Instant.compare)
  const [earliest] = late
  if (!earliest) return undefined
  const at = earliest.toZonedDateTimeISO(policy.timeZone)
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' })
  const since = late.length > 1 ? '起' : ''
  return {
    kind: 'notice',
    tone: 'info',
    text: `补发：原定${at.month}月${at.day}日${time}${since}，因服务中断推迟。`,
  }
}
