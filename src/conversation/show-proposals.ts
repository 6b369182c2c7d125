/** The card on which tasks read in a document are confirmed: the list of them, and each by itself. */
import type { Action, Block, OutboundMessage } from '../domain/message.ts'
import type { Task } from '../domain/task.ts'
import { sayDeadline } from '../tasks/describe-task.ts'
import { taskQuote } from '../tasks/task-card.ts'

/** Rows of the list; the rest is counted. */
const MOST_ROWS = 12

/** Where a task stands in its document, as a text that sorts. One sentence may hold several. */
export const placeOf = ({ source, id }: Pick<Task, 'source' | 'id'>) =>
  `${String(source?.span.start ?? 0).padStart(9, '0')}/${id}`

/** What waits in one document; `said` is what was just done, `fault` what was wrong with it. */
export function showSummary(
  waiting: readonly Task[],
  said: string,
  fault?: string,
): OutboundMessage {
  const [first] = waiting
  const done = said === '' ? [] : [paragraph(said)]
  if (first === undefined) {
    const blocks = [...done, paragraph('这份文件的任务都核对完了。回复「我的任务」看自己名下的。')]
    return { blocks, card: blocks }
  }
  const document = first.source?.documentId ?? ''
  const title = first.source?.documentTitle ?? '其他来源'
  const one: Action = { label: '逐项核对', name: 'review-next', values: { document } }
  const all: Action = {
    label: `全部交办（${waiting.length}）`,
    name: 'review-all',
    values: { document },
    style: 'primary',
  }
  const head: Block[] = [
    { kind: 'heading', text: `《${title}》${waiting.length} 项待核对` },
    ...done,
    ...(fault === undefined ? [] : [warning(fault)]),
    { kind: 'rows', rows: waiting.slice(0, MOST_ROWS).map(rowOf) },
    ...(waiting.length > MOST_ROWS ? [paragraph(`另有 ${waiting.length - MOST_ROWS} 项。`)] : []),
  ]
  const owner = { name: 'owner', label: OWNER, kind: 'text', required: false } as const
  return {
    blocks: [...head, { kind: 'actions', actions: [one, all] }],
    card: [
      ...head,
      { kind: 'actions', actions: [one] },
      { kind: 'form', fields: [owner], submit: all },
    ],
  }
}

const OWNER = '责任人（姓名或单位，可不填）'

/** One task, with what a cadre may put right. */
export function showProposal(
  task: Task,
  options: {
    readonly said: string
    readonly fault?: string
    /** How many wait in all; unknown while a fault is put right. */
    readonly left?: number
    readonly today: Temporal.PlainDate
    /** Filled in already. */
    readonly owner: string
  },
): OutboundMessage {
  const { said, fault, left, today, owner } = options
  const { id, source } = task
  const document = source?.documentId ?? ''
  const confirm: Action = {
    label: '确认',
    name: 'review-confirm',
    values: { document, task: id },
    style: 'primary',
  }
  const others: readonly Action[] = [
    { label: '不是任务', name: 'review-reject', values: { document, task: id } },
    {
      label: '跳过',
      name: 'review-next',
      values: { document, after: placeOf(task) },
    },
    { label: '返回清单', name: 'review-tasks', values: { document } },
  ]
  const head: Block[] = [
    ...(said === '' ? [] : [paragraph(said)]),
    { kind: 'heading', text: task.title },
    { kind: 'rows', rows: rowsOf(task, today) },
    ...taskQuote(task),
    ...(left === undefined ? [] : [paragraph(`这份文件还有 ${left} 项待核对。`)]),
    ...(fault === undefined ? [] : [warning(fault)]),
    ...doubts(task, today),
  ]
  return {
    blocks: [...head, { kind: 'actions', actions: [confirm, ...others] }],
    card: [
      ...head,
      { kind: 'form', fields: fieldsOf(task, owner, today), submit: confirm },
      { kind: 'actions', actions: others },
    ],
  }
}

function rowsOf(task: Task, today: Temporal.PlainDate) {
  const { target, ownerPhrase } = task
  return [
    { label: '期限', value: sayDeadline(task, today) },
    ...(target ? [{ label: '目标', value: `${target.value}${target.unit}` }] : []),
    { label: '责任单位', value: ownerPhrase ?? '原文没有写' },
  ]
}

function fieldsOf({ deadline }: Task, owner: string, today: Temporal.PlainDate) {
  const dueOn = deadline?.dueOn
  const isOver = dueOn !== undefined && Temporal.PlainDate.compare(dueOn, today) < 0
  return [
    {
      name: 'owner',
      label: OWNER,
      kind: 'text',
      required: false,
      ...(owner !== '' && { value: owner }),
    },
    {
      name: 'due',
      label: '期限',
      kind: 'date',
      required: false,
      ...(dueOn && !isOver && { value: dueOn.toString() }),
    },
  ] as const
}

function doubts({ deadline }: Task, today: Temporal.PlainDate): readonly Block[] {
  const dueOn = deadline?.dueOn
  if (dueOn === undefined) return [info('没有明确的期限，不填就不会按期提醒。')]
  if (Temporal.PlainDate.compare(dueOn, today) >= 0) return []
  return [warning('期限已经过去，要改期才能交办。')]
}

function rowOf(task: Task, at: number) {
  const { title, target, deadline } = task
  const parts = [target && `${target.value}${target.unit}`, deadline?.phrase].filter(Boolean)
  return { label: `${at + 1}. ${title}`, value: parts.join('，') }
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
const warning = (text: string): Block => ({ kind: 'notice', tone: 'warning', text })
const info = (text: string): Block => ({ kind: 'notice', tone: 'info', text })
