/**
 * Lets a model say the quoted answer in smoother words. The quoted answer is complete by itself: when
 * there is no model, no time, an error, or one fault too many, it is returned as it was.
 *
 * The model gets the question, the checked short answer and the numbered quotes as fenced data, never
 * the documents; what it writes must pass check-grounding.ts and keep what the short answer says.
 */
import { z } from 'zod'
import type { Citation, GroundedAnswer } from '../domain/answer.ts'
import type { Query } from '../domain/query.ts'
import { type LanguageModel, ModelError } from '../models/language-model.ts'
import {
  checkGrounding,
  type GroundingFault,
  type GroundingSources,
  type VouchingPassage,
} from './check-grounding.ts'
import { figuresIn, hasFigure } from './figures-in.ts'
import type { LoadedPrompt } from './load-prompt.ts'

export interface WritingTools
  extends Pick<GroundingSources, 'tagger' | 'gazetteer' | 'allowedHosts'> {
  readonly model: LanguageModel
  readonly prompt: LoadedPrompt
  /** Unguessable letters and digits: for fence and canary, new for each answer. */
  readonly randomId: () => string
  /** Gives up when it aborts: a channel waits only so long. */
  readonly signal: AbortSignal
  /** Told how each attempt ended: for metrics and the log. */
  readonly onOutcome?: (outcome: WritingOutcome) => void
}

export type WritingOutcome =
  | 'written'
  | 'not-attempted'
  | 'empty'
  | 'bad-shape'
  | 'lost-the-answer'
  | `fault:${GroundingFault}`
  | `error:${string}`

const REPLY = z.object({
  sentences: z
    .array(z.object({ text: z.string().trim().min(1), cites: z.array(z.int().positive()) }))
    .max(6),
})
const SCHEMA = { name: 'short_answer', json: z.toJSONSchema(REPLY) as Record<string, unknown> }
const MOST_TOKENS = 500
/** Lists and long summaries are better as they are; what only comes closest must not turn into an answer. */
const LONGEST_REWORDED = 240
const LONGEST_QUESTION = 500
/** A model that runs on has lost the thread. */
const LONGEST_REPLY = 4_000

/** The answer in the model's words, or the answer as it was. */
export async function writeAnswer(
  answer: GroundedAnswer,
  query: Query,
  tools: WritingTools,
): Promise<GroundedAnswer> {
  const report = tools.onOutcome ?? (() => {})
  const long = answer.summary.includes('\n') || answer.summary.length > LONGEST_REWORDED
  if (long || answer.onlyClose) {
    report('not-attempted')
    return answer
  }
  const outcome = await attempt(answer, query, tools)
  report(typeof outcome === 'string' ? outcome : 'written')
  return typeof outcome === 'string' ? answer : outcome
}

async function attempt(
  answer: GroundedAnswer,
  query: Query,
  tools: WritingTools,
): Promise<GroundedAnswer | WritingOutcome> {
  const canary = tools.randomId()
  const fence = `data-${tools.randomId()}`
  const rules = tools.prompt.fill({ canary, fence })
  let reply: string
  try {
    const { text } = await tools.model.complete(
      {
        system: rules,
        user: materialFor(answer, query, fence),
        schema: SCHEMA,
      },
      { maxTokens: MOST_TOKENS, signal: tools.signal },
    )
    reply = text
  } catch (error) {
    // Classified by the adapter already; the quoted answer stands without the model.
    return `error:${error instanceof ModelError ? error.code : 'unexpected'}`
  }
  const parsed = parseReply(reply)
  if (parsed === undefined) return 'bad-shape'
  if (parsed.sentences.length === 0) return 'empty'
  const { kept, faults } = checkGrounding(parsed.sentences, {
    passages: answer.citations.map(vouchFor),
    context: contextOf(answer, query),
    thisYear: query.askedOn.year,
    canary,
    rules,
    allowedHosts: tools.allowedHosts,
    tagger: tools.tagger,
    gazetteer: tools.gazetteer,
  })
  if (kept.length === 0) return `fault:${faults[0] ?? 'no-citation'}`
  const summary = kept.map(({ text }) => withFullStop(text)).join('')
  if (!keepsTheAnswer(summary, answer)) return 'lost-the-answer'
  const writtenBy = { model: tools.model.id, promptVersion: tools.prompt.version }
  return { ...answer, wording: 'model', summary, writtenBy }
}

/** The question is as untrusted as the documents: somebody may have pasted a document into it. */
function materialFor(answer: GroundedAnswer, { question }: Query, fence: string): string {
  const fenced = (text: string) => `<${fence}>\n${text.replaceAll(fence, '')}\n</${fence}>`
  return [
    `问题:\n${fenced(question.slice(0, LONGEST_QUESTION))}`,
    `核对过的短答案:\n${fenced(answer.summary)}`,
    ...answer.citations.map(vouchFor).map(({ quote, about }, i) => {
      return `原文 ${i + 1}:\n${fenced(`${quote}\n(${about})`)}`
    }),
  ].join('\n\n')
}

/** What a citation may vouch for: the quote, and whose and when it is. */
export function vouchFor({
  quote,
  documentTitle,
  issuer,
  issuedOn,
  jurisdictionName,
  source,
}: Pick<
  Citation,
  'quote' | 'documentTitle' | 'issuer' | 'issuedOn' | 'jurisdictionName' | 'source'
>): VouchingPassage {
  const on = issuedOn?.on
  const date = on === undefined ? undefined : `${on.year}年${on.month}月${on.day}日`
  const about = [documentTitle, issuer, jurisdictionName, date, source].filter(Boolean).join(',')
  return { quote, about }
}

/**
 * What our own code says around the quotes (place, year, 材料写的是) may be repeated; the asker's own
 * figures may not: 「建50个对吗」 must not become a source.
 */
function contextOf(answer: GroundedAnswer, { question }: Query): string {
  const asked = figuresIn(question)
  const clauses = answer.summary.split(/(?<=[,,。;;::])/)
  return clauses.filter((clause) => !figuresIn(clause).some((f) => hasFigure(asked, f))).join('')
}

function parseReply(text: string): z.infer<typeof REPLY> | undefined {
  if (text.length > LONGEST_REPLY) return undefined
  const json = text.replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, '')
  try {
    return REPLY.safeParse(JSON.parse(json)).data
  } catch {
    // Not JSON at all: as good as a wrong shape.
    return undefined
  }
}

const DENIAL = /^(?:不对|不是|没有|并非)/

/** The figures that answer, the year of a document that is over, and a 「不对」 must survive. */
function keepsTheAnswer(summary: string, { citations, summary: quoted }: GroundedAnswer): boolean {
  const said = figuresIn(summary)
  const telling = citations.flatMap(({ highlight = '' }) => figuresIn(highlight))
  const lead = /^[^。]*?(?=材料写的是)/.exec(quoted)?.[0] ?? ''
  const needed = [...telling, ...figuresIn(lead)]
  const isDenied = !DENIAL.test(quoted) || /不对|不是|没有|并非/.test(summary)
  return isDenied && needed.every((figure) => hasFigure(said, figure))
}

function withFullStop(text: string): string {
  return /[。!?!?;;]$/.test(text) ? text : `${text}。`
}
