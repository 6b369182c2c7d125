/** `pinned list|add|remove`: answers that an admin fixed, from a shell. */
import type { Command } from 'commander'
import type { App } from '../app.ts'
import { READERSHIPS } from '../domain/person.ts'
import type { PinnedAnswer } from '../domain/pinned-answer.ts'
import { BadInputError } from '../errors.ts'
import {
  pinnedAnswersToReview,
  removePinnedAnswer,
  savePinnedAnswer,
} from '../knowledge/edit-pinned-answers.ts'
import type { Terminal } from './program.ts'

type WithApp = <R>(work: (app: App) => Promise<R>) => Promise<R>

interface AddOptions {
  readonly also?: string[]
  readonly not?: string[]
  readonly until?: string
  readonly region?: string
  readonly readableBy?: string
  readonly source?: string
  readonly owner?: string
}

/** Days before its end in which an answer is marked for review. */
const REVIEW_DAYS = 30

export function addPinnedCommand(program: Command, withApp: WithApp, terminal: Terminal): void {
  const pinned = program.command('pinned').description('管理置顶回答：固定问题的固定答案，先于检索')
  pinned
    .command('list')
    .description('列出置顶回答')
    .action(() => withApp(async (app) => terminal.print(await listAll(app))))
  pinned
    .command('add <问题> <答案>')
    .description('添加置顶回答；同一个问题再添加一次就是修改')
    .option('--also <问法...>', '同一个问题的其他问法')
    .option('--not <问法...>', '看着像、其实不是这个问题的问法')
    .option('--until <日期>', '最后一天，如 2026-12-31；过后不再使用')
    .option('--region <地区>', '只对这个地方的人回答')
    .option('--readable-by <范围>', `谁能看到：${READERSHIPS.join('、')}`)
    .option('--source <出处>', '答案写在哪里')
    .option('--owner <负责人>', '谁负责核对这条回答')
    .action((question: string, answer: string, options: AddOptions) =>
      withApp(async (app) => {
        const saved = await add(question, answer, options, app)
        terminal.print(`已置顶（${saved.id}）：${saved.questions[0]}`)
      }),
    )
  pinned
    .command('remove <编号>')
    .description('取消置顶')
    .action((id: string) =>
      withApp(async (app) => {
        const removed = await removePinnedAnswer(id, app.change('cli'))
        terminal.print(removed ? '已取消置顶' : `没有编号为 ${id} 的置顶回答`)
      }),
    )
}

function add(question: string, answer: string, options: AddOptions, app: App) {
  const { also = [], not = [], until, region, source, owner = 'cli' } = options
  const expiresOn = until === undefined ? undefined : parseDay(until)
  const jurisdictionCode = region === undefined ? undefined : placeCode(region, app)
  const readableBy = READERSHIPS.find((one) => one === (options.readableBy ?? 'all'))
  if (!readableBy) {
    throw new BadInputError('unknown_readership', `--readable-by 只能是：${READERSHIPS.join('、')}`)
  }
  return savePinnedAnswer(
    {
      questions: [question, ...also],
      notQuestions: not,
      answer,
      readableBy,
      owner,
      ...(source !== undefined && { source }),
      ...(expiresOn && { expiresOn }),
      ...(jurisdictionCode !== undefined && { jurisdictionCode }),
    },
    app.change('cli'),
  )
}

function placeCode(region: string, app: App): string {
  const place = app.gazetteer.resolve(region)
  if (place) return place.code
  throw new BadInputError(
    'unknown_region',
    `不认识地区「${region}」，请写省市县的名称（如 甘肃平凉）或六位区划代码`,
  )
}

function parseDay(day: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' })
  } catch (cause) {
    throw new BadInputError('bad_date', `日期「${day}」不对，请写成 2026-12-31 的样子`, { cause })
  }
}

async function listAll(app: App): Promise<string> {
  const all = await app.store.pinned.list()
  const review = new Set(pinnedAnswersToReview(all, app.today(), REVIEW_DAYS))
  return all.map((one) => line(one, review.has(one))).join('\n') || '还没有置顶回答'
}

function line({ id, questions, answer, owner, expiresOn }: PinnedAnswer, review: boolean): string {
  const until = expiresOn ? `，用到 ${expiresOn}${review ? '（请负责人核对）' : ''}` : ''
  return `${id}  ${questions.join(' / ')}\n    ${answer}（负责人：${owner}${until}）`
}
