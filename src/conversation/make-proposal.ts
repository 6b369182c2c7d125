/** The two ends of a proposal: a change to be confirmed, or a question. */
import type { Task } from '../domain/task.ts'
import type { Effect } from './apply-effect.ts'
import type { Proposal } from './keep-pending.ts'

export function propose(
  task: Task,
  change: Extract<Effect, { kind: 'change' }>['change'],
  understood: string,
): Extract<Proposal, { kind: 'propose' }> {
  return { kind: 'propose', effect: { kind: 'change', taskId: task.id, change }, understood }
}

export function ask(text: string): Proposal {
  return { kind: 'ask', text }
}
