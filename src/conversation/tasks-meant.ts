/** Which tasks a command is about, from its words and from what was last said to its speaker. */
import type { Person } from '../domain/person.ts'
import { OPEN_STATUSES, type Task } from '../domain/task.ts'
import type { Store } from '../storage/store.ts'
import { isSameUnit } from '../tasks/counting-units.ts'
import { findTasks } from '../tasks/find-tasks.ts'
import type { Command } from './command.ts'
import { isHandler, type Speaker } from './command-tools.ts'

/** A cadre has some dozens. */
const MOST_OWN = 200

/** 「12个」 after a digest of many tasks can only mean those counted in 个, if there are any. */
export function withUnit(unit: string, tasks: readonly Task[]): readonly Task[] {
  const counted = tasks.filter(({ target }) => target && isSameUnit(unit, target.unit))
  return counted.length > 0 ? counted : tasks
}

/**
 * Named by words, or, when the sentence names none, those last spoken of in this conversation; a bare
 * figure with its unit may also be about any task of the speaker's own that is counted so.
 */
export async function tasksMeant(
  command: Command & { readonly subject: string },
  person: Person,
  { conversation }: Speaker,
  store: Store,
): Promise<readonly Task[]> {
  const { subject } = command
  if (subject !== '') {
    return findTasks(subject, store.tasks, { statuses: OPEN_STATUSES, role: person.role })
  }
  const said = await store.outbox.list({ to: conversation, limit: 10 })
  const last = said.find(({ content }) => content.kind === 'reminders')
  if (last?.content.kind !== 'reminders') {
    return command.kind === 'report' && command.unit !== ''
      ? ownCountedIn(command.unit, person, store)
      : []
  }
  const ids = new Set(last.content.reminders.map(({ taskId }) => taskId))
  const tasks = await store.tasks.byIds([...ids])
  return tasks.filter(({ status }) => OPEN_STATUSES.some((open) => open === status))
}

async function ownCountedIn(unit: string, person: Person, store: Store): Promise<readonly Task[]> {
  const own = await store.tasks.find({
    statuses: OPEN_STATUSES,
    assignedTo: assignmentsOf(person),
    limit: MOST_OWN,
  })
  return own.filter(({ target }) => target && isSameUnit(unit, target.unit))
}

/** What a person is responsible for: by name, by role, by 单位. */
export function assignmentsOf(person: Person) {
  return [
    { kind: 'person', personId: person.id } as const,
    { kind: 'role', role: person.role } as const,
    ...(person.unit !== undefined && isHandler(person)
      ? [{ kind: 'unit', unit: person.unit } as const]
      : []),
  ]
}
