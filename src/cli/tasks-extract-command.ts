/** `tasks extract FILE`: the tasks that a document seems to set; stores nothing. */
import { basename } from 'node:path'
import type { Command } from 'commander'
import type { App } from '../app.ts'
import type { TaskProposal } from '../domain/task.ts'
import type { Terminal } from './program.ts'
import { readBytes } from './read-text-file.ts'

/** Adds the command below `tasks`, which it makes when nobody has. */
export function addTasksExtractCommand(
  program: Command,
  withApp: <R>(work: (app: App) => Promise<R>) => Promise<R>,
  terminal: Terminal,
): void {
  const tasks =
    program.commands.find((command) => command.name() === 'tasks') ??
    program.command('tasks').description('任务台账')
  tasks
    .command('extract <文件>')
    .description('看一份文件里有哪些任务，不保存')
    .option('--json', '只印 JSON')
    .action((path: string, { json }: { readonly json?: boolean }) =>
      withApp(async (app) => {
        const { proposals } = await app.read({
          fileName: basename(path),
          bytes: await readBytes(path),
        })
        if (json) terminal.print(JSON.stringify(toExtractJson(proposals)))
        else for (const proposal of proposals) terminal.print(describe(proposal))
      }),
    )
}

function describe({ title, owner, deadline, target, quote }: TaskProposal): string {
  const parts = [
    title,
    owner && `责任单位：${owner}`,
    deadline && `时限：${deadline.phrase}${deadline.dueOn ? ` → ${deadline.dueOn}` : ''}`,
    target && `目标：${target.value}${target.unit}`,
  ]
  return `· ${parts.filter(Boolean).join(' | ')}\n  「${quote}」`
}

export interface PrintedTask {
  readonly title: string
  readonly owner?: string
  /** ISO day; only where the document gives one. */
  readonly due_on?: string
  readonly due_phrase?: string
  /** Why the day is what it is, where the words alone do not fix it (计划年度). */
  readonly due_inferred_from?: string
  readonly target?: { readonly value: number; readonly bound: string; readonly unit: string }
  readonly quote: string
}

export function toExtractJson(proposals: readonly TaskProposal[]): PrintedTask[] {
  return proposals.map(({ title, owner, deadline, target, quote }) => ({
    title,
    ...(owner ? { owner } : {}),
    ...(deadline?.dueOn ? { due_on: deadline.dueOn.toString() } : {}),
    ...(deadline ? { due_phrase: deadline.phrase } : {}),
    ...(deadline?.inferredFrom ? { due_inferred_from: deadline.inferredFrom } : {}),
    ...(target ? { target } : {}),
    quote,
  }))
}
