/**
 * The skeleton of a half-year or yearly summary (半年总结) in Markdown: figures and dates from the ledger,
 * places for a person's words. Nothing is worded that the ledger does not hold.
 */
import type { Task } from '../domain/task.ts'
import { sayDay, sayFigure } from './describe-task.ts'
import { type ExportContext, sayAssignees } from './export-table.ts'
import { COLOUR_NAMES, standingOf } from './standing.ts'

export interface SummaryContext extends ExportContext {
  readonly unionName: string
}

const TO_FILL = '（请补充：主要做法、成效、典型事例）'

export function exportSummary(tasks: readonly Task[], context: SummaryContext): string {
  const { today, unionName } = context
  const counted = tasks.filter(
    ({ status }) => !['draft', 'proposed', 'rejected', 'cancelled', 'superseded'].includes(status),
  )
  const done = counted.filter(({ status }) => status === 'completed')
  const open = counted.filter(({ status }) => status !== 'completed')
  const period = today.month <= 7 ? `${today.year}年上半年` : `${today.year}年`
  return [
    `# ${unionName}${period}工作总结（提纲）`,
    '',
    `截至${sayDay(today, today)}，台账共 ${counted.length} 件事项，办结 ${done.length} 件，在办 ${open.length} 件。`,
    '',
    '## 一、已办结事项',
    '',
    ...sectionOf(done, context),
    '## 二、在办事项',
    '',
    ...sectionOf(open, context),
    '## 三、存在的问题',
    '',
    ...behindOf(open, today),
    '## 四、下一步打算',
    '',
    TO_FILL,
    '',
    '> 本提纲由台账自动整理，数字以台账所记为准，请核对后使用。',
    '',
  ].join('\n')
}

function sectionOf(tasks: readonly Task[], context: SummaryContext): readonly string[] {
  if (tasks.length === 0) return ['无。', '']
  return tasks.flatMap((task, index) => [
    `### ${index + 1}. ${oneLine(task.title)}`,
    '',
    ...factsOf(task, context).map((fact) => `- ${fact}`),
    '',
    TO_FILL,
    '',
  ])
}

function factsOf(task: Task, { today, timeZone, directory }: SummaryContext): readonly string[] {
  const { colour, latest } = standingOf(task, today)
  const owner = sayAssignees(task, directory) || task.ownerPhrase
  const on = latest?.at.toZonedDateTimeISO(timeZone).toPlainDate()
  return [
    owner ? `责任：${owner}` : '责任：未明确',
    ...(task.target || latest
      ? [
          `进度：${sayFigure(task)}${latest && on ? `（${latest.by.name}${sayDay(on, today)}报）` : '（尚未报数）'}`,
        ]
      : []),
    ...(colour ? [`预警：${COLOUR_NAMES[colour]}`] : []),
    ...(task.source
      ? [`依据：《${oneLine(task.source.documentTitle)}》「${oneLine(task.source.quote)}」`]
      : []),
  ]
}

function behindOf(tasks: readonly Task[], today: Temporal.PlainDate): readonly string[] {
  const behind = tasks.filter((task) => (standingOf(task, today).colour ?? 'blue') !== 'blue')
  if (behind.length === 0) return ['没有逾期或落后于序时进度的事项。', '']
  return [
    ...behind.map((task) => `- ${oneLine(task.title)}：${sayFigure(task) || '未报数'}`),
    '',
    TO_FILL,
    '',
  ]
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}
