/** The fields in which a cadre puts right what was read of a task, and what of them was changed. */
import { html } from 'hono/html'
import type { Bound } from '../../domain/fact.ts'
import type { Person } from '../../domain/person.ts'
import type { Assignee, Deadline, Target, Task, TaskCorrections } from '../../domain/task.ts'
import { BadInputError } from '../../errors.ts'
import { formatDay } from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import { chinesePunctuation } from '../../text/chinese-punctuation.ts'

/** The fields of one task; `prefix` tells several tasks of one form apart. */
export function correctionFields(
  task: Task,
  { prefix, people }: { readonly prefix: string; readonly people: readonly Person[] },
): Html {
  const { title, deadline, target, assignees, ownerPhrase } = task
  const current = assignees[0] && assigneeValue(assignees[0])
  return html`<label>事项<input name="${prefix}title" value="${title}" maxlength="200" required></label>
<label>责任人<select name="${prefix}assignee"><option value="">还没有定</option>${assigneeOptions(
    people,
  ).map(
    ([value, label]) =>
      html`<option value="${value}" ${value === current ? 'selected' : ''}>${label}</option>`,
  )}</select>${ownerPhrase && html`<small>原文写的是「${ownerPhrase}」</small>`}</label>
<label>期限<input type="date" name="${prefix}due" value="${deadline?.dueOn?.toString() ?? ''}">${deadline && html`<small>${sayReading(deadline)}</small>`}</label>
<label>目标<span class="pair"><select name="${prefix}bound" aria-label="目标是正好、不少于还是不超过">${BOUNDS.map(
    (bound) =>
      html`<option value="${bound}" ${bound === (target?.bound ?? 'exact') ? 'selected' : ''}>${BOUND_NAMES[bound]}</option>`,
  )}</select><input name="${prefix}value" value="${target?.value ?? ''}" inputmode="decimal" size="7" aria-label="目标数"><input name="${prefix}unit" value="${target?.unit ?? ''}" size="4" maxlength="10" placeholder="单位" aria-label="目标单位"></span></label>`
}

const BOUNDS: readonly Bound[] = ['exact', 'at-least', 'at-most', 'about']
const BOUND_NAMES: Readonly<Record<Bound, string>> = {
  exact: '正好',
  'at-least': '不少于',
  'at-most': '不超过',
  about: '大约',
}

/** 不少于85%. */
export function sayTarget({ bound, value, unit }: Target): string {
  return `${bound === 'exact' ? '' : BOUND_NAMES[bound]}${value}${unit}`
}

/** The day in words, whatever the browser makes of it, then what it was read from. */
function sayReading({ phrase, dueOn, inferredFrom }: Deadline): string {
  const day = dueOn ? `${formatDay(dueOn)}，` : ''
  return chinesePunctuation(
    `${day}原文「${phrase}」${inferredFrom === undefined ? '' : `；${inferredFrom}`}`,
  )
}

/**
 * Only what differs from the task: an untouched field stays as it was read, with its reason.
 *
 * @throws {BadInputError} for a date or a figure that is none.
 */
export function readCorrections(
  task: Task,
  fields: URLSearchParams,
  { prefix, people }: { readonly prefix: string; readonly people: readonly Person[] },
): TaskCorrections {
  const field = (name: string) => (fields.get(prefix + name) ?? '').trim()
  const title = field('title').slice(0, 200)
  const deadline = changedDeadline(task, field('due'))
  const target = changedTarget(task, {
    value: field('value'),
    unit: field('unit').slice(0, 10),
    bound: BOUNDS.find((bound) => bound === field('bound')) ?? task.target?.bound ?? 'exact',
  })
  const assignees = changedAssignees(task, field('assignee'), people)
  return {
    ...(title !== '' && title !== task.title && { title }),
    ...(deadline && { deadline }),
    ...(target && { target }),
    ...(assignees && { assignees }),
  }
}

function changedDeadline({ deadline }: Task, text: string): Deadline | undefined {
  if (text === (deadline?.dueOn?.toString() ?? '')) return undefined
  if (text === '') return deadline && { phrase: deadline.phrase }
  const dueOn = parseDay(text)
  return { phrase: formatDay(dueOn), dueOn }
}

/** @throws {BadInputError} `bad_date` */
export function parseDay(text: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(text)
  } catch (cause) {
    throw new BadInputError('bad_date', `「${text}」不是日期，要写成 2026-11-21 这样`, { cause })
  }
}

function changedTarget(
  { target }: Task,
  { value, unit, bound }: { readonly value: string; readonly unit: string; readonly bound: Bound },
): Target | undefined {
  const isSame =
    value === String(target?.value ?? '') &&
    unit === (target?.unit ?? '') &&
    bound === (target?.bound ?? 'exact')
  if (isSame || value === '') return undefined
  return { value: parseFigure(value), bound, unit }
}

/** @throws {BadInputError} `bad_figure` */
export function parseFigure(text: string): number {
  if (/^\d{1,12}(\.\d{1,4})?$/.test(text)) return Number(text)
  throw new BadInputError('bad_figure', `「${text}」不是数，要填阿拉伯数字，如 30`)
}

function changedAssignees(
  { assignees }: Task,
  value: string,
  people: readonly Person[],
): readonly Assignee[] | undefined {
  const current = assignees[0] ? assigneeValue(assignees[0]) : ''
  if (value === current || value === '') return undefined
  if (!assigneeOptions(people).some(([known]) => known === value)) {
    throw new BadInputError('unknown_assignee', '没有这个责任人，可能刚被删除，请重新选择')
  }
  const [kind, name = ''] = splitOnce(value)
  if (kind === 'person') return [{ kind: 'person', personId: name }]
  return kind === 'unit' ? [{ kind: 'unit', unit: name }] : [{ kind: 'role', role: 'cadre' }]
}

function assigneeValue(assignee: Assignee): string {
  switch (assignee.kind) {
    case 'person':
      return `person:${assignee.personId}`
    case 'unit':
      return `unit:${assignee.unit}`
    case 'role':
      return `role:${assignee.role}`
  }
}

function assigneeOptions(people: readonly Person[]): readonly (readonly [string, string])[] {
  const handlers = people.filter(({ role }) => role === 'cadre' || role === 'admin')
  const units = new Set(handlers.map(({ unit }) => unit).filter((unit) => unit !== undefined))
  return [
    ...handlers.map(
      ({ id, name, unit }) => [`person:${id}`, unit ? `${name}（${unit}）` : name] as const,
    ),
    ...[...units].map((unit) => [`unit:${unit}`, `${unit}的全体干部`] as const),
    ['role:cadre', '全体工会干部'],
  ]
}

/** What an assignee is called. */
export function assigneeName(assignee: Assignee, people: readonly Person[]): string {
  if (assignee.kind === 'unit') return assignee.unit
  if (assignee.kind === 'role') return assignee.role === 'cadre' ? '全体工会干部' : '管理员'
  return people.find(({ id }) => id === assignee.personId)?.name ?? '已离开的人员'
}

const splitOnce = (text: string) => {
  const at = text.indexOf(':')
  return [text.slice(0, at), text.slice(at + 1)] as const
}
