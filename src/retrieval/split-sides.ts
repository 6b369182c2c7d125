/**
 * 「达川给快递员送的东西,跟甘州给农民工送的,有什么不一样」: what is asked of each of two places, as two
 * questions of their own, so that each is looked for by its own words.
 */
import type { Jurisdiction } from '../domain/jurisdiction.ts'
import { askedKinds } from './asked-kinds.ts'

export interface Side {
  readonly text: string
  readonly place: Jurisdiction
}

export interface NamedPlace {
  readonly start: number
  readonly end: number
  readonly jurisdiction: Jurisdiction
}

/** Perhaps with another name for the second before it: 跟高新区(新市区). */
const JOINS = /[,、]?[跟和与同比及](?:[^,。?]{1,5}[（(])?$/
/** Where what is asked of both begins, when no comma says so. */
const OF_BOTH = /(?:各自?|分别|哪(?!里|天|年)|谁|有什么|差多少|一样|相差|都)/
/** Characters of its own, at least, that make what stands beside the first place its own matter. */
const OWN_MATTER = 3

/** The two sides; undefined unless two places are set side by side and something is asked of them. */
export function splitSides(
  text: string,
  [first, second]: readonly NamedPlace[],
): readonly [Side, Side] | undefined {
  if (first === undefined || second === undefined || second.start <= first.end) return undefined
  const before = text.slice(0, second.start)
  if (!JOINS.test(before)) return undefined
  const lead = text.slice(0, first.start)
  const own = before.slice(first.end).replace(JOINS, '')
  const rest = text.slice(second.end)
  const comma = rest.search(/[,。?;]/)
  const shared = comma >= 0 && comma < rest.length - 1 ? comma : rest.search(OF_BOTH)
  const hasOwn = own.replace(/[^\p{L}\p{N}]/gu, '').length >= OWN_MATTER
  const asking = hasOwn ? rest.slice(shared) : rest
  if ((hasOwn && shared < 0) || askedKinds(asking).length === 0) return undefined
  const matter = hasOwn ? `${own},${rest.slice(shared).replace(/^,/, '')}` : rest
  const side = (place: NamedPlace, about: string): Side => ({
    text: lead + text.slice(place.start, place.end) + about,
    place: place.jurisdiction,
  })
  return [side(first, matter), side(second, rest)]
}
