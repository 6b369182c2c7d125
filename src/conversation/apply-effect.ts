/** Does what was confirmed, and says what was done. */
import { createHash } from 'node:crypto'
import type { Person } from '../domain/person.ts'
import type { Deadline, Task, TaskChange, TaskSetup } from '../domain/task.ts'
import type { Delivery } from '../storage/outbox-store.ts'
import type { Store } from '../storage/store.ts'
import { sayDeadline, sayStanding } from '../tasks/describe-task.ts'
import { createTask, recordChange, splitTask } from '../tasks/record-change.ts'
import { say } from './command-messages.ts'
import type { CommandTools, Speaker } from './command-tools.ts'

/** What 「是」 sets going. */
export type Effect =
  | { readonly kind: 'change'; readonly taskId: string; readonly change: TaskChange }
  /** A later day that the leader has to agree to. */
  | {
      readonly kind: 'request-extension'
      readonly taskId: string
      readonly deadline: Deadline
      readonly leaderId: string
    }
  /** 「收到」 to a digest: 签收 of what is new, 知道了 of the rest. */
  | { readonly kind: 'accept-all'; readonly taskIds: readonly string[] }
  | { readonly kind: 'create'; readonly setup: TaskSetup }
  | {
      readonly kind: 'series'
      readonly setup: TaskSetup
      readonly rule: string
      readonly phrase: string
    }
  | { readonly kind: 'split'; readonly taskId: string; readonly titles: readonly string[] }

/** Returns the sentence that answers 「是」: what was saved, or why it was not. */
export async function applyEffect(
  effect: Effect,
  person: Person,
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<string> {
  const ledger = { store, onScheduleChanged: tools.onScheduleChanged }
  const context = contextOf(person, speaker, tools)
  switch (effect.kind) {
    case 'change': {
      const result = await recordChange(effect.taskId, effect.change, context, ledger)
      return result.kind === 'refused' ? result.text : saved(effect.change, result.task, tools)
    }
    case 'request-extension':
      return requestExtension(effect, person, speaker, store, tools)
    case 'accept-all': {
      for (const task of await store.tasks.byIds(effect.taskIds)) {
        const kind = task.status === 'needs-action' ? 'accepted' : 'acknowledged'
        await recordChange(task.id, { kind }, context, ledger)
      }
      return `已签收 ${effect.taskIds.length} 件事项。`
    }
    case 'create': {
      const task = await createTask(
        tools.newId(),
        { setup: effect.setup, status: 'needs-action' },
        context,
        ledger,
      )
      return `已记下「${task.title}」，${sayDeadline(task, tools.today())}前。到时提醒您。`
    }
    case 'series': {
      const { setup, rule, phrase } = effect
      const startsOn = tools.today()
      const createdBy = context.actor
      await store.tasks.saveSeries({ id: tools.newId(), setup, rule, phrase, startsOn, createdBy })
      return `已记下「${setup.title}」，${phrase}。每次到期前提醒您。`
    }
    case 'split': {
      const parts = effect.titles.map((title) => ({ id: tools.newId(), title }))
      const result = await splitTask(effect.taskId, parts, context, ledger)
      return result.kind === 'refused' ? result.text : `已拆分为 ${parts.length} 件事项。`
    }
  }
}

export function contextOf(
  person: Person,
  { messageId }: Pick<Speaker, 'messageId'>,
  tools: CommandTools,
) {
  const actor = { kind: 'person', personId: person.id, name: person.name } as const
  return { actor, at: tools.now(), today: tools.today(), basis: `message:${messageId}` }
}

function saved(change: TaskChange, task: Task, tools: CommandTools): string {
  const standing = sayStanding(task, tools.today())
  switch (change.kind) {
    case 'progress-reported':
      return `已保存：「${task.title}」${standing}。`
    case 'completed':
      return `已办结「${task.title}」，不再提醒。`
    case 'accepted':
      return `已签收「${task.title}」。`
    case 'extended':
      return `「${task.title}」的时限已改为${sayDeadline(task, tools.today())}。`
    case 'extension-declined':
      return `「${task.title}」维持原时限${sayDeadline(task, tools.today())}。`
    case 'transferred':
      return `已转办「${task.title}」，新的责任人会收到通知。`
    case 'transfer-declined':
      return `已退回「${task.title}」，由原责任人办理。`
    case 'snoozed':
      return `好的，到时再提醒您「${task.title}」。`
    case 'cancelled':
      return `已取消「${task.title}」，不再提醒。`
    default:
      return `已记录：「${task.title}」${standing}。`
  }
}

async function requestExtension(
  { taskId, deadline, leaderId }: Extract<Effect, { readonly kind: 'request-extension' }>,
  person: Person,
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<string> {
  const change = { kind: 'extension-requested', deadline } as const
  const context = contextOf(person, speaker, tools)
  const result = await recordChange(taskId, change, context, {
    store,
    onScheduleChanged: tools.onScheduleChanged,
  })
  if (result.kind === 'refused') return result.text
  const leader = await store.people.byId(leaderId)
  const day = sayDeadline({ deadline }, tools.today())
  const text = `${person.name}申请把「${result.task.title}」延到${day}，您同意吗？`
  const [delivery] = leader ? askLeader(leader, result.task, text, tools) : []
  if (!leader || !delivery) return `已记录延期申请，但没有找到可以审批的人，请联系管理员。`
  await store.outbox.enqueue([delivery])
  return `已向${leader.name}申请把「${result.task.title}」延到${day}；同意之前按原时限。`
}

function askLeader(leader: Person, task: Task, text: string, tools: CommandTools): Delivery[] {
  const [to, ...fallbacks] = leader.accounts.map(
    ({ channel, accountId }) => ({ channel, conversationId: accountId, kind: 'private' }) as const,
  )
  if (!to) return []
  const values = { task: task.id }
  const message = say(text, [
    { label: '同意延期', name: 'extension-approve', values, style: 'primary' },
    { label: '不同意', name: 'extension-decline', values },
  ])
  const about = JSON.stringify(['extension', task.id, task.revision])
  const id = createHash('sha256').update(about).digest('hex').slice(0, 40)
  const content = { kind: 'message', message } as const
  return [{ id, to, content, notBefore: tools.now(), fallbacks }]
}
