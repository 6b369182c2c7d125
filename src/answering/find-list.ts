/** Finds the enumeration of a document that a question asks for: by its name, its number, or an item's ordinal. */
import type { ListItem, ListOfItems } from '../domain/list.ts'
import type { AskedKind } from '../retrieval/asked-kinds.ts'
import type { AskedOrdinal } from '../retrieval/asked-ordinal.ts'
import { matchTerm } from '../retrieval/match-term.ts'
import type { RankedDocument } from '../retrieval/rank-documents.ts'
import type { IndexedDocument } from '../retrieval/search-index.ts'
import type { UnderstoodQuestion } from '../retrieval/understand-question.ts'

export interface FoundList {
  readonly document: IndexedDocument
  readonly list: ListOfItems
  /** Set when one item was asked for by its ordinal and the list has it. */
  readonly item?: ListItem
  /** Set when the list ends before the item that was asked for. */
  readonly beyond?: AskedOrdinal
}

/** What a whole list answers; a question that also asks for a figure is answered by sentences. */
const LISTED: ReadonlySet<AskedKind> = new Set(['list', 'definition', 'open'])

/** Share of the list's name that the question must have. */
const NAMED = 0.6

export function findList(
  question: UnderstoodQuestion,
  documents: readonly RankedDocument[],
): FoundList | undefined {
  const asks = question.parts.flatMap((part) => part.asks)
  const asksList = asks.some(({ kind }) => LISTED.has(kind))
  if (question.ordinal === undefined && !(asksList && asks.every(({ kind }) => LISTED.has(kind)))) {
    return undefined
  }
  const scored = documents.flatMap(({ document, share }) =>
    document.lists.map((list) => ({
      document,
      list,
      score: nameScore(question, list) * (0.5 + 0.5 * share),
    })),
  )
  const best = scored.toSorted((a, b) => b.score - a.score)[0]
  if (best === undefined || best.score < NAMED * 0.5) return undefined
  const { document, list } = best
  const asked = question.ordinal
  if (asked === undefined) return { document, list }
  const item = list.items.find(({ ordinal }) => ordinal === asked.value)
  if (item !== undefined) return { document, list, item }
  const whole = list.declaredCount === undefined || list.declaredCount === list.items.length
  return best.score >= NAMED && whole && asked.value > list.items.length
    ? { document, list, beyond: asked }
    : undefined
}

const COUNTED = /([一二三四五六七八九十]{1,2}|\d{1,2})([一-龥])/g

/** 1 for the list's very name; its number and measure word (八件, 六抓) say nearly as much. */
function nameScore(question: UnderstoodQuestion, list: ListOfItems): number {
  const names = [list.title, ...list.aliases].filter((name) => name !== '')
  const whole = [question.text, question.earlier].join(' ')
  const byName = Math.max(0, ...names.map((name) => sharedPairs(name, whole)))
  const counted = names.some((name) =>
    [...name.matchAll(COUNTED)].some(([text]) => countsTheSame(text, name, whole)),
  )
  const terms = question.parts.flatMap((part) => part.terms).filter(({ key }) => key)
  const byTerms = terms.some((term) => names.some((name) => matchTerm(term, name).strength >= 0.8))
  return Math.max(counted && byTerms ? 1 : 0, counted ? 0.9 * Math.max(byName, 0.75) : 0, byName)
}

const NO_NOUN = /^(?:是|都|有|各|分|的|里|中|哪|指|呢|吗|叫|什|具|包|内|要|怎|为)/

/** 「五个地方论坛」 are not the 「五个板块」: the same number, of another thing. */
function countsTheSame(counted: string, name: string, question: string): boolean {
  const parts = question.split(counted)
  const nouns = parts.slice(1).flatMap((after) => /^[一-龥]{2,4}/.exec(after) ?? [])
  const things = nouns.filter((noun) => !NO_NOUN.test(noun))
  return parts.length > 1 && (things.length === 0 || things.some((noun) => sharesPair(noun, name)))
}

function sharesPair(noun: string, name: string): boolean {
  for (let i = 0; i + 2 <= noun.length; i++) if (name.includes(noun.slice(i, i + 2))) return true
  return false
}

function sharedPairs(name: string, text: string): number {
  if (name.length < 2) return 0
  let shared = 0
  for (let i = 0; i + 2 <= name.length; i++) if (text.includes(name.slice(i, i + 2))) shared += 1
  return shared / (name.length - 1)
}
