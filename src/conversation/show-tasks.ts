/** What the ledger shows to whoever asks: one's own tasks, how a promise stands. */
import type { OutboundMessage } from '../domain/message.ts'
import type { Person } from '../domain/person.ts'
import { OPEN_STATUSES } from '../domain/task.ts'
import type { Store } from '../storage/store.ts'
import { findTasks } from '../tasks/find-tasks.ts'
import { sayLatest } from '../tasks/ledger-figures.ts'
import { listTasks, say } from './command-messages.ts'
import type { CommandTools, Speaker } from './command-tools.ts'
import { assignmentsOf } from './tasks-meant.ts'

/** Everybody may ask how a promise stands, as far as they may read where it was made; in a group as its least privileged member. */
export async function showProgress(
  subject: string,
  { person, conversation }: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage | undefined> {
  const statuses = [...OPEN_STATUSES, 'completed'] as const
  const role = conversation.kind === 'group' ? 'worker' : (person?.role ?? 'worker')
  const tasks = await findTasks(subject, store.tasks, { statuses, role })
  const [only, ...others] = tasks
  if (!only) return undefined
  const today = tools.today()
  if (others.length > 0) return listTasks(`「${subject}」的进度`, tasks, today)
  const latest = sayLatest(only, { today, timeZone: tools.timeZone })
  const quote = only.source
    ? [{ kind: 'quote', text: only.source.quote, source: only.source.documentTitle } as const]
    : []
  return { blocks: [{ kind: 'paragraph', text: `${only.title}：${latest}` }, ...quote] }
}

export async function showOwn(
  person: Person,
  { conversation }: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage> {
  if (conversation.kind === 'group') return say('您的任务请私聊我查看。')
  const tasks = await store.tasks.find({
    statuses: OPEN_STATUSES,
    assignedTo: assignmentsOf(person),
    limit: 200,
  })
  if (tasks.length === 0) return say('您名下没有在办的事项。')
  return listTasks(`您有 ${tasks.length} 件在办事项`, tasks, tools.today())
}
