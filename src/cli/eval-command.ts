/** `eval FILE.jsonl`: asks every question of a set and prints the grades, failures by name. */
import type { Command } from 'commander'
import type { App } from '../app.ts'
import { askJson } from '../channels/web/ask-json.ts'
import { parseAsk } from '../channels/web/parse-ask.ts'
import { parseQuestionRows, type QuestionRow } from './eval/question-row.ts'
import { type EvalReport, runEval } from './eval/run-eval.ts'
import { writeReport } from './eval/write-report.ts'
import type { Terminal } from './program.ts'
import { readTextFile } from './read-text-file.ts'

export function addEvalCommand(
  program: Command,
  withApp: <R>(work: (app: App) => Promise<R>) => Promise<R>,
  terminal: Terminal,
): void {
  program
    .command('eval <文件>')
    .description('用一套带答案的问题（每行一个 JSON）给回答打分')
    .option('--json', '只印 JSON')
    .option('--failures', '逐条列出没答好的')
    .action(async (path: string, options: { json?: boolean; failures?: boolean }) => {
      const rows = parseQuestionRows(await readTextFile(path))
      const report = await withApp((app) => gradeAll(rows, app))
      terminal.print(
        options.json
          ? JSON.stringify(report)
          : writeReport(report, { failures: options.failures ?? false }),
      )
    })
}

async function gradeAll(rows: readonly QuestionRow[], app: App): Promise<EvalReport> {
  await app.knowledge.refresh()
  const texts = new Map(
    [...app.knowledge.index.documents()].map(({ fileName, text }) => [fileName, text]),
  )
  const ask = async (row: QuestionRow) => {
    const { query } = parseAsk(row, {
      resolvePlace: (description) => app.gazetteer.resolve(description),
      today: () => app.today(),
    })
    return askJson(row.id, await app.ask(query))
  }
  return runEval(rows, ask, (fileName) => texts.get(fileName))
}
