/**
 * The ledger at rest: every task's events, which are only ever added, and beside them the task they
 * fold to, quick to read and to search.
 */
import type { Assignee, Task, TaskEvent, TaskSeries, TaskStatus } from '../domain/task.ts'

export interface TaskFilter {
  readonly statuses?: readonly TaskStatus[]
  /** Assigned to any of these. */
  readonly assignedTo?: readonly Assignee[]
  /** Words that title, quotation or list name contain, each. */
  readonly words?: readonly string[]
  readonly documentId?: string
  readonly seriesId?: string
  readonly limit: number
}

export interface TaskStore {
  /**
   * Adds events to one task and stores what it is now. False when another change came first: then
   * nothing is stored and the caller reads again.
   */
  append(events: readonly [TaskEvent, ...TaskEvent[]], task: Task): Promise<boolean>
  byId(id: string): Promise<Task | undefined>
  byIds(ids: readonly string[]): Promise<readonly Task[]>
  /** Soonest due first, undated last. */
  find(filter: TaskFilter): Promise<readonly Task[]>
  /** A task's history, oldest first. */
  events(taskId: string): Promise<readonly TaskEvent[]>
  /** Open dated tasks in the order of their ids, from after `afterId`: for going through all of them. */
  openPage(afterId: string, limit: number): Promise<readonly Task[]>
  saveSeries(series: TaskSeries): Promise<void>
  series(): Promise<readonly TaskSeries[]>
}
