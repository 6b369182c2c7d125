/**
 * Buttons under a reminder: 签收, 知道了, 办结, 明天再提醒, and a leader's 同意延期. One tap acts, because
 * the button names its task; only closing a task whose figure is not reached is asked about first.
 */
import type { OutboundMessage } from '../domain/message.ts'
import type { Person } from '../domain/person.ts'
import type { Task, TaskChange } from '../domain/task.ts'
import type { Store } from '../storage/store.ts'
import { createDirectory, findRecipients } from '../tasks/find-recipients.ts'
import { applyEffect } from './apply-effect.ts'
import { say } from './command-messages.ts'
import type { CommandTools, Speaker } from './command-tools.ts'
import { confirm } from './keep-pending.ts'
import { proposeChange } from './propose-change.ts'

const SNOOZE_TIME = new Temporal.PlainTime(9)

/** Undefined for a button that is not a task's. */
export async function pressTaskButton(
  name: string,
  values: Readonly<Record<string, string>>,
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage | undefined> {
  if (!/^(?:task|extension|transfer)-/u.test(name)) return undefined
  const task = await store.tasks.byId(values['task'] ?? '')
  if (!(task && speaker.person)) return say('这件事项不存在，或您没有权限。')
  if (!(await mayPress(name, task, speaker.person, store))) {
    return say(`「${task.title}」不由您负责，没有改动。`)
  }
  if (name === 'task-complete' && isUnfinished(task)) {
    const command = { kind: 'complete', subject: '' } as const
    return confirm(
      await proposeChange(command, task, speaker.person, store, tools),
      speaker,
      store,
      tools,
    )
  }
  const change = changeOf(name, task, tools)
  if (!change) return say('这个按钮已经失效。')
  const effect = { kind: 'change', taskId: task.id, change } as const
  return say(await applyEffect(effect, speaker.person, speaker, store, tools))
}

async function mayPress(name: string, task: Task, person: Person, store: Store): Promise<boolean> {
  const directory = createDirectory(await store.people.all())
  const { owners, leaders } = findRecipients(task, directory)
  const decides = person.role === 'admin' || leaders.includes(person.id)
  return name.startsWith('extension-') ? decides : decides || owners.includes(person.id)
}

function isUnfinished({ target, progress }: Task): boolean {
  if (!target || target.bound === 'at-most') return false
  return (progress.at(-1)?.value ?? 0) < target.value
}

function changeOf(name: string, task: Task, tools: CommandTools): TaskChange | undefined {
  switch (name) {
    case 'task-accept':
      return task.status === 'needs-action' ? { kind: 'accepted' } : { kind: 'acknowledged' }
    case 'task-acknowledge':
      return { kind: 'acknowledged' }
    case 'task-complete':
      return { kind: 'completed' }
    case 'task-snooze': {
      const tomorrow = tools.today().add({ days: 1 })
      const at = tomorrow.toZonedDateTime({ timeZone: tools.timeZone, plainTime: SNOOZE_TIME })
      return { kind: 'snoozed', until: at.toInstant() }
    }
    case 'transfer-decline':
      return { kind: 'transfer-declined' }
    case 'extension-approve':
      return task.extensionRequest && { kind: 'extended', deadline: task.extensionRequest }
    case 'extension-decline':
      return { kind: 'extension-declined' }
    default:
      return undefined
  }
}
