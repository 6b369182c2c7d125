/** A task for tests: open, given by a leader on 13 March 2026; override what the test is about. */
import type { Task } from '../../src/domain/task.ts'

const by = { kind: 'person', personId: 'zhao', name: '赵主席' } as const
const at = Temporal.Instant.from('2026-03-13T02:00:00Z')

export function buildTask(more: Partial<Task> = {}): Task {
  return {
    id: 'task-1',
    title: '新建职工书屋',
    assignees: [{ kind: 'person', personId: 'li' }],
    startsOn: Temporal.PlainDate.from('2026-03-13'),
    readableBy: 'all',
    revision: 1,
    scheduleRevision: 1,
    schedule: { at, cause: 'created', by },
    status: 'needs-action',
    progress: [],
    createdAt: at,
    createdBy: by,
    ...more,
  }
}
