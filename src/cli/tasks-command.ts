/** `tasks list|show|confirm|assign|progress|finish|export`: the ledger from a shell, where the operator is the actor. */
import { writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { type Command, Option } from 'commander'
import type { App } from '../app.ts'
import { formatMoment } from '../console/format-moment.ts'
import { sayChange } from '../console/pages/task-view.ts'
import { DEFAULT_REMINDER_POLICY } from '../domain/reminder.ts'
import { type Assignee, isOpen, OPEN_STATUSES, type Task, type TaskChange } from '../domain/task.ts'
import { BadInputError } from '../errors.ts'
import { scheduleTask } from '../reminders/schedule-reminders.ts'
import { STATUS_NAMES } from '../tasks/change-task.ts'
import { sayDeadline, sayStanding } from '../tasks/describe-task.ts'
import { exportCsv } from '../tasks/export-csv.ts'
import { exportIcs } from '../tasks/export-ics.ts'
import { exportSummary } from '../tasks/export-summary.ts'
import { TABLE_HEADINGS, tableRows } from '../tasks/export-table.ts'
import { exportXlsx } from '../tasks/export-xlsx.ts'
import { createDirectory } from '../tasks/find-recipients.ts'
import { recordChange } from '../tasks/record-change.ts'
import { parseDates } from '../text/dates/parse-dates.ts'
import type { Terminal } from './program.ts'

type WithApp = <R>(work: (app: App) => Promise<R>) => Promise<R>

const MOST = 5000
const STATES = {
  draft: ['draft', 'proposed'],
  open: OPEN_STATUSES,
  done: ['completed'],
  all: undefined,
} as const

export function addTasksCommand(program: Command, withApp: WithApp, terminal: Terminal): void {
  const tasks =
    program.commands.find((command) => command.name() === 'tasks') ??
    program.command('tasks').description('任务台账')
  addReading(tasks, withApp, terminal)
  addWriting(tasks, withApp, terminal)
  tasks
    .command('export <文件>')
    .description('导出台账，格式看扩展名：.xlsx .csv .ics（日历） .md（总结提纲）')
    .action((path: string) =>
      withApp(async (app) => {
        const list = await app.store.tasks.find({ limit: MOST })
        await writeFile(path, await exported(path, list, app))
        terminal.print(`已导出 ${list.length} 件事项到 ${path}。`)
      }),
    )
}

function addReading(tasks: Command, withApp: WithApp, terminal: Terminal): void {
  const state = new Option('--state <状态>', '哪些事项')
    .choices(Object.keys(STATES))
    .default('open')
  tasks
    .command('list')
    .description('列出事项')
    .addOption(state)
    .option('--json', '只印 JSON')
    .action(
      ({ state: which, json }: { readonly state: keyof typeof STATES; readonly json?: boolean }) =>
        withApp(async (app) => {
          const statuses = STATES[which]
          const list = await app.store.tasks.find({ ...(statuses && { statuses }), limit: MOST })
          if (json) return terminal.print(JSON.stringify(list))
          for (const task of list) terminal.print(lineOf(task, app.today()))
          if (list.length === 0) terminal.print(await emptyList(which, app))
        }),
    )
  tasks
    .command('show <编号>')
    .description('一件事项和它的全部记录')
    .option('--json', '只印 JSON')
    .action((id: string, { json }: { readonly json?: boolean }) =>
      withApp(async (app) => {
        const task = await taskById(id, app)
        const events = await app.store.tasks.events(id)
        if (json) return terminal.print(JSON.stringify({ task, events }))
        terminal.print(lineOf(task, app.today()))
        if (task.source)
          terminal.print(`  依据：《${task.source.documentTitle}》「${task.source.quote}」`)
        for (const { at, actor, change } of events) {
          const moment = formatMoment(at, app.config.TIME_ZONE)
          terminal.print(`  ${moment} ${actor.name} ${sayChange(change)}`)
        }
      }),
    )
}

/** Why nothing is listed: what documents promise waits until somebody confirms it. */
async function emptyList(state: keyof typeof STATES, { store }: App): Promise<string> {
  if (state !== 'open') return '没有这样的事项。'
  const waiting = (await store.tasks.find({ statuses: STATES.draft, limit: MOST })).length
  if (waiting === 0) return '没有在办的事项。'
  return [
    `没有在办的事项；有 ${waiting} 件从文件读出的事项等人确认，确认之前不会提醒任何人。`,
    '  查看：tasks list --state draft',
    '  确认：tasks confirm 编号 --to 人或单位，或在管理页面的「待审任务」里核对',
  ].join('\n')
}

function addWriting(tasks: Command, withApp: WithApp, terminal: Terminal): void {
  const act = async (app: App, id: string, change: TaskChange) => {
    const task = await record(id, change, app)
    terminal.print(lineOf(task, app.today()))
  }
  tasks
    .command('confirm <编号>')
    .description('确认（交办）一件从文件读出的事项')
    .option('--to <人或单位>', '交给谁')
    .option('--due <日期>', '时限，例如 12月31日')
    .action((id: string, { to, due }: { readonly to?: string; readonly due?: string }) =>
      withApp(async (app) => {
        const assignees = to === undefined ? undefined : await assigneesOf(to, app)
        const deadline = due === undefined ? undefined : deadlineOf(due, app)
        const corrections = { ...(assignees && { assignees }), ...(deadline && { deadline }) }
        await act(app, id, { kind: 'confirmed', corrections })
      }),
    )
  tasks
    .command('assign <编号> <人或单位>')
    .description('改由谁办')
    .action((id: string, to: string) =>
      withApp(async (app) =>
        act(app, id, { kind: 'assigned', assignees: await assigneesOf(to, app) }),
      ),
    )
  tasks
    .command('progress <编号> <数字> <单位>')
    .description('报进度（到目前的总数）')
    .action((id: string, value: string, unit: string) =>
      withApp((app) => act(app, id, { kind: 'progress-reported', value: Number(value), unit })),
    )
  tasks
    .command('finish <编号>')
    .description('办结')
    .action((id: string) => withApp((app) => act(app, id, { kind: 'completed' })))
}

async function record(id: string, change: TaskChange, app: App): Promise<Task> {
  const { store, clock, calendar, config } = app
  const policy = { ...DEFAULT_REMINDER_POLICY, timeZone: config.TIME_ZONE }
  const actor = { kind: 'system', name: '命令行' } as const
  const context = { actor, at: clock.now(), today: app.today(), basis: 'cli' }
  const result = await recordChange(id, change, context, {
    store,
    onScheduleChanged: (task, inside) => scheduleTask(task, inside, { clock, policy, calendar }),
  })
  if (result.kind === 'refused') throw new BadInputError(result.code, result.text)
  return result.task
}

async function taskById(id: string, app: App): Promise<Task> {
  const task = await app.store.tasks.byId(id)
  if (!task)
    throw new BadInputError('unknown_task', `没有编号为 ${id} 的事项。用 tasks list 看编号。`)
  return task
}

async function assigneesOf(name: string, app: App): Promise<readonly Assignee[]> {
  const people = await app.store.people.find({ name })
  const [person, ...others] = people
  if (others.length > 0)
    throw new BadInputError('ambiguous_person', `有 ${people.length} 位「${name}」，请写单位名。`)
  if (person) return [{ kind: 'person', personId: person.id }]
  if ((await app.store.people.find({ unit: name })).length > 0)
    return [{ kind: 'unit', unit: name }]
  throw new BadInputError(
    'unknown_person',
    `名单里没有叫「${name}」的人或单位。请先 people import 名单。`,
  )
}

function deadlineOf(text: string, app: App) {
  const ref = app.today().toPlainDateTime()
  const value = parseDates(text, { ref, calendar: app.calendar })[0]?.value
  if (value?.kind === 'due' || value?.kind === 'date') return { phrase: text, dueOn: value.on }
  throw new BadInputError('no_date', `「${text}」没有明确到哪一天，请写成 12月31日 或 2026-12-31。`)
}

function lineOf(task: Task, today: Temporal.PlainDate): string {
  return [
    task.id,
    task.title,
    isOpen(task) ? STATUS_NAMES[task.status] : '',
    sayStanding(task, today),
    sayDeadline(task, today),
  ]
    .filter(Boolean)
    .join('  ')
}

async function exported(
  path: string,
  list: readonly Task[],
  app: App,
): Promise<string | Uint8Array> {
  const directory = createDirectory(await app.store.people.all())
  const context = { today: app.today(), timeZone: app.config.TIME_ZONE, directory }
  const { unionName } = app.contact
  switch (extname(path).toLowerCase()) {
    case '.csv':
      return exportCsv(TABLE_HEADINGS, tableRows(list, context))
    case '.xlsx':
      return exportXlsx(TABLE_HEADINGS, tableRows(list, context))
    case '.ics':
      return exportIcs(list, { now: app.clock.now(), timeZone: app.config.TIME_ZONE, unionName })
    case '.md':
      return exportSummary(list, { ...context, unionName })
    default:
      throw new BadInputError('bad_format', '扩展名要是 .xlsx、.csv、.ics 或 .md。')
  }
}
