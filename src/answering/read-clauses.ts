/**
 * A text cut into clauses, each with what it states and how: the pieces that a reworded sentence is
 * held against. What a clause leaves out (its subject, its place, a 「不予」 before a list) it takes
 * over from the clauses before it.
 */
import { type FactReader, type StatedFact, statedFacts } from './stated-facts.ts'

export interface Clause {
  /** Folded, without white space and without its closing mark. */
  readonly text: string
  readonly facts: readonly StatedFact[]
  /** Its own telling words as pairs of characters. */
  readonly pairs: ReadonlySet<string>
  /** `pairs` and those of the clauses that it leans on. */
  readonly reach: ReadonlySet<string>
  /** Facts of kinds that last until another is named: year, place, level, organisation, person. */
  readonly governing: readonly StatedFact[]
  readonly negated: boolean
  /** What it is about when it opens with its verb: the subject of a clause before it. */
  readonly subject: string
  /** 「在档困难职工家庭中,」「住院治疗的,」: for whom the clause holds. */
  readonly scope?: Clause
}

/** What a reworded sentence is held against. */
export interface Support {
  /** Clauses of the cited quotes of one document and of what our own code says. */
  readonly clauses: readonly Clause[]
  /** What is known of the document: title, issuer, place, date; may name, never outweigh. */
  readonly about: readonly StatedFact[]
  /** Whether the document sets out what is to be done: a plan, a notice. */
  readonly isPlan: boolean
}

/** 县(市、区)总工会, 服务中心(站、点), 全委(扩大)会议: what may be left out. */
const VARIANTS = /\((?:[市区县州站点旗]|扩大|[、,])+\)/g
const CLAUSE_MARK = /[,，;；。!！?？:：、\n]/
const SENTENCE_MARK = /[。!！?？\n;；]/

/** Words that turn a statement round; those of bounds and fixed words do not. */
const NEGATION = /不|没|未|无|非|勿|禁|停止|取消|暂停|终止|拒|免(?!费)/
const NOT_NEGATING =
  /不(?:少于|低于|小于|超过|高于|多于|晚于|满|足|到|断|仅|但|同|过|管|论|久|动产|锈钢|可抗|得已|对|限于)|未(?:来|成年|满|必)|无(?:障碍|偿|论|锡|形|线)|没收|非(?:公|遗|物质|常|机动)|禁毒|无忧|绝不|并不|不是|没有写|非法/g

export function isNegated(text: string): boolean {
  return NEGATION.test(withoutBounds(text))
}

/** Without 不少于, 不断, 未来: words that hold a negation and turn nothing round. */
export function withoutBounds(text: string): string {
  return text.replace(NOT_NEGATING, '')
}

/** @param text folded, without white space. */
export function readClauses(text: string, reader: FactReader): Clause[] {
  const clauses: Clause[] = []
  let before: Clause | undefined
  let banned = false
  for (const { words, mark } of piecesOf(text.replace(VARIANTS, ''))) {
    const clause = readClause(words, before, banned, reader)
    clauses.push(clause)
    if (mark === ':') banned = clause.negated
    else if (/[。!！?？\n]/.test(mark)) banned = false
    before = SENTENCE_MARK.test(mark) ? endOfSentence(clause) : clause
  }
  return clauses
}

function* piecesOf(text: string): Generator<{ words: string; mark: string }> {
  let start = 0
  for (let i = 0; i <= text.length; i++) {
    const mark = text.charAt(i)
    const inNumber = /[,:]/.test(mark) && /^[0-9][,:][0-9]/.test(text.slice(i - 1, i + 2))
    if (i < text.length && (inNumber || !CLAUSE_MARK.test(mark))) continue
    const words = text.slice(start, i)
    if (words !== '') yield { words, mark: mark === '：' ? ':' : mark }
    start = i + 1
  }
}

/** Only the time goes on holding over the end of a sentence. */
function endOfSentence(clause: Clause): Clause {
  const governing = clause.governing.filter(({ kind }) => kind === 'year' || kind === 'place')
  const nothing = { text: '', subject: '', facts: [], pairs: new Set(), reach: new Set() } as const
  return { ...clause, ...nothing, governing } as Clause
}

const LASTING: ReadonlySet<string> = new Set(['year', 'place', 'level', 'organisation', 'person'])
const SCOPE = /(?:的|中|时|后|者|下|里|^如.*|^若.*)$/

function readClause(
  text: string,
  before: Clause | undefined,
  banned: boolean,
  reader: FactReader,
): Clause {
  const facts = statedFacts(text, reader)
  const pairs = tellingPairs(text, facts)
  const leans = before !== undefined && before.text !== '' && isElliptic(text, reader)
  const opening = ownSubject(text, reader)
  const subject = opening === '' ? (before?.subject ?? '') : opening
  const lent = leans ? before.reach : tellingPairs(subject, [])
  const reach = new Set([...pairs, ...lent])
  const own = facts.filter(({ kind }) => LASTING.has(kind))
  const kept = (before?.governing ?? []).filter(({ kind }) => own.every((one) => one.kind !== kind))
  const scoped = before !== undefined && SCOPE.test(before.text)
  return {
    text,
    facts,
    pairs,
    reach,
    governing: [...own, ...lastOfEach(kept)],
    subject,
    negated: banned || isNegated(text),
    ...(scoped && { scope: before }),
  }
}

/** 「与泉州相邻的漳州,目前有…」: what follows is about the last that was named. */
function lastOfEach(facts: readonly StatedFact[]): StatedFact[] {
  return [...new Map(facts.map((fact) => [fact.kind, fact])).values()]
}

/** A clause without a noun of its own speaks of what the one before spoke of. */
function isElliptic(text: string, { tagger }: FactReader): boolean {
  return !tagger
    .tagged(text)
    .some(({ word, tag }) => /^n/.test(tag) && word.length > 1 && !/^年度|年底|月底$/.test(word))
}

/** The words before the first verb; empty when it comes first. */
function ownSubject(text: string, { tagger }: FactReader): string {
  let subject = ''
  for (const { word, tag } of tagger.tagged(text.replace(/^[一二三四五六七八九十]是/, ''))) {
    if (tag.startsWith('v')) return subject
    if (/^[nar]/.test(tag)) subject += word
  }
  return subject
}

const GLUE = /[的了是在有和与及将要为也还由对把被并且或各于以从到至可能]/g

/** Facts whose words also tell what a clause is about. */
const WORDS_TOO: ReadonlySet<string> = new Set(['organisation', 'person', 'agent'])

/** Pairs of neighbouring characters of the words, without facts, negations and particles. */
export function tellingPairs(text: string, facts: readonly StatedFact[]): Set<string> {
  let left = text
  for (const { start, end, kind } of facts) {
    if (WORDS_TOO.has(kind)) continue
    left = left.slice(0, start) + ' '.repeat(end - start) + left.slice(end)
  }
  left = left.replace(GLUE, ' ').replace(/[不没未无非勿禁暂]/g, ' ')
  const pairs = new Set<string>()
  for (let i = 0; i + 1 < left.length; i++) {
    const pair = left.slice(i, i + 2)
    if (/^[\p{Script=Han}a-z]{2}$/u.test(pair)) pairs.add(pair)
  }
  return pairs
}

/** How many of the wanted pairs a clause holds. */
export function countShared(wanted: ReadonlySet<string>, held: ReadonlySet<string>): number {
  let shared = 0
  for (const pair of wanted) if (held.has(pair)) shared += 1
  return shared
}
