/** `ask "问题"` and `ask --batch FILE.jsonl`: the answers of the chat, for people and for programs. */
import type { Command } from 'commander'
import type { App } from '../app.ts'
import { type AskJson, askJson } from '../channels/web/ask-json.ts'
import { askSchema, type ParsedAsk, parseAsk } from '../channels/web/parse-ask.ts'
import { ROLES } from '../domain/person.ts'
import { BadInputError } from '../errors.ts'
import type { Terminal } from './program.ts'
import { readTextFile } from './read-text-file.ts'

interface AskOptions {
  readonly role?: string
  readonly region?: string
  readonly asOf?: string
  readonly json?: boolean
  readonly batch?: string
}

/** Faulty rows named at once, before any is answered. */
const MOST_FAULTS_SHOWN = 10

export function addAskCommand(
  program: Command,
  withApp: <R>(work: (app: App) => Promise<R>) => Promise<R>,
  terminal: Terminal,
): void {
  program
    .command('ask [问题]')
    .description('问一个问题，或用 --batch 一次问一个文件里的多个问题')
    .option('--role <身份>', `提问人的身份：${ROLES.join('、')}`)
    .option('--region <地区>', '提问人在哪里，如 甘肃平凉')
    .option('--as-of <日期>', '按哪一天的规定回答，如 2014-05-08')
    .option('--json', '只印 JSON')
    .option('--batch <文件>', '每行一个 JSON：{id, question, history?, role?, region?, asked_on?}')
    .action(async (question: string | undefined, options: AskOptions) => {
      if (options.batch !== undefined) {
        const text = await readTextFile(options.batch)
        await withApp((app) => answerBatch(text, app, terminal))
        return
      }
      if (question === undefined) {
        throw new BadInputError(
          'empty_question',
          '请在 ask 后面写上问题，例如：ask "职工书屋要建多少个？"',
        )
      }
      await withApp((app) => answerOne(question, options, app, terminal))
    })
}

async function answerOne(
  question: string,
  options: AskOptions,
  app: App,
  terminal: Terminal,
): Promise<void> {
  const { role, region, asOf } = options
  await app.seedSamples()
  const parsed = parseAsk({ question, role, region, as_of: asOf }, placesAndDay(app))
  const reply = await app.ask(queryOf(parsed))
  terminal.print(options.json ? JSON.stringify(askJson(parsed.id ?? 1, reply)) : reply.text)
}

async function answerBatch(jsonLines: string, app: App, terminal: Terminal): Promise<void> {
  for (const row of parseRows(jsonLines, app, terminal)) {
    const id = row.id ?? 0
    const line =
      'refusal' in row ? refused(id, row.refusal) : askJson(id, await app.ask(queryOf(row)))
    terminal.print(JSON.stringify(line))
  }
}

/** A row that can be read but asks nothing: it gets its line as well, so that the others get theirs. */
interface EmptyRow {
  readonly id: string | number | undefined
  readonly refusal: string
}

const ASKS_NOTHING: ReadonlySet<string> = new Set([
  'empty_question',
  'question_too_long',
  'question_without_words',
])

function refused(id: string | number, text: string): AskJson {
  return { id, kind: 'refused', text, citations: [], notices: [], latency_ms: 0 }
}

function parseRows(
  jsonLines: string,
  app: App,
  terminal: Terminal,
): readonly (ParsedAsk | EmptyRow)[] {
  const faults: string[] = []
  const rows = jsonLines.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      const row = parseRow(parseJson(line), app, (message) =>
        terminal.say(`第 ${index + 1} 行：${message}；这一行按没有写地区回答`),
      )
      return [{ ...row, id: row.id ?? index + 1 }]
    } catch (error) {
      if (!(error instanceof BadInputError)) throw error
      faults.push(`  · 第 ${index + 1} 行：${error.message}`)
      return []
    }
  })
  if (faults.length > 0) {
    const shown = faults.slice(0, MOST_FAULTS_SHOWN)
    const more = faults.length > shown.length ? [`  · 还有 ${faults.length - shown.length} 行`] : []
    const text = ['下面这些行读不懂，一个问题也没有问。改好再试：', ...shown, ...more].join('\n')
    throw new BadInputError('bad_batch', text)
  }
  return rows
}

/** @throws {BadInputError} for what is no row at all; a place that nobody knows is only told. */
function parseRow(
  row: unknown,
  app: App,
  onUnknownPlace: (message: string) => void,
): ParsedAsk | EmptyRow {
  try {
    return parseAsk(row, placesAndDay(app))
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error
    if (error.code === 'unknown_region') {
      onUnknownPlace(error.message)
      return parseRow({ ...(row as object), region: undefined }, app, onUnknownPlace)
    }
    if (!ASKS_NOTHING.has(error.code)) throw error
    return { id: askSchema.parse(row).id ?? undefined, refusal: error.message }
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new BadInputError('malformed_json', '不是合法的 JSON，请检查引号、逗号和括号', { cause })
  }
}

const placesAndDay = (app: App) => ({
  resolvePlace: (description: string) => app.gazetteer.resolve(description),
  today: () => app.today(),
})

/** To answer as of a day is to answer as if asked on that day. */
const queryOf = ({ query, asOf }: ParsedAsk) =>
  asOf === undefined ? query : { ...query, askedOn: asOf }
