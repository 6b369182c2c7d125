/**
 * What a command on one task comes to: an effect to confirm, or a question. Wrong units, figures above
 * the target, days that are past or unclear, people who are not responsible: asked about, never guessed.
 */
import type { Person } from '../domain/person.ts'
import type { Task } from '../domain/task.ts'
import type { Store } from '../storage/store.ts'
import { sayDay } from '../tasks/describe-task.ts'
import { createDirectory, findRecipients } from '../tasks/find-recipients.ts'
import { addLength } from '../text/dates/add-length.ts'
import type { DateExpression } from '../text/dates/expression.ts'
import type { Effect } from './apply-effect.ts'
import type { Command } from './command.ts'
import type { CommandTools } from './command-tools.ts'
import { findAssignees } from './find-assignees.ts'
import type { Proposal } from './keep-pending.ts'
import { ask, propose } from './make-proposal.ts'
import { proposeReport } from './propose-report.ts'

const MIDDAY_SNOOZE = new Temporal.PlainTime(9)

/** How close somebody is to a task: what they may do follows from it. */
interface Standing {
  readonly isOwner: boolean
  /** Leads an owner, gave the task, or administers the union. */
  readonly decides: boolean
  readonly leaderId?: string
}

export async function proposeChange(
  command: Command & { readonly subject: string },
  task: Task,
  person: Person,
  store: Store,
  tools: CommandTools,
): Promise<Proposal> {
  const standing = await standingOfPerson(task, person, store)
  if (!standing.isOwner && !standing.decides) {
    return ask(`「${task.title}」不由您负责，不能由您修改。`)
  }
  switch (command.kind) {
    case 'report':
      return proposeReport(command, task)
    case 'extend':
      return proposeExtension(command, task, standing, tools)
    case 'snooze':
      return proposeSnooze(command.date, task, tools)
    case 'transfer':
      return proposeTransfer(command.to, task, store)
    case 'remark':
      return propose(
        task,
        { kind: 'remarked', note: command.note },
        `「${task.title}」反馈：${command.note}`,
      )
    case 'complete':
      return propose(task, { kind: 'completed' }, `办结「${task.title}」${shortOf(task)}。`)
    case 'accept':
      return task.status === 'needs-action'
        ? propose(task, { kind: 'accepted' }, `签收「${task.title}」。`)
        : propose(task, { kind: 'acknowledged' }, `知道了「${task.title}」。`)
    case 'cancel':
      return standing.decides
        ? propose(task, { kind: 'cancelled' }, `取消「${task.title}」，以后不再提醒。`)
        : ask(`取消「${task.title}」要由交办的领导或管理员来定。`)
    case 'split':
      return proposeSplit(command.parts, task)
    default:
      return ask('没有听懂，请换个说法。')
  }
}

async function standingOfPerson(task: Task, person: Person, store: Store): Promise<Standing> {
  const directory = createDirectory(await store.people.all())
  const { owners, leaders } = findRecipients(task, directory)
  const gave = task.createdBy.kind === 'person' && task.createdBy.personId === person.id
  const decides = person.role === 'admin' || leaders.includes(person.id) || gave
  const leaderId = person.leaderId ?? leaders[0]
  return {
    isOwner: owners.includes(person.id),
    decides,
    ...(leaderId !== undefined && { leaderId }),
  }
}

function proposeExtension(
  { date, by }: Extract<Command, { kind: 'extend' }>,
  task: Task,
  standing: Standing,
  tools: CommandTools,
): Proposal {
  const before = task.deadline?.dueOn
  const later = by && before && addLength(before, by, tools.dateContext().calendar)
  const dueOn = later ?? dayOf(date)
  if (!dueOn) return askForDay(date)
  const refusal = objectToDay(dueOn, tools)
  if (refusal) return refusal
  if (before && Temporal.PlainDate.compare(dueOn, before) === 0) {
    return ask(`「${task.title}」的时限本来就是${sayDay(dueOn, tools.today())}。`)
  }
  const deadline = { phrase: date?.text ?? `${dueOn.month}月${dueOn.day}日`, dueOn }
  const from = before ? `由${sayDay(before, tools.today())}` : ''
  const what = `把「${task.title}」的时限${from}改到${sayWithWeekday(dueOn, tools)}`
  if (standing.decides || standing.leaderId === undefined) {
    return propose(task, { kind: 'extended', deadline }, `${what}。`)
  }
  const { leaderId } = standing
  const effect: Effect = { kind: 'request-extension', taskId: task.id, deadline, leaderId }
  return { kind: 'propose', effect, understood: `申请${what}，由领导审批。` }
}

function proposeSnooze(
  date: DateExpression | undefined,
  task: Task,
  tools: CommandTools,
): Proposal {
  const day = date ? dayOf(date) : tools.today().add({ days: 1 })
  if (!day) return askForDay(date)
  const refusal = objectToDay(day, tools)
  if (refusal) return refusal
  const until = day
    .toZonedDateTime({ timeZone: tools.timeZone, plainTime: MIDDAY_SNOOZE })
    .toInstant()
  const when = sayWithWeekday(day, tools)
  return propose(task, { kind: 'snoozed', until }, `${when}再提醒「${task.title}」。`)
}

async function proposeTransfer(names: string, task: Task, store: Store): Promise<Proposal> {
  const found = await findAssignees(names, store)
  if (found.kind === 'unclear') return ask(found.text)
  if (found.assignees.length === 0) return ask('请写明转给谁，例如「转给 权益保障部」。')
  const change = { kind: 'transferred', to: found.assignees } as const
  return propose(task, change, `把「${task.title}」转给${names}办理。`)
}

function proposeSplit(titles: readonly string[], task: Task): Proposal {
  if (titles.length < 2) return ask('请写明拆成哪几件，用顿号隔开，例如「拆分 书屋：选点、挂牌」。')
  const list = titles.map((title, index) => `${index + 1}. ${title}`).join('\n')
  const effect: Effect = { kind: 'split', taskId: task.id, titles }
  return {
    kind: 'propose',
    effect,
    understood: `把「${task.title}」拆成 ${titles.length} 件：\n${list}`,
  }
}

/** A task with a figure that is not reached is not closed without saying so. */
function shortOf({ target, progress }: Task): string {
  const reached = progress.at(-1)?.value ?? 0
  if (!target || target.bound === 'at-most' || reached >= target.value) return ''
  return `（目标 ${target.value}${target.unit}，只报到 ${reached}${target.unit}）`
}

function dayOf(date: DateExpression | undefined): Temporal.PlainDate | undefined {
  const value = date?.value
  if (value?.kind === 'due' || value?.kind === 'date') return value.on
  if (value?.kind === 'datetime') return value.at.toPlainDate()
  // 「延到12月」 and 「延到年底」 mean the last day of it.
  return value?.kind === 'interval' ? value.to : undefined
}

function askForDay(date: DateExpression | undefined): Proposal {
  if (date?.value.kind === 'invalid') return ask(`「${date.text}」这一天不存在，请核对日期。`)
  return ask(
    date
      ? `「${date.text}」没有明确到哪一天，请说具体日期，例如「12月25日」。`
      : '请说清是哪一天，例如「延到12月25日」「延到下周五」。',
  )
}

function objectToDay(day: Temporal.PlainDate, tools: CommandTools): Proposal | undefined {
  if (Temporal.PlainDate.compare(day, tools.today()) >= 0) return undefined
  return ask(`${sayDay(day, tools.today())}已经过去了，请说一个以后的日期。`)
}

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'] as const

export function sayWithWeekday(day: Temporal.PlainDate, tools: CommandTools): string {
  return `${sayDay(day, tools.today())}（星期${WEEKDAYS[day.dayOfWeek - 1]}）`
}
