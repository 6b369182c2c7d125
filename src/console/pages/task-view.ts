import { html } from 'hono/html'
import type { Person } from '../../domain/person.ts'
import { isOpen, type Task, type TaskChange, type TaskEvent } from '../../domain/task.ts'
import { READERSHIP_NAMES } from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import type { ReminderRecord } from '../../storage/reminder-store.ts'
import type { TaskStanding } from '../console-services.ts'
import { formatMoment } from '../format-moment.ts'
import { assigneeName, correctionFields, sayTarget } from './task-corrections.ts'

export interface TaskViewInput {
  readonly task: Task
  readonly events: readonly TaskEvent[]
  readonly reminders: readonly ReminderRecord[]
  /** By delivery. */
  readonly readAt: ReadonlyMap<string, Temporal.Instant>
  readonly people: readonly Person[]
  readonly standing: TaskStanding
  readonly timeZone: string
}

/** One task: how it stands, where it comes from, what can be done, what was done, who will be reminded. */
export function taskView(input: TaskViewInput): Html {
  const { task, standing, people } = input
  const { source } = task
  return html`<p class="standing"><span class="tag tag--${standing.colour ?? 'none'}">${standing.text}</span> ${task.assignees.map((assignee) => assigneeName(assignee, people)).join('、') || '责任人还没有定'} · ${task.deadline?.dueOn?.toString() ?? task.deadline?.phrase ?? '期限未明确'}</p>
${source && html`<section class="panel"><h2>出处</h2><blockquote class="source">${source.quote}</blockquote><p class="hint">《${source.documentTitle}》${source.listTitle && ` · ${source.listTitle}`}</p></section>`}
${(task.status === 'draft' || task.status === 'proposed') && html`<p><a href="/console/tasks/review">去「待审任务」核对确认</a></p>`}
${isOpen(task) && actions(input)}
${task.status === 'completed' && html`<form method="post" class="toolbar"><button name="action" value="reopen">重新打开</button></form>`}
<section class="panel"><h2>经过</h2>${history(input)}</section>
<section class="panel"><h2>提醒</h2>${reminderList(input)}</section>`
}

function actions({ task, people }: TaskViewInput): Html {
  const latest = task.progress.at(-1)
  return html`<section class="panel"><h2>报进度</h2><form method="post" class="row">
<label>累计到 <input name="value" inputmode="decimal" size="8" required value="${latest?.value ?? ''}"></label>${task.target ? html`<span>${task.target.unit}（目标 ${sayTarget(task.target)}）</span>` : html`<input name="unit" size="4" placeholder="单位" required aria-label="单位">`}
<label>说明 <input name="note" maxlength="500"></label><button class="primary" name="action" value="progress">报数</button></form></section>
<section class="panel"><h2>修改</h2><form method="post"><div class="grid-form">${correctionFields(task, { prefix: '', people })}</div><div class="toolbar"><button name="action" value="edit">保存修改</button></div></form></section>
<section class="panel"><h2>办结、延期、取消</h2>
<form method="post" class="row"><label>说明 <input name="note" maxlength="500"></label><button name="action" value="complete">办结</button></form>
<form method="post" class="row"><label>延到 <input type="date" name="due" required></label><button name="action" value="extend">延期</button></form>
<form method="post" class="row" data-confirm="取消这件任务？不再提醒任何人。"><label>原因 <input name="note" maxlength="500"></label><button class="danger" name="action" value="cancel">取消任务</button></form></section>`
}

function history({ events, timeZone }: TaskViewInput): Html {
  return html`<ol class="lines">${events.map(
    ({ at, actor, change }) =>
      html`<li>${formatMoment(at, timeZone)} ${actor.name} ${sayChange(change)}</li>`,
  )}</ol>`
}

function reminderList({ reminders, readAt, people, timeZone }: TaskViewInput): Html {
  if (reminders.length === 0)
    return html`<p class="hint">还没有安排提醒：要有责任人和明确的期限。</p>`
  const states = { scheduled: '待发', enqueued: '已发', suppressed: '不再发' } as const
  const read = (deliveryId: string | undefined) => {
    const at = readAt.get(deliveryId ?? '')
    return at && html` <span class="hint">${formatMoment(at, timeZone)} 已读</span>`
  }
  return html`<ul class="lines">${reminders.map(
    ({ sendAt, personId, state, audience, deliveryId }) =>
      html`<li>${formatMoment(sendAt, timeZone)} ${people.find(({ id }) => id === personId)?.name ?? '已离开的人员'}${audience === 'leader' && '（抄送领导）'} <span class="tag">${states[state]}</span>${read(deliveryId)}</li>`,
  )}</ul>`
}

const CHANGE_NAMES: Readonly<Record<TaskChange['kind'], string>> = {
  created: '立项',
  proposed: '送审',
  confirmed: '确认交办',
  rejected: '退回',
  edited: '修改',
  assigned: '指定责任人',
  accepted: '签收',
  transferred: '转办',
  'transfer-declined': '退回转办',
  'extension-requested': '申请延期',
  'extension-declined': '不同意延期',
  extended: '延期',
  'progress-reported': '报进度',
  remarked: '反馈',
  acknowledged: '知道了',
  snoozed: '推迟提醒',
  submitted: '报请办结',
  returned: '退回补办',
  completed: '办结',
  reopened: '重新打开',
  cancelled: '取消',
  superseded: '并入其他任务',
  split: '拆分',
  'readership-changed': '改变可见范围',
}

/** 报进度：12个，… */
export function sayChange(change: TaskChange): string {
  const name = CHANGE_NAMES[change.kind]
  switch (change.kind) {
    case 'progress-reported':
      return `${name}：${change.value}${change.unit}${change.note ? `，${change.note}` : ''}`
    case 'extended':
    case 'extension-requested':
      return `${name}：到 ${change.deadline.dueOn?.toString() ?? change.deadline.phrase}`
    case 'readership-changed':
      return `随文件改为${READERSHIP_NAMES[change.readableBy]}可见`
    case 'remarked':
      return `${name}：${change.note}`
    default:
      return name
  }
}
