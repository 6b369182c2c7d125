/** Whether a reworded clause turns round what it rests on: denied or affirmed, planned or done. */
import { likenessOf } from './check-facts.ts'
import type { GroundingFault } from './check-grounding.ts'
import { type Clause, countShared, isNegated, type Support, withoutBounds } from './read-clauses.ts'

const SPOKEN_BY_US = /^(?:不对|不是|没有|并非|材料里?没有写?)/

/** Negations: one of its own, or one that is gone. */
export function turnedFault(
  clause: Clause,
  written: readonly Clause[],
  { clauses }: Support,
): GroundingFault | undefined {
  const ranked = clauses.map((one) => ({ one, score: countShared(clause.pairs, one.pairs) }))
  const best = Math.max(0, ...ranked.map(({ score }) => score))
  const top = ranked.filter(({ score }) => score > 0 && score === best).map(({ one }) => one)
  const own = isNegated(clause.text) || SPOKEN_BY_US.test(clause.text)
  if (own) {
    const denies = SPOKEN_BY_US.test(clause.text)
    const said = clauses.some(({ text, negated }) => (denies ? SPOKEN_BY_US.test(text) : negated))
    if (!said) return 'negation'
    if (!denies && top.length > 0 && top.every(({ negated }) => !negated)) return 'negation'
    return undefined
  }
  if (written.some((other) => other !== clause && other.negated)) return undefined
  const lost = top.length > 0 && top.every(({ negated }) => negated)
  return lost && countShared(clause.pairs, top[0]?.pairs ?? new Set()) > 0 ? 'negation' : undefined
}

const NOT = '(?:不予|不得|不能|不可|不再|暂不|禁止|严禁|不|没有|没|未|无|勿|禁)'
/** The two characters behind a negation, with nothing between them that ends its reach. */
const NEGATED_WORD = new RegExp(`${NOT}([\\p{Script=Han}]{2})`, 'gu')

/** A word that the text only denies is not affirmed, and one that it never denies is not denied. */
export function negatedWordFault(
  written: string,
  { clauses }: Support,
): GroundingFault | undefined {
  const source = withoutBounds(clauses.map((clause) => clause.text).join(','))
  const text = withoutBounds(written)
  const denied = new Set([...source.matchAll(NEGATED_WORD)].map(([, word = '']) => word))
  const lost = [...denied].some(
    (word) => affirmations(text, word) > 0 && affirmations(source, word) === 0,
  )
  if (lost) return 'negation'
  const own = [...text.matchAll(new RegExp(NOT, 'gu'))].map((match) =>
    wordBehind(text.slice(match.index + match[0].length), source),
  )
  return own.some((word) => word !== undefined && !isDeniedIn(clauses, word))
    ? 'negation'
    : undefined
}

/** The first two characters behind a negation that the source has too. */
function wordBehind(behind: string, source: string): string | undefined {
  const [reach = ''] = /^[^,。;的]{0,6}/.exec(behind) ?? []
  for (let at = 0; at + 2 <= reach.length; at++) {
    const word = reach.slice(at, at + 2)
    if (source.includes(word)) return word
  }
  return undefined
}

function affirmations(text: string, word: string): number {
  const behind = new RegExp(`${NOT}[^,。;的]{0,3}$`)
  let count = 0
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!behind.test(text.slice(Math.max(0, at - 6), at))) count += 1
  }
  return count
}

/** Denied directly, or by what stands before it in its clause, or by the head of its list. */
function isDeniedIn(clauses: readonly Clause[], word: string): boolean {
  return clauses.some(({ text, negated }) => {
    const at = text.indexOf(word)
    if (at < 0 || !negated) return false
    const before = text.slice(0, at)
    return isNegated(before.slice(before.lastIndexOf('的') + 1)) || !isNegated(text)
  })
}

const PLANNED = /计划|打算|准备|预计|拟(?!定)|将(?!军)|力争|再建|要(?!求|点|闻|素)|[日底旬月]前/
const DONE = /已|(?<=[\p{Script=Han}])了(?!解|的|[^,。;]{0,16}的)/u
const FIRMLY_DONE = /已|完成了|成功/
const SAYS_PLANNED = /计划|打算|准备|预计|拟(?!定)|将(?!军)|力争/
/** What tells that a clause reports what is over. */
const REPORTS =
  /已|(?<=[\p{Script=Han}])了(?!解)|截至|去年|上年|前[一二三四]季度|现场|[0-9]日(?![前内后截起至到]|之前|以前)/u

/** 「还将举办4场,并建立信息库」: the second is planned as the first. */
function leadsTo(one: Clause, next: Clause | undefined, top: readonly string[]): boolean {
  if (!PLANNED.test(one.text)) return false
  return top.includes(one.text) || (next !== undefined && top.includes(next.text))
}

/** Done is not planned: held against the clauses that speak of the same, and the kind of document. */
export function aspectFault(
  clause: Clause,
  { clauses, isPlan }: Support,
): GroundingFault | undefined {
  const isDone = DONE.test(clause.text)
  const isPlanned = SAYS_PLANNED.test(clause.text)
  if (!isDone && !isPlanned) return undefined
  const ranked = clauses.map((one) => ({ one, score: likenessOf(clause, undefined, one) }))
  const best = Math.max(0, ...ranked.map(({ score }) => score))
  const top = ranked.filter(({ score }) => score === best && best > 0).map(({ one }) => one.text)
  if (isDone) {
    const reports =
      clauses.some(({ text }) => REPORTS.test(text)) || (!isPlan && !FIRMLY_DONE.test(clause.text))
    return !reports || top.every((text) => PLANNED.test(text) && !DONE.test(text))
      ? 'aspect'
      : undefined
  }
  const plans = isPlan || clauses.some((one, i) => leadsTo(one, clauses[i + 1], top))
  const over = top.length > 0 && top.every((text) => DONE.test(text) || /截至|共有|去年/.test(text))
  return !plans || over ? 'aspect' : undefined
}
