/**
 * The guard: decides whether what a model wrote may be shown. Deterministic, after the model, and the
 * only thing that counts: no instruction in a prompt is trusted to hold.
 *
 * A sentence stays when it cites given passages of one document and says nothing that they do not: no
 * fact that does not stand beside the same words there, no word of its own, nothing turned round, no
 * condition lost, no verdict about the asker. A link to a foreign host, markup, the canary or words
 * of the rules condemn the whole answer.
 */
import { foldForMatching, foldWithoutSpaces } from '../text/fold-for-matching.ts'
import { clauseFault, supportOf } from './check-clauses.ts'
import { saysNewWords, wordingFault } from './check-wording.ts'
import type { FactReader } from './stated-facts.ts'

export interface WrittenSentence {
  readonly text: string
  /** Numbers of the passages it rests on, from 1. */
  readonly cites: readonly number[]
}

/** What a citation may vouch for. */
export interface VouchingPassage {
  readonly quote: string
  /** What is known of its document: title, issuer, place, date. The same for passages of one document. */
  readonly about: string
}

export interface GroundingSources extends FactReader {
  /** Passage 1 first. */
  readonly passages: readonly VouchingPassage[]
  /** Said by our own code and true: whose and which year's document speaks. */
  readonly context: string
  /** The year of asking: 今年 where the quotes do not say 今年 themselves. */
  readonly thisYear: number
  readonly canary: string
  /** The rules the model was given: none of their words may come back. */
  readonly rules: string
  /** Hosts a link may lead to. */
  readonly allowedHosts: readonly string[]
}

export type GroundingFault =
  | 'canary'
  | 'rules'
  | 'link'
  | 'markup'
  | 'no-citation'
  | 'unknown-citation'
  | 'figure'
  | 'number-string'
  | 'organisation'
  | 'name'
  | 'eligibility'
  | 'verdict'
  | 'negation'
  | 'condition'
  | 'aspect'
  | 'new-words'
  | 'too-long'

export interface GroundingResult {
  /** Empty when the answer is condemned. */
  readonly kept: readonly WrittenSentence[]
  readonly faults: readonly GroundingFault[]
}

/** Sentences that may fail before the whole answer is given up. */
const FORGIVEN = 1
const LONGEST_SENTENCE = 160

/** Checks every sentence; never repairs one. */
export function checkGrounding(
  sentences: readonly WrittenSentence[],
  sources: GroundingSources,
): GroundingResult {
  const whole = sentences.map(({ text }) => text).join('\n')
  const condemned = condemnation(whole, sources)
  if (condemned !== undefined) return { kept: [], faults: [condemned] }
  const checked = sentences.map((sentence) => ({ sentence, fault: faultOf(sentence, sources) }))
  const faults = checked.flatMap(({ fault }) => (fault === undefined ? [] : [fault]))
  if (faults.length > FORGIVEN) return { kept: [], faults }
  const kept = checked.filter(({ fault }) => fault === undefined).map(({ sentence }) => sentence)
  return { kept, faults }
}

const URL_LIKE =
  /(?:[a-z][a-z0-9+.-]*:)?\/\/([^\s/?#)\]>"'，。；、]+)|(?:www\.)?((?:[a-z0-9-]+\.)+(?:com|cn|net|org|gov|edu|io|info|top|xyz|cc|vip|site|online|app|ru|me|tv|club|shop|link|dev)(?:\.[a-z]{2})?)\b/giu
/** A link to an allowed host says nothing of its own. */
const WHOLE_URL = /(?:[a-z]+:\/\/|www\.)[^\s\p{Script=Han}]+/gu
const MARKUP =
  /[<>`@]|!?\[[^\]]*\]\(|\[[^\]]*\]:|\*\*|__|&#?\w+;|[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]|[\u{e0000}-\u{e007f}]|(?:^|\n)\s*(?:#|\||---)/u
/** So many characters of the rules in a row are no accident. */
const RULES_RUN = 10

function condemnation(text: string, sources: GroundingSources): GroundingFault | undefined {
  const letters = (one: string) => foldWithoutSpaces(one).replace(/[^\p{L}\p{N}]/gu, '')
  const said = letters(text)
  if (said.includes(letters(sources.canary))) return 'canary'
  if (holdsRunOf(said, letters(sources.rules))) return 'rules'
  if (MARKUP.test(text)) return 'markup'
  const hosts = [...foldForMatching(text).matchAll(URL_LIKE)].map(([, host, bare]) => host ?? bare)
  return hosts.every((host) => sources.allowedHosts.includes(host ?? '')) ? undefined : 'link'
}

function holdsRunOf(text: string, rules: string): boolean {
  for (let i = 0; i + RULES_RUN <= text.length; i++) {
    if (rules.includes(text.slice(i, i + RULES_RUN))) return true
  }
  return false
}

function faultOf(
  { text, cites }: WrittenSentence,
  sources: GroundingSources,
): GroundingFault | undefined {
  if (cites.length === 0) return 'no-citation'
  const passages = cites.flatMap((number) => sources.passages[number - 1] ?? [])
  if (passages.length < cites.length) return 'unknown-citation'
  if (text.length > LONGEST_SENTENCE) return 'too-long'
  // What two documents say is never one statement: one of them must carry the whole sentence.
  const documents = Map.groupBy(passages, ({ about }) => about)
  const faults = [...documents].map(([about, cited]) =>
    faultAgainst(text, { quotes: cited.map(({ quote }) => quote), about }, sources),
  )
  return faults.includes(undefined) ? undefined : faults[0]
}

interface DocumentSource {
  readonly quotes: readonly string[]
  readonly about: string
}

function faultAgainst(
  written: string,
  { quotes, about }: DocumentSource,
  sources: GroundingSources,
): GroundingFault | undefined {
  const link = foldForMatching(written).match(WHOLE_URL) ?? []
  const folded = quotes.map(foldWithoutSpaces)
  const context = foldWithoutSpaces(sources.context)
  const said = [...folded, context].join('\n')
  const unlinked = link.reduce((left, url) => left.replace(url, ''), foldForMatching(written))
  const text = said.includes('今年')
    ? unlinked
    : unlinked.replaceAll('今年', `${sources.thisYear}年`)
  const compact = foldWithoutSpaces(text)
  const all = `${said}\n${foldWithoutSpaces(about)}`
  const support = supportOf(folded, foldWithoutSpaces(about), context, sources)
  return (
    numberFault(compact, all) ??
    wordingFault(compact, said) ??
    clauseFault(compact, support, sources) ??
    (saysNewWords(text, all, sources) ? 'new-words' : undefined)
  )
}

/** Long runs of digits (phone numbers, document numbers) must be there as they are written. */
const DIGIT_STRING = /[0-9][0-9-]{4,}[0-9]|[〔[(][0-9]{4}[〕\])][0-9]+/g

function numberFault(text: string, source: string): GroundingFault | undefined {
  const strings = text.match(DIGIT_STRING) ?? []
  const isWhole = (written: string) => source.split(/[^0-9-]+/).includes(written)
  const known = (written: string) =>
    isWhole(written) || source.includes(`${written}号`) || /^[0-9]{1,9}$/.test(written)
  return strings.every(known) ? undefined : 'number-string'
}
