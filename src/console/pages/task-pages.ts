/** 任务台账: every task with how it stands, and one task with its source, history, and what to do next. */
import { html } from 'hono/html'
import { mayRead, type Person } from '../../domain/person.ts'
import {
  isOpen,
  OPEN_STATUSES,
  type Task,
  type TaskChange,
  type TaskStatus,
} from '../../domain/task.ts'
import { BadInputError } from '../../errors.ts'
import type { Html } from '../../http/html.ts'
import type { ReminderRecord } from '../../storage/reminder-store.ts'
import { consolePage } from '../console-page.ts'
import { type ConsoleRequest, type ConsoleRoute, taskActor } from '../console-request.ts'
import type { TaskService } from '../console-services.ts'
import { assigneeName, parseDay, parseFigure, readCorrections } from './task-corrections.ts'
import { taskView } from './task-view.ts'

const MOST_SHOWN = 300
const TABS: readonly (readonly [string, string, readonly TaskStatus[]])[] = [
  ['open', '在办', OPEN_STATUSES],
  ['done', '已办结', ['completed']],
  ['closed', '取消和退回', ['cancelled', 'rejected', 'superseded']],
]

export function taskRoutes(tasks: TaskService): readonly ConsoleRoute[] {
  return [
    { method: 'get', path: '/tasks', least: 'cadre', respond: (request) => list(request, tasks) },
    {
      method: 'get',
      path: '/tasks/:taskId',
      least: 'cadre',
      respond: (request) => show(request, tasks),
    },
    {
      method: 'post',
      path: '/tasks/:taskId',
      least: 'cadre',
      respond: (request) => change(request, tasks),
    },
  ]
}

async function list(request: ConsoleRequest, tasks: TaskService): Promise<Response> {
  const { context, account, services } = request
  const [name, , statuses] =
    TABS.find(([tab]) => tab === context.req.query('show')) ?? TABS[0] ?? []
  const words = (context.req.query('q') ?? '').split(/\s+/).filter(Boolean).slice(0, 5)
  const [found, people] = await Promise.all([
    tasks.find({ statuses: statuses ?? OPEN_STATUSES, words, limit: MOST_SHOWN }),
    services.people?.all() ?? [],
  ])
  const shown = found.filter(({ readableBy }) => mayRead(account.role, readableBy))
  const body = html`<div class="toolbar"><form method="get" action="/console/tasks" role="search"><input type="hidden" name="show" value="${name}"><input type="search" name="q" value="${words.join(' ')}" placeholder="按事项、原文找" aria-label="按事项、原文找"><button>找</button></form></div>
<nav class="tabs" aria-label="筛选">${TABS.map(([tab, label]) => html`<a href="/console/tasks?show=${tab}" aria-current="${tab === name ? 'true' : 'false'}">${label}</a>`)}</nav>
${shown.length === 0 ? await emptyList(request, { isOpen: name === 'open', tasks }) : table(shown, people, tasks)}
${found.length === MOST_SHOWN && html`<p class="hint">只列出前 ${MOST_SHOWN} 件，请用查找。</p>`}`
  return consolePage(request, { title: '任务台账', section: '/console/tasks', body })
}

/** Why nothing is listed: what documents promise waits until somebody confirms it. */
async function emptyList(
  { account }: ConsoleRequest,
  { isOpen: listsOpen, tasks }: { readonly isOpen: boolean; readonly tasks: TaskService },
): Promise<Html> {
  const waiting = listsOpen
    ? (await tasks.find({ statuses: ['draft', 'proposed'], limit: MOST_SHOWN })).filter(
        ({ readableBy }) => mayRead(account.role, readableBy),
      ).length
    : 0
  return waiting === 0
    ? html`<p class="empty">这里没有任务。</p>`
    : html`<p class="empty">没有在办的任务；有 ${waiting} 件从文件读出的等人确认，<a href="/console/tasks/review">去「待审任务」核对</a>。</p>`
}

function table(shown: readonly Task[], people: readonly Person[], tasks: TaskService): Html {
  return html`<div class="scroll"><table><thead><tr><th>事项</th><th>责任</th><th>期限</th><th>进度</th></tr></thead><tbody>${shown.map(
    (task) => {
      const { id, title, source, assignees, deadline } = task
      const { colour, text } = tasks.standing(task)
      const names = assignees.map((assignee) => assigneeName(assignee, people)).join('、')
      return html`<tr><td><a href="/console/tasks/${encodeURIComponent(id)}">${title}</a>${source && html`<small>《${source.documentTitle}》</small>`}</td>
<td>${names || '还没有定'}</td><td class="nowrap">${deadline?.dueOn?.toString() ?? deadline?.phrase ?? '未明确'}</td><td class="nowrap"><span class="tag tag--${colour ?? 'none'}">${text}</span></td></tr>`
    },
  )}</tbody></table></div>`
}

/** The task of the address, if this account may read it; otherwise as if it did not exist. */
async function readableTask(
  { context, account }: ConsoleRequest,
  tasks: TaskService,
): Promise<Task> {
  const task = await tasks.task(context.req.param('taskId') ?? '')
  if (task && mayRead(account.role, task.readableBy)) return task
  throw new BadInputError('unknown_task', '没有这件任务，或者您还不能看它')
}

async function show(request: ConsoleRequest, tasks: TaskService): Promise<Response> {
  const task = await readableTask(request, tasks)
  const { services } = request
  const [events, reminders, people] = await Promise.all([
    tasks.events(task.id),
    tasks.reminders(task.id),
    services.people?.all() ?? [],
  ])
  const standing = tasks.standing(task)
  const { timeZone } = services
  const readAt = await readMoments(reminders, tasks)
  const body = taskView({ task, events, reminders, readAt, people, standing, timeZone })
  return consolePage(request, { title: task.title, section: '/console/tasks', body })
}

/** By delivery; of those alone that were read. */
async function readMoments(
  reminders: readonly ReminderRecord[],
  tasks: TaskService,
): Promise<ReadonlyMap<string, Temporal.Instant>> {
  const ids = new Set(
    reminders.map(({ deliveryId }) => deliveryId).filter((id) => id !== undefined),
  )
  const moments = await Promise.all(
    [...ids].map(async (id) => [id, await tasks.readAt?.(id)] as const),
  )
  return new Map(moments.flatMap(([id, at]) => (at ? [[id, at] as const] : [])))
}

async function change(request: ConsoleRequest, tasks: TaskService): Promise<Response> {
  const task = await readableTask(request, tasks)
  const fields = new URLSearchParams(await request.context.req.text())
  const people = (await request.services.people?.all()) ?? []
  await tasks.change(task.id, readChange(task, fields, people), taskActor(request.account))
  return request.context.redirect(`/console/tasks/${encodeURIComponent(task.id)}?done=saved`, 303)
}

/** @throws {BadInputError} */
function readChange(task: Task, fields: URLSearchParams, people: readonly Person[]): TaskChange {
  const note = (fields.get('note') ?? '').trim().slice(0, 500)
  const noted = note === '' ? {} : { note }
  const reason = note === '' ? {} : { reason: note }
  switch (fields.get('action')) {
    case 'edit':
      return isOpen(task) || task.status === 'draft' || task.status === 'proposed'
        ? { kind: 'edited', corrections: readCorrections(task, fields, { prefix: '', people }) }
        : refuseChange()
    case 'progress': {
      const unit = task.target?.unit ?? (fields.get('unit') ?? '').trim().slice(0, 10)
      return {
        kind: 'progress-reported',
        value: parseFigure(fields.get('value') ?? ''),
        unit,
        ...noted,
      }
    }
    case 'extend': {
      const dueOn = parseDay(fields.get('due') ?? '')
      const phrase = `${dueOn.year}年${dueOn.month}月${dueOn.day}日`
      return { kind: 'extended', deadline: { phrase, dueOn } }
    }
    case 'complete':
      return { kind: 'completed', ...noted }
    case 'cancel':
      return { kind: 'cancelled', ...reason }
    case 'reopen':
      return { kind: 'reopened' }
    default:
      return refuseChange()
  }
}

function refuseChange(): never {
  throw new BadInputError('unknown_action', '没有这种操作，请返回任务页面重试')
}
