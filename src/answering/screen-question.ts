/**
 * Questions that get a short fixed answer instead of a search: greetings, thanks, insults, attempts
 * to give the bot orders, other people's data, verdicts on law, medicine and politics; and distress.
 *
 * An order mixed with a real question is cut out and the question is answered.
 */
import type { RefusalReason } from '../domain/answer.ts'
import { askedKinds } from '../retrieval/asked-kinds.ts'
import { standardWording } from '../retrieval/standard-wording.ts'
import { foldForMatching } from '../text/fold-for-matching.ts'
import { holdsOrder, isOrder } from './orders-to-bot.ts'
import {
  asksLegalVerdict,
  asksMedicalAdvice,
  isOffTopic,
  isSensitive,
  speaksOfUnion,
} from './outside-topics.ts'
import { asksPersonalData } from './private-matters.ts'
import {
  asksAboutMe,
  complains,
  courtesyOf,
  isAbuse,
  isInDistress,
  wantsHuman,
} from './social-phrases.ts'

export type Screening =
  | { readonly kind: 'refuse'; readonly reason: RefusalReason }
  /** `question` is what is left to answer once orders and abuse are cut out. */
  | { readonly kind: 'answer'; readonly question: string }

/** Tells names of people from other words. */
export interface ScreeningTagger {
  tagged(text: string): readonly { readonly word: string; readonly tag: string }[]
}

/** Characters of a question that are read; more is no question. */
export const LONGEST_QUESTION = 500

/** @param followsUp whether the asker asked something of the union before. */
export function screenQuestion(raw: string, tagger: ScreeningTagger, followsUp = false): Screening {
  const lines = withoutPreamble(
    foldForMatching(raw.slice(0, LONGEST_QUESTION).replace(/[\r\n\u2028\u2029]+/g, LINE)),
  )
  const text = tidy(lines.replaceAll(LINE, ' '))
  if (!/[\p{L}\p{N}]/u.test(text)) return refuse('empty')
  if (isInDistress(text)) return refuse('distress')
  const left = withoutOrders(text, lines, followsUp)
  if (left === undefined) return refuse('injection')
  const reason = fixedReason(left, standardWording(left), tagger, followsUp)
  return reason === undefined ? { kind: 'answer', question: left } : refuse(reason)
}

/** By these words somebody comes to what he wants to ask. */
const COMES_TO =
  /[。!,;\s¶](?:对了|另外(?:再)?(?:请)?问(?:一?下)?|顺便(?:再)?问(?:一?下)?|再问(?:一?下)?)[,。!\s]*(?=.{4})/

/** What was said before, when it asks nothing. */
function withoutPreamble(text: string): string {
  const { 0: mark = '', index = -1 } = COMES_TO.exec(text) ?? {}
  if (index < 0) return text
  const asked = askedKinds(standardWording(text.slice(0, index)))
  return asked.length > 0 ? text : text.slice(index + mark.length)
}

/** Stands for a line's end while control characters are cut out. */
const LINE = '¶'

function tidy(text: string): string {
  return stripInvisible(text).replace(/\s+/g, ' ').trim()
}

function fixedReason(
  text: string,
  wording: string,
  tagger: ScreeningTagger,
  followsUp: boolean,
): RefusalReason | undefined {
  const words = text.replace(/[^\p{L}\p{N}\s,。!?~]/gu, '').trim()
  const courtesy = courtesyOf(words)
  if (courtesy !== undefined) return courtesy
  if (wantsHuman(text)) return 'wants-human'
  if (asksAboutMe(text)) return 'about-me'
  if (!asksAnything(wording)) {
    if (isAbuse(text)) return 'insult'
    if (complains(text)) return 'complaint'
  }
  if (isSensitive(text)) return 'sensitive-topic'
  if (asksPersonalData(wording, tagger)) return 'personal-data'
  if (asksLegalVerdict(wording)) return 'legal-judgement'
  if (asksMedicalAdvice(wording) || asksMedicalAdvice(text)) return 'medical'
  if (isOffTopic(text, followsUp)) return 'off-topic'
  return undefined
}

/** A question proper, or words that may be looked up. */
function asksAnything(wording: string): boolean {
  const asks = askedKinds(wording).some(({ kind }) => kind !== 'open' && kind !== 'yes-no')
  return asks && speaksOfUnion(wording)
}

function refuse(reason: RefusalReason): Screening {
  return { kind: 'refuse', reason }
}

const CLAUSE_END = /(?<=[,。;!?¶>]|\.(?=\s|\p{Script=Han}))/u

/** The question without clauses that are orders; undefined when nothing that asks is left. */
function withoutOrders(text: string, lines: string, followsUp: boolean): string | undefined {
  const orders = holdsOrder(text) || holdsOrder(tidy(lines))
  const outside = isOffTopic(text, followsUp)
  if (!orders && !outside && !isAbuse(text)) return text
  const left = tidy(lines)
    .replace(/<(\w+)[^>]*>.*?<\/\1>/g, ' ')
    .split(CLAUSE_END)
    .filter((clause) => !isOrder(clause) && !isOffTopic(clause) && !isAbuse(clause))
    .join('')
    .replaceAll(LINE, ' ')
    .replace(/<[^>]*>|\s+$/g, '')
    .replace(/^(?:另外|再|然后|并且?|顺便|先)(?:告诉我|说说|回答)?[,\s]*/, '')
    .trim()
  const asks = askedKinds(standardWording(left)).some(({ kind }) => kind !== 'open')
  if (asks && (orders || speaksOfUnion(left))) return left
  return orders ? undefined : text
}

/** Control, zero-width, tag and bidirectional characters, emoji. */
function stripInvisible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u{e0000}-\u{e007f}]/gu, ' ')
}
