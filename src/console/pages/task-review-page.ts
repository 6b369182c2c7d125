/**
 * 待审任务: what was read as a task in each document, to be confirmed, put right or sent back by a
 * cadre. Nobody is reminded of anything before that.
 */
import { html } from 'hono/html'
import { mayRead, type Person } from '../../domain/person.ts'
import type { Task, TaskChange } from '../../domain/task.ts'
import { BadInputError } from '../../errors.ts'
import type { Html } from '../../http/html.ts'
import { consolePage, type Flash } from '../console-page.ts'
import { type ConsoleRequest, type ConsoleRoute, taskActor } from '../console-request.ts'
import type { TaskService } from '../console-services.ts'
import { today } from '../format-moment.ts'
import { correctionFields, readCorrections } from './task-corrections.ts'

const UNCONFIRMED = ['draft', 'proposed'] as const
const MOST_SHOWN = 200

export function taskReviewRoutes(tasks: TaskService): readonly ConsoleRoute[] {
  const path = '/tasks/review'
  return [
    { method: 'get', path, least: 'cadre', respond: (request) => show(request, tasks) },
    { method: 'post', path, least: 'cadre', respond: (request) => decide(request, tasks) },
  ]
}

async function show(request: ConsoleRequest, tasks: TaskService, flash?: Flash): Promise<Response> {
  const [waiting, people] = await Promise.all([
    unconfirmed(request, tasks),
    request.services.people?.all() ?? [],
  ])
  const groups = Map.groupBy(waiting, ({ source }) => source?.documentId ?? '')
  const body =
    waiting.length === 0
      ? html`<p class="empty">没有待审的任务。发布文件后，从里面读出的任务会列在这里。</p>`
      : html`<p class="hint">勾选核对无误的，改好要改的，再按「确认」。确认前不会提醒任何人；原文没有写的责任人和日期都空着，由您来定。</p>
${[...groups.values()].map((group) => groupForm(group, { people, today: today(request.services) }))}`
  const status = flash?.tone === 'failed' ? ({ status: 400 } as const) : {}
  return consolePage(request, {
    title: '待审任务',
    section: '/console/tasks/review',
    body,
    ...(flash && { flash }),
    ...status,
  })
}

async function unconfirmed({ account }: ConsoleRequest, tasks: TaskService) {
  const found = await tasks.find({ statuses: UNCONFIRMED, limit: MOST_SHOWN })
  return found
    .filter(({ readableBy }) => mayRead(account.role, readableBy))
    .toSorted((a, b) => (a.source?.span.start ?? 0) - (b.source?.span.start ?? 0))
}

interface FormContext {
  readonly people: readonly Person[]
  readonly today: Temporal.PlainDate
}

function groupForm(group: readonly Task[], context: FormContext): Html {
  const source = group[0]?.source
  return html`<section class="panel"><h2>${source ? `《${source.documentTitle}》` : '其他来源'}，${group.length} 件</h2>
<form method="post" action="/console/tasks/review">
<ol class="review">${group.map((task) => taskEntry(task, context))}</ol>
<div class="toolbar"><button class="primary" name="action" value="confirm">确认勾选的</button><button name="action" value="reject">退回勾选的</button></div>
</form></section>`
}

/** A limit that is over cannot be confirmed as it is: the box is empty, so that nobody does so in passing. */
function taskEntry(task: Task, { people, today: day }: FormContext): Html {
  const { id, source, deadline } = task
  const isPast =
    deadline?.dueOn !== undefined && Temporal.PlainDate.compare(deadline.dueOn, day) < 0
  return html`<li><label class="tick"><input type="checkbox" name="pick" value="${id}" ${isPast ? '' : 'checked'}><strong>${source?.listTitle && `${source.listTitle}${source.ordinal ? `之${source.ordinal}` : ''}：`}${task.title}</strong>${isPast && html` <span class="chip chip--past">期限已过，确认前要改期</span>`}</label>
${source && html`<blockquote class="source">${source.quote}</blockquote>`}
<div class="grid-form">${correctionFields(task, { prefix: `${id}.`, people })}</div></li>`
}

/** Each picked task by itself: one that is refused is named, the others are done. */
async function decide(request: ConsoleRequest, tasks: TaskService): Promise<Response> {
  const fields = new URLSearchParams(await request.context.req.text())
  const isReject = fields.get('action') === 'reject'
  const picked = new Set(fields.getAll('pick'))
  const waiting = (await unconfirmed(request, tasks)).filter(({ id }) => picked.has(id))
  if (waiting.length === 0) {
    return show(request, tasks, { tone: 'failed', text: '没有勾选任务，或者已由别人处理。' })
  }
  const people = (await request.services.people?.all()) ?? []
  const refusals: string[] = []
  for (const task of waiting) {
    const refusal = await attempt(task.title, async () => {
      const corrections = readCorrections(task, fields, { prefix: `${task.id}.`, people })
      const change: TaskChange = isReject
        ? { kind: 'rejected' }
        : { kind: 'confirmed', corrections }
      await tasks.change(task.id, change, taskActor(request.account))
    })
    if (refusal) refusals.push(refusal)
  }
  if (refusals.length === 0) {
    const done = isReject ? 'rejected' : 'confirmed'
    return request.context.redirect(`/console/tasks/review?done=${done}`, 303)
  }
  const text = `${waiting.length - refusals.length} 件已处理，${refusals.length} 件没有：${refusals.join('；')}`
  return show(request, tasks, { tone: 'failed', text })
}

async function attempt(title: string, work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof BadInputError) return `「${title}」${error.message}`
    throw error
  }
}
