/**
 * With a model configured, the list of tasks is tidied: clauses of one matter joined, several matters in
 * one sentence cut apart, titles shortened, a missed one added. check-refinement.ts decides what of it is
 * believed; without a model, without an answer in time, with a bad answer the list stays as it was.
 *
 * Key: the same text, prompt and model are asked about once, so that reading a file again words its
 * tasks the same.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { DocumentReading } from '../domain/document.ts'
import { overlaps, type Span, textAt } from '../domain/span.ts'
import { type LanguageModel, ModelError } from '../models/language-model.ts'
import { splitSentences } from '../text/split-sentences.ts'
import type { WorkCalendar } from '../text/working-days.ts'
import { applyRefinement } from './check-refinement.ts'
import { spanReader } from './extract-tasks.ts'

export interface RefiningTools {
  readonly model: LanguageModel
  readonly prompt: {
    readonly version: string
    fill(variables: Readonly<Record<string, string>>): string
  }
  readonly calendar: WorkCalendar
  /** Replies that were asked for before. */
  readonly cache: {
    get(key: string): Promise<string | undefined>
    set(key: string, reply: string): Promise<unknown>
  }
  readonly randomId: () => string
  readonly signal: AbortSignal
  readonly onOutcome?: (outcome: string) => void
}

const REPLY = z.object({
  tasks: z
    .array(
      z.object({
        of: z.array(z.int().positive()).max(12),
        quote: z.string(),
        title: z.string(),
        owner: z.string().nullable(),
      }),
    )
    .max(80),
})
const SCHEMA = { name: 'tidier_tasks', json: z.toJSONSchema(REPLY) as Record<string, unknown> }
const MOST_TOKENS = 4000
/** UTF-16 units of sentences that are shown: a plan of ten pages. */
const LONGEST_MATERIAL = 12_000
const MOST_PROPOSALS = 60

/** The reading with its proposals in a tidier form, or the reading as it was. */
export async function refineTasks(
  reading: DocumentReading,
  tools: RefiningTools,
): Promise<DocumentReading> {
  const { proposals, text } = reading
  const isFew = proposals.length > 0 && proposals.length <= MOST_PROPOSALS
  if (!isFew || reading.metadata.sample) return reading
  const material = materialFor(reading)
  const reply = await askOnce(material, tools)
  const parsed = reply === undefined ? undefined : parseReply(reply)
  if (!parsed) {
    if (reply !== undefined) tools.onOutcome?.('bad-shape')
    return reading
  }
  const readSpan = spanReader(reading, tools.calendar)
  const refined = applyRefinement(parsed.tasks, { text, proposals, readSpan })
  tools.onOutcome?.('refined')
  return { ...reading, proposals: refined }
}

async function askOnce(material: string, tools: RefiningTools): Promise<string | undefined> {
  const { model, prompt, cache, randomId, signal } = tools
  const about = JSON.stringify([model.id, prompt.version, material])
  const key = createHash('sha256').update(about).digest('hex')
  const known = await cache.get(key)
  if (known !== undefined) return known
  const canary = randomId()
  const fence = `data-${randomId()}`
  const user = `<${fence}>\n${material.replaceAll(fence, '')}\n</${fence}>`
  try {
    const { text } = await model.complete(
      { system: prompt.fill({ canary, fence }), user, schema: SCHEMA },
      { maxTokens: MOST_TOKENS, signal },
    )
    if (text.includes(canary)) return undefined
    await cache.set(key, text)
    return text
  } catch (error) {
    // Classified by the adapter already; what the rules read stands without the model.
    tools.onOutcome?.(`error:${error instanceof ModelError ? error.code : 'unexpected'}`)
    return undefined
  }
}

/** The paragraphs in which the rules found something, sentence by sentence, and what they found. */
function materialFor({ text, proposals }: DocumentReading): string {
  const paragraphs = [...text.matchAll(/[^\n]+/g)]
    .map((match): Span => ({ start: match.index, end: match.index + match[0].length }))
    .filter((span) => proposals.some((proposal) => overlaps(span, proposal.span)))
  const sentences = paragraphs.flatMap((paragraph) =>
    splitSentences(textAt(text, paragraph)).map(({ start, end }) =>
      textAt(text, { start: paragraph.start + start, end: paragraph.start + end }).trim(),
    ),
  )
  const numbered = sentences.map((sentence, index) => `${index + 1}. ${sentence}`).join('\n')
  const tasks = proposals.map(
    ({ title, quote }, index) => `任务${index + 1}:${title}(原话:${quote})`,
  )
  return `句子:\n${numbered.slice(0, LONGEST_MATERIAL)}\n\n程序读出的任务:\n${tasks.join('\n')}`
}

function parseReply(text: string): z.infer<typeof REPLY> | undefined {
  const json = text.replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, '')
  try {
    return REPLY.safeParse(JSON.parse(json)).data
  } catch {
    // Not JSON at all: as good as a wrong shape.
    return undefined
  }
}
