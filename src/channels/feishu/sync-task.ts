/**
 * A copy of a task in its people's own Feishu task list. Output only: the ledger is the truth, and
 * what is ticked off over there changes nothing here. The copy's key is our task's id, handed over as
 * `client_token`, so that the platform answers a second create with the first task.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { FeishuApi } from './feishu-api.ts'

/** A task names at most this many people (task v2). */
const MANY_PEOPLE = 50
const LONGEST_SUMMARY = 300

export interface TaskCopy {
  readonly id: string
  readonly title: string
  /** The sentence it rests on, and from which document. */
  readonly description: string
  readonly dueOn?: Temporal.PlainDate
  readonly accountIds: readonly string[]
  readonly completedAt?: Temporal.Instant
  /** Where the task is shown in full. */
  readonly url?: string
}

export interface TaskSync {
  /** Creates the copy or brings it up to date. @throws {FeishuError} */
  put(task: TaskCopy, signal: AbortSignal): Promise<void>
}

const createdShape = z.object({ task: z.object({ guid: z.string().min(1) }) })

export function createTaskSync(api: FeishuApi): TaskSync {
  return {
    put: async (task, signal) => {
      const fields = fieldsOf(task)
      const create = {
        ...fields,
        client_token: clientToken(task.id),
        members: task.accountIds
          .slice(0, MANY_PEOPLE)
          .map((id) => ({ id, type: 'user', role: 'assignee' })),
        ...(task.url ? { origin: originOf(task.url) } : {}),
      }
      const params = { user_id_type: 'open_id' }
      const path = '/open-apis/task/v2/tasks'
      const request = {
        method: 'POST',
        path,
        params,
        data: create,
        repeatable: true,
        signal,
      } as const
      const { guid } = (await api.call(request, createdShape)).task
      const change = { task: fields, update_fields: Object.keys(fields) }
      await api.call(
        {
          method: 'PATCH',
          path: `${path}/${guid}`,
          params,
          data: change,
          repeatable: true,
          signal,
        },
        z.unknown(),
      )
    },
  }
}

/** Times are milliseconds since 1970, as strings; 「0」 takes a completion back. */
function fieldsOf(task: TaskCopy): Record<string, unknown> {
  return {
    summary: task.title.slice(0, LONGEST_SUMMARY),
    description: task.description,
    completed_at: String(task.completedAt?.epochMilliseconds ?? 0),
    ...(task.dueOn ? { due: { timestamp: dayOf(task.dueOn), is_all_day: true } } : {}),
  }
}

/** An all-day date is midnight UTC of that date (task v2, field `due`). */
const dayOf = (date: Temporal.PlainDate) => String(date.toZonedDateTime('UTC').epochMilliseconds)

const originOf = (url: string) => ({
  platform_i18n_name: { zh_cn: '娘家人' },
  href: { url, title: '查看任务' },
})

const clientToken = (id: string) =>
  createHash('sha256').update(`task/${id}`).digest('hex').slice(0, 36)
