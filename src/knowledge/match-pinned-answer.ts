/**
 * Whether a question is one that an admin has fixed the answer of. Careful on purpose: a pinned
 * answer that is given to another question is a wrong answer in the union's name, one that is not
 * given leaves the documents to answer.
 *
 * The question must ask in the same way (how, how many, where …), use the words of a pinned wording
 * with at most one more or one fewer, never one instead of another, and be nearer to it than to any
 * 「不是这个」 example.
 */
import { liesWithin } from '../domain/jurisdiction.ts'
import type { Audience } from '../domain/person.ts'
import { isGivenTo, type PinnedAnswer } from '../domain/pinned-answer.ts'
import { foldForMatching } from '../text/fold-for-matching.ts'

export interface MatchingTools {
  /** The words that tell something, in order: text/tokenize. */
  wordsOf(text: string): readonly string[]
  /** A text with colloquial and variant terms in their standard wording (term dictionary). */
  standardize?(text: string): string
}

export interface Asker {
  readonly audience: Audience
  readonly today: Temporal.PlainDate
}

/** Share of words in common from which a question is the same one. Dice, 0 to 1. */
const SAME_QUESTION = 0.8
/** Words that both must have: one word alone (「书屋」) is no question. */
const FEWEST_WORDS = 2

/** The pinned answer for a question, the most alike; undefined when none fits surely. */
export function matchPinnedAnswer(
  question: string,
  pinned: readonly PinnedAnswer[],
  asker: Asker,
  tools: MatchingTools,
): PinnedAnswer | undefined {
  const asked = readQuestion(question, tools)
  const matches = pinned
    .filter((one) => isGivenTo(one, asker.audience, asker.today) && holdsFor(one, asker.audience))
    .map((one) => ({ one, likeness: likenessToPinned(asked, one, tools) }))
    .filter(({ likeness }) => likeness >= SAME_QUESTION)
  return matches.toSorted((a, b) => b.likeness - a.likeness)[0]?.one
}

function holdsFor({ jurisdictionCode }: PinnedAnswer, audience: Audience): boolean {
  if (jurisdictionCode === undefined) return true
  return (
    audience.jurisdictionCode !== undefined &&
    liesWithin(audience.jurisdictionCode, jurisdictionCode)
  )
}

function likenessToPinned(
  asked: AskedQuestion,
  pinned: PinnedAnswer,
  tools: MatchingTools,
): number {
  const best = (wordings: readonly string[]) =>
    Math.max(0, ...wordings.map((wording) => likeness(asked, readQuestion(wording, tools))))
  const positive = best(pinned.questions)
  return best(pinned.notQuestions) >= positive ? 0 : positive
}

interface AskedQuestion {
  readonly plain: string
  readonly words: ReadonlySet<string>
  /** How it asks; undefined when no word says so. */
  readonly manner?: string
}

/** Words by which a question asks, and what they ask for. The first that fits counts. */
const MANNERS: readonly (readonly [string, RegExp])[] = [
  ['when', /什么时候|何时|几时|哪天|哪年|几月|几号|多久|什么时间|截止/],
  ['where', /哪里|哪儿|在哪|何处|什么地方|地址/],
  ['who', /谁|哪个部门|哪个单位|哪个科室/],
  ['why', /为什么|为何|为啥|凭什么/],
  ['how-many', /多少|几[个名家户次场项件天元]|多大|多高/],
  ['how', /怎么|怎样|如何|咋|流程|步骤|手续/],
  ['what', /什么|啥|哪些|哪几/],
  ['whether', /吗|么[??]?$|能不能|可不可以|是不是|有没有|是否|能否|可否/],
]

function readQuestion(question: string, tools: MatchingTools): AskedQuestion {
  const folded = foldForMatching(tools.standardize?.(question) ?? question)
  const manner = MANNERS.find(([, words]) => words.test(folded))?.[0]
  return {
    plain: folded.replace(/[^\p{L}\p{N}]+/gu, ''),
    words: new Set(tools.wordsOf(folded)),
    ...(manner && { manner }),
  }
}

function likeness(a: AskedQuestion, b: AskedQuestion): number {
  if (a.plain === b.plain) return 1
  if (a.manner !== undefined && b.manner !== undefined && a.manner !== b.manner) return 0
  if (Math.min(a.words.size, b.words.size) < FEWEST_WORDS) return 0
  const onlyA = a.words.difference(b.words)
  const onlyB = b.words.difference(a.words)
  const isSubstitution = onlyA.size > 0 && onlyB.size > 0
  if (isSubstitution || onlyA.size > 1 || onlyB.size > 1) return 0
  if ([...onlyA, ...onlyB].some((word) => /\d/.test(word))) return 0
  return (2 * (a.words.size - onlyA.size)) / (a.words.size + b.words.size)
}
