/**
 * Whether a sentence is meant for the ledger, for a place that only answers questions: there it is
 * said where the ledger is kept, instead of looking the sentence up. Words that may as well be a
 * question count only when a task of the ledger is called so.
 */
import { OPEN_STATUSES } from '../domain/task.ts'
import type { TaskStore } from '../storage/task-store.ts'
import { findTasks } from '../tasks/find-tasks.ts'
import type { DateContext } from '../text/dates/expression.ts'
import { parseCommand } from './parse-command.ts'

/** Those waiting for confirmation too: it is said where they are confirmed. */
const UNDONE = ['draft', 'proposed', ...OPEN_STATUSES] as const

export async function isLedgerCommand(
  text: string,
  { tasks, dateContext }: { tasks: Pick<TaskStore, 'find'>; dateContext: DateContext },
): Promise<boolean> {
  const command = parseCommand(text, dateContext)
  switch (command?.kind) {
    case 'my-tasks':
    case 'review':
    case 'remind':
    case 'split':
    case 'remark':
      return true
    case 'report':
    case 'complete':
    case 'accept':
    case 'cancel':
    case 'extend':
    case 'snooze':
    case 'transfer':
      return (
        (await findTasks(command.subject, tasks, { statuses: UNDONE, role: 'admin' })).length > 0
      )
    default:
      return false
  }
}
