/**
 * What of a model's tidier list of tasks may be believed.
 *
 * A quote must stand in the text, a title must be made of the quote's words, an owner must be written
 * beside it. Days and figures are read from the quote by our own readers, whatever the model says. A task
 * that the rules read can be renamed, joined or cut, never lost: not its figure, not its day, not its owner.
 */
import { contains, overlaps, type Span, textAt } from '../domain/span.ts'
import type { TaskProposal } from '../domain/task.ts'

/** One task as a model words it; numbers in `of` count the rules' proposals from 1. */
export interface RefinedTask {
  readonly of: readonly number[]
  readonly quote: string
  readonly title: string
  readonly owner: string | null
}

export interface RefinementSource {
  readonly text: string
  /** What the rules read, in order. */
  readonly proposals: readonly TaskProposal[]
  /** Deadline, target and owner that the words of a span give. */
  readonly readSpan: (span: Span) => Pick<TaskProposal, 'deadline' | 'target' | 'owner'>
}

/** UTF-16 units. */
const LONGEST_TITLE = 48
const LONGEST_QUOTE = 400
/** Share of a title's characters that must stand in the quote. */
const OWN_WORDS = 0.9
const NUMERAL_RUN = /[\d０-９〇一二三四五六七八九十百千万亿%％.]+/g

/** The proposals in their tidier form; every one that the model got wrong stays as the rules read it. */
export function applyRefinement(
  refined: readonly RefinedTask[],
  source: RefinementSource,
): readonly TaskProposal[] {
  const groups = Map.groupBy(
    refined.flatMap((task) => place(task, source) ?? []),
    keyOf,
  )
  const accepted = [...groups.values()]
    .filter((group) => isFaithful(group, source))
    .map((group) => group.map(withOwnKey))
  const taken = new Set(accepted.flat().flatMap(({ of }) => of))
  const kept = source.proposals.filter((_, index) => !taken.has(index))
  const added = accepted.flat().map(({ proposal }) => proposal)
  const isKnown = (proposal: TaskProposal) =>
    kept.some((other) => other !== proposal && overlaps(other.span, proposal.span))
  const news = accepted.flat().filter(({ of }) => of.length === 0)
  const doubled = new Set(news.map(({ proposal }) => proposal).filter(isKnown))
  return [...kept, ...added.filter((proposal) => !doubled.has(proposal))].toSorted(
    (a, b) => a.span.start - b.span.start,
  )
}

interface Placed {
  /** Indexes of the rules' proposals, from 0, ascending. */
  readonly of: readonly number[]
  readonly proposal: TaskProposal
}

/** The first part is known as what the rules read; the others, and what is new, by their quote. */
function withOwnKey({ of, proposal }: Placed, index: number): Placed {
  const { quote, readAs } = proposal
  const isFirst = index === 0 && readAs !== undefined
  return { of, proposal: isFirst ? proposal : { ...proposal, readAs: { title: quote, quote } } }
}

/** Parts of one proposal are judged together; so is a join. */
function keyOf({ of, proposal }: Placed): string {
  return of.length === 0 ? `new ${proposal.span.start}` : of.join(',')
}

/** The task with its place in the text; undefined where a word of it is not the text's. */
function place(task: RefinedTask, source: RefinementSource): Placed | undefined {
  const of = [...new Set(task.of.map((number) => number - 1))].toSorted((a, b) => a - b)
  const origins = of.map((index) => source.proposals[index]).filter((each) => each !== undefined)
  if (origins.length !== of.length) return undefined
  const span = findQuote(task.quote, origins, source.text)
  const title = task.title.trim()
  if (!span || !isOwnTitle(title, textAt(source.text, span))) return undefined
  const { deadline, target, owner } = source.readSpan(span)
  const named = task.owner?.trim()
  const isNamed =
    named !== undefined && named.length > 1 && textAt(source.text, span).includes(named)
  const [first] = origins
  const responsible = owner ?? (isNamed ? named : first?.owner)
  return {
    of,
    proposal: {
      title,
      ...(responsible && { owner: responsible }),
      ...(deadline && { deadline }),
      ...(target && { target }),
      span,
      quote: textAt(source.text, span),
      ...(first && { readAs: first.readAs ?? { title: first.title, quote: first.quote } }),
    },
  }
}

/** A join covers what it joins; a part lies inside what it is cut from; a new task stands anywhere once. */
function findQuote(
  quote: string,
  origins: readonly TaskProposal[],
  text: string,
): Span | undefined {
  const words = quote.trim()
  if (words.length < 4 || words.length > LONGEST_QUOTE) return undefined
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const span = { start: at, end: at + words.length }
    const fits = origins.every(
      (origin) =>
        contains(span, origin.span) || (origins.length === 1 && contains(origin.span, span)),
    )
    if (fits) return span
  }
  return undefined
}

function isOwnTitle(title: string, quote: string): boolean {
  if (title.length < 2 || title.length > LONGEST_TITLE) return false
  const numerals = title.match(NUMERAL_RUN) ?? []
  if (!numerals.every((run) => quote.includes(run))) return false
  const characters = Array.from(title.replace(/[\s\p{P}]/gu, ''))
  const own = characters.filter((character) => quote.includes(character)).length
  return characters.length > 0 && own >= OWN_WORDS * characters.length
}

/** Nothing of what the rules read is lost: every day, figure and owner is still there, once. */
function isFaithful(group: readonly Placed[], { proposals }: RefinementSource): boolean {
  const origins = (group[0]?.of ?? []).flatMap((index) => proposals[index] ?? [])
  const parts = group.map(({ proposal }) => proposal)
  const isApart = parts.every((part, index) =>
    parts.every((other, at) => at === index || !overlaps(part.span, other.span)),
  )
  if (!isApart) return false
  return ([targetOf, dayOf, ownerOf] as const).every((fieldOf) => {
    const before = origins.map(fieldOf).filter((each) => each !== undefined)
    const after = parts.map(fieldOf).filter((each) => each !== undefined)
    return before.every((each) => after.includes(each))
  })
}

const targetOf = ({ target }: TaskProposal) =>
  target && `${target.value} ${target.unit} ${target.bound}`
const dayOf = ({ deadline }: TaskProposal) => deadline && `${deadline.dueOn ?? deadline.phrase}`
const ownerOf = ({ owner }: TaskProposal) => owner
