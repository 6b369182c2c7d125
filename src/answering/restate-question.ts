/**
 * Lets a model say in full what a follow-up asks, when our own carrying over found no answer to it.
 * What it writes is data: words of the asker's own turns, no figure, place or name beside them, and
 * all that the turn itself says. Anything else, and the question stands as it was understood.
 */
import { z } from 'zod'
import { type Answer, isGap } from '../domain/answer.ts'
import type { Gazetteer } from '../domain/jurisdiction.ts'
import type { Query } from '../domain/query.ts'
import { type LanguageModel, ModelError } from '../models/language-model.ts'
import { foldForMatching, foldWithoutSpaces } from '../text/fold-for-matching.ts'
import { isTelling, saysNewWords } from './check-wording.ts'
import { figuresIn, hasFigure } from './figures-in.ts'
import type { LoadedPrompt } from './load-prompt.ts'
import { holdsOrder } from './orders-to-bot.ts'
import type { FactReader } from './stated-facts.ts'

export interface RestatingTools extends FactReader {
  readonly gazetteer: Pick<Gazetteer, 'findIn'>
  readonly model: LanguageModel
  readonly prompt: LoadedPrompt
  /** Unguessable letters and digits: for fence and canary. */
  readonly randomId: () => string
  readonly signal: AbortSignal
  readonly onOutcome?: (outcome: RestatingOutcome) => void
}

export type RestatingOutcome =
  | 'restated'
  | 'empty'
  | 'bad-shape'
  | 'too-long'
  | 'same'
  | 'figure'
  | 'place'
  | 'new-words'
  | 'lost-words'
  | 'order'
  | `error:${string}`

const REPLY = z.object({ question: z.string() })
const SCHEMA = { name: 'restated_question', json: z.toJSONSchema(REPLY) as Record<string, unknown> }
const MOST_TOKENS = 120
const LONGEST_FOLLOW_UP = 60
const LONGEST_RESTATED = 120
const TURNS_SHOWN = 4

/** Words that point back to what was said, or ask the same of something else. */
const POINTS_BACK =
  /那|这|它|他们|她们|其|该|此|上面|前面|刚才|刚刚|前一|上一|头一|最先|开头|第[一二三四五]个?(?:问|说)|同样|一样|也|又|呢|的话|还有/

/** A turn after others that we could not answer, and that leans on them. */
export function needsRestating({ question, history }: Query, answer: Answer): boolean {
  if (!isGap(answer) || history.length === 0) return false
  if (question.length > LONGEST_FOLLOW_UP) return false
  return answer.understoodAs !== undefined || POINTS_BACK.test(question)
}

/** The question in full; undefined when it stands as it was. */
export async function restateQuestion(
  query: Query,
  tools: RestatingTools,
): Promise<string | undefined> {
  const report = tools.onOutcome ?? (() => {})
  const restated = await attempt(query, tools)
  if (typeof restated === 'string') {
    report(restated)
    return undefined
  }
  report('restated')
  return restated.question
}

async function attempt(
  query: Query,
  tools: RestatingTools,
): Promise<{ readonly question: string } | RestatingOutcome> {
  const canary = tools.randomId()
  const fence = `data-${tools.randomId()}`
  try {
    const { text } = await tools.model.complete(
      {
        system: tools.prompt.fill({ canary, fence }),
        user: materialFor(query, fence),
        schema: SCHEMA,
      },
      { maxTokens: MOST_TOKENS, signal: tools.signal },
    )
    const question = parseReply(text)
    return question === undefined ? 'bad-shape' : (faultOf(question, query, tools) ?? { question })
  } catch (error) {
    // Classified by the adapter already; the question stands as our own rules understood it.
    return `error:${error instanceof ModelError ? error.code : 'unexpected'}`
  }
}

function materialFor({ question, history }: Query, fence: string): string {
  const fenced = (text: string) => `<${fence}>\n${text.replaceAll(fence, '')}\n</${fence}>`
  const earlier = history.slice(-TURNS_SHOWN).map((turn, i) => `${i + 1}. ${turn}`)
  return `先前问过的话:\n${fenced(earlier.join('\n'))}\n\n现在这句话:\n${fenced(question)}`
}

function parseReply(text: string): string | undefined {
  try {
    const json: unknown = JSON.parse(text.replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, ''))
    return REPLY.safeParse(json).data?.question.trim()
  } catch {
    // Not JSON at all: as good as a wrong shape.
    return undefined
  }
}

function faultOf(
  restated: string,
  { question, history }: Query,
  tools: RestatingTools,
): RestatingOutcome | undefined {
  const turns = history.slice(-TURNS_SHOWN)
  const own = foldWithoutSpaces([...turns, question].join('\n'))
  const text = foldForMatching(restated)
  if (restated === '') return 'empty'
  if (restated.length > LONGEST_RESTATED || /[\n<>`@]|:\/\/|\]\(/.test(restated)) return 'too-long'
  if ([question, ...turns].some((turn) => foldWithoutSpaces(turn) === foldWithoutSpaces(text))) {
    return 'same'
  }
  if (holdsOrder(text)) return 'order'
  const figures = figuresIn(own)
  if (figuresIn(text).some((figure) => !hasFigure(figures, figure))) return 'figure'
  const places = tools.gazetteer.findIn(text).map(({ start, end }) => text.slice(start, end))
  if (places.some((place) => !own.includes(place))) return 'place'
  if (saysNewWords(text, own, tools)) return 'new-words'
  return keepsTheTurn(text, foldForMatching(question), tools) ? undefined : 'lost-words'
}

/** 「最开始问的那个」: words that point at an earlier turn and ask nothing. */
const POINTING =
  /(?:最?开始|最先|最早|开头|头一|刚才|刚刚|前面|前一|上面|上一|先前|第[一二三四五])(?:个|次|句|项|条)?(?:问题|问|说|讲|提)?(?:的|过|到)*(?:那|这)?(?:个|项|件|条)?|一样|同样|问题|情况|事情|东西/g

/** What a turn says itself, beside the words that point back, must be asked still. */
function keepsTheTurn(restated: string, question: string, { tagger }: RestatingTools): boolean {
  return tagger
    .tagged(question.replace(POINTING, ' '))
    .filter(({ word, tag }) => word.length > 1 && isTelling(tag))
    .every(({ word }) => restated.includes(word))
}
