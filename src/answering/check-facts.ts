/** Whether the facts of a reworded clause stand beside the same words in the clauses it rests on. */
import type { GroundingFault } from './check-grounding.ts'
import { type Clause, countShared, type Support } from './read-clauses.ts'
import type { StatedFact } from './stated-facts.ts'

/** Pairs of characters of another item beside a figure that tell of a mix-up. */
const MOVED_PAIRS = 3
/** Kinds for which one clause may name several, and a clause without one falls to what governs it. */
export const NAMES: ReadonlySet<string> = new Set([
  'year',
  'place',
  'level',
  'organisation',
  'person',
])

export function factFault(clause: Clause, support: Support): GroundingFault | undefined {
  const wrong = clause.facts.find((fact) => !isSupported(fact, clause, support))
  if (wrong === undefined) return undefined
  if (wrong.kind === 'organisation') return 'organisation'
  return wrong.kind === 'place' || wrong.kind === 'person' ? 'name' : 'figure'
}

/** A fact holds when it stands in a clause that says most of what is said beside it here. */
function isSupported(fact: StatedFact, clause: Clause, { clauses, about }: Support): boolean {
  const isName = NAMES.has(fact.kind)
  const factsOf = (one: Clause) => (isName ? one.governing : one.facts)
  const rivals = clauses
    .filter((one) => factsOf(one).some(({ kind }) => kind === fact.kind))
    .map((one) => ({ one, score: likenessOf(clause, fact, one) }))
  const known = (facts: readonly StatedFact[]) => facts.some((other) => states(other, fact))
  const everywhere = clauses.flatMap(({ facts }) => facts)
  if (isName && rivals.length === 0) return known([...everywhere, ...about])
  const best = Math.max(0, ...rivals.map(({ score }) => score))
  const top = rivals.filter(({ score }) => score >= best).map(({ one }) => one)
  const holders = top.filter((one) => known(factsOf(one)))
  if (holders.length > 0) {
    return !isFigure(fact) || holders.some((one) => staysWith(clause, one, clauses))
  }
  if (!isName) return false
  // Said of the document as a whole, beside words that no clause with a rival says.
  return best === 0 ? known([...everywhere, ...about]) : isOfDocument(fact, top, about, known)
}

/** The issuer, place and year of the document may be named where the clause names none of its own. */
function isOfDocument(
  { kind }: StatedFact,
  top: readonly Clause[],
  about: readonly StatedFact[],
  known: (facts: readonly StatedFact[]) => boolean,
): boolean {
  const names = ({ text, facts }: Clause) =>
    facts.some((one) => one.kind === kind && (one.start <= SUBJECT_WITHIN || LED.test(text)))
  return known(about) && !top.some(names)
}

/** A name that begins this far into a clause is not its subject. */
const SUBJECT_WITHIN = 4
const LED = /由|牵头|负责|主办|承办/

/** Neither a name nor who does it nor which grade or share it is of. */
function isFigure({ kind }: StatedFact): boolean {
  return !NAMES.has(kind) && kind !== 'agent' && kind !== 'per' && kind !== 'grade'
}

/** Words of another item with a figure of its own are no words for this figure. */
function staysWith(clause: Clause, holder: Clause, clauses: readonly Clause[]): boolean {
  if (holder.pairs.size === 0) return true // 「到年底,」 holds for what follows it
  const around = new Set([...holder.reach, ...(holder.scope?.reach ?? [])])
  const foreign = [...clause.pairs].filter((pair) => !around.has(pair))
  const others = clauses.filter((one) => one !== holder && one.facts.some(isFigure))
  const moved = foreign.filter((pair) => others.some(({ pairs }) => pairs.has(pair)))
  return moved.length < MOVED_PAIRS
}

/** Its own words count more than those it leans on, facts beside it most. */
export function likenessOf(clause: Clause, fact: StatedFact | undefined, one: Clause): number {
  const beside = clause.facts.filter((other) => other !== fact)
  const shared = beside.filter((other) => one.facts.some((held) => states(held, other))).length
  const own = countShared(clause.pairs, one.pairs)
  return 2 * own + countShared(clause.reach, one.reach) + 4 * shared
}

/** A day with a year states the day without one. */
export function states(held: StatedFact, said: StatedFact): boolean {
  if (held.kind !== said.kind) return false
  if (held.key === said.key) return true
  if (held.kind === 'day') return sameDay(held.key, said.key)
  if (held.kind === 'hour') return said.key === held.key.replace(/^[早午下晚]/, '')
  if (held.kind === 'place') return held.key.startsWith(said.key) || said.key.startsWith(held.key)
  if (held.kind === 'agent') return sameAgent(held.key, said.key)
  if (held.kind === 'organisation') return held.key.endsWith(said.key)
  return false
}

function sameAgent(held: string, said: string): boolean {
  const [heldDeed, heldAgent = ''] = held.split(':')
  const [deed, agent = ''] = said.split(':')
  return heldDeed === deed && (heldAgent.endsWith(agent) || heldAgent.startsWith(agent))
}

function sameDay(held: string, said: string): boolean {
  const [heldDay, heldRelation, heldYear] = held.split('|')
  const [day, relation, year] = said.split('|')
  // 「到年底」 and 「年底」 say the same of a plan; 「9月30日前」 and 「9月30日」 do not.
  const vague = /^[年月季]/.test(heldDay ?? '') && heldRelation !== 'after' && relation !== 'after'
  const sameRelation = heldRelation === relation || vague
  return heldDay === day && sameRelation && (year === undefined || year === heldYear)
}

/** Figures of one kind that stand in one clause, or with 分别 in one text, keep their order and number. */
export function orderFault(
  written: readonly Clause[],
  { clauses }: Support,
): GroundingFault | undefined {
  const respective = clauses.some(({ text }) => text.includes('分别'))
  const texts = respective ? [clauses.flatMap(({ facts }) => facts)] : []
  for (const facts of [...texts, ...clauses.map((clause) => clause.facts)]) {
    const held = facts.filter(({ kind }) => !NAMES.has(kind) || kind === 'year')
    for (const kind of new Set(held.map((fact) => fact.kind))) {
      const keys = held.filter((fact) => fact.kind === kind).map(({ key }) => key)
      if (keys.length > 1 && !keepsOrder(keys, kind, written)) return 'figure'
    }
  }
  if (tornApart(clauses, written)) return 'figure'
  return written.some((clause) => repeats(clause, clauses)) ? 'figure' : undefined
}

/** 「分别奖励6000元、4000元和2000元」: which is whose is told only by the whole of it. */
function tornApart(clauses: readonly Clause[], written: readonly Clause[]): boolean {
  const at = clauses.findIndex(({ text }) => text.includes('分别'))
  if (at < 0 || written.some(({ text }) => text.includes('分别'))) return false
  const [first, ...rest] = clauses.slice(at)
  const end = rest.findIndex(({ pairs }) => pairs.size > 0)
  const own = [first, ...rest.slice(0, end < 0 ? rest.length : end)].flatMap(
    (clause) => clause?.facts ?? [],
  )
  const respective = own.filter(isFigure)
  if (respective.length < 2) return false
  return written.some(({ facts }) =>
    facts.some((said) => respective.some((fact) => states(fact, said))),
  )
}

function keepsOrder(keys: readonly string[], kind: string, written: readonly Clause[]): boolean {
  const said = written
    .flatMap(({ facts }) => facts)
    .filter((fact) => fact.kind === kind && keys.includes(fact.key))
    .map(({ key }) => keys.indexOf(key))
  return said.every((place, i) => i === 0 || place >= (said[i - 1] ?? 0))
}

/** 「价值299元和价值299元」 of a text that has 299 once. */
function repeats({ facts }: Clause, clauses: readonly Clause[]): boolean {
  const figures = facts.filter(isFigure)
  return figures.some((fact) => {
    const times = (held: readonly StatedFact[]) => held.filter((one) => states(one, fact)).length
    return times(figures) > 1 && clauses.every((clause) => times(clause.facts) < times(figures))
  })
}
