/**
 * The place a document is about. Names count more in the title, near the opening, and before 总工会;
 * less in a row of places (安徽、浙江、四川). A place inside the best one takes its place when it is
 * named nearly as much: 四川省泸州市龙马潭区.
 */
import { type Gazetteer, liesWithin, NATION, type PlaceMention } from '../domain/jurisdiction.ts'

const UNION_AFTER = /^[省市州县区]?(?:级)?总?工会/
const NATIONAL_UNION = /中华全国总工会|全国总工会|(?<![\u4e00-\u9fff])全总/g
/** 在荔波举行, 赴新疆疗休养: where it happened, not whose it is. */
const VENUE_BEFORE = /[在赴于]$/
const OPENING = 200
const WEIGHTS = { title: 6, union: 4, opening: 2, plain: 1, venue: 0.5, inRow: 0.25 } as const
/** Share of the best place's weight at which a place inside it is meant. */
const NEARLY_AS_MUCH = 0.5
/** Share at which another place is meant as much: then the document belongs to no single one (京津冀). */
const RIVALS_AS_MUCH = 0.9

export function readPlace(
  title: string,
  text: string,
  chrome: readonly string[],
  gazetteer: Gazetteer,
): string | undefined {
  const weights = new Map<string, number>()
  const add = (code: string, weight: number) => weights.set(code, (weights.get(code) ?? 0) + weight)
  const sources = [title, text, ...chrome.filter((cut) => cut.includes('工会'))]
  const anchors = sources.join('\n')
  const offset = title.length + 1
  const mentions = gazetteer.findIn(anchors)
  mentions.forEach((mention, index) => {
    const neighbours = [mentions[index - 1], mentions[index + 1]]
    add(mention.jurisdiction.code, weightOf(anchors, mention, neighbours, offset))
  })
  const nationals = anchors.match(NATIONAL_UNION)?.length ?? 0
  const isInTitle = title.search(NATIONAL_UNION) >= 0
  if (nationals > 0) {
    add(NATION.code, isInTitle ? WEIGHTS.title + WEIGHTS.union : nationals * WEIGHTS.union)
  }
  return heaviest(weights)
}

function weightOf(
  text: string,
  mention: PlaceMention,
  neighbours: readonly (PlaceMention | undefined)[],
  bodyStart: number,
): number {
  if (neighbours.some((other) => other !== undefined && standInRow(text, mention, other)))
    return WEIGHTS.inRow
  const isUnion = UNION_AFTER.test(text.slice(mention.end, mention.end + 6))
  if (!isUnion && VENUE_BEFORE.test(text.charAt(mention.start - 1))) return WEIGHTS.venue
  const inTitle = mention.start < bodyStart
  const inOpening = mention.start < bodyStart + OPENING
  return (
    (isUnion ? WEIGHTS.union : 0) +
    (inTitle ? WEIGHTS.title : inOpening ? WEIGHTS.opening : WEIGHTS.plain)
  )
}

/** 安徽、浙江: one beside the other with 「、」 between. */
function standInRow(text: string, mention: PlaceMention, other: PlaceMention): boolean {
  const [first, second] = mention.start < other.start ? [mention, other] : [other, mention]
  return second.start === first.end + 1 && text.charAt(first.end) === '、'
}

function heaviest(weights: ReadonlyMap<string, number>): string | undefined {
  const ranked = [...weights.keys()].toSorted((a, b) => total(weights, b) - total(weights, a))
  const [best] = ranked
  if (best === undefined) return undefined
  if (best === NATION.code) return best
  const rival = ranked.find(
    (code) => code !== NATION.code && !liesWithin(code, best) && !liesWithin(best, code),
  )
  const isTied =
    rival !== undefined && total(weights, rival) >= total(weights, best) * RIVALS_AS_MUCH
  return isTied ? undefined : innermost(weights, best)
}

/** Steps down to the place inside that is named nearly as much. */
function innermost(weights: ReadonlyMap<string, number>, from: string): string {
  const [inner] = [...weights.keys()]
    .filter((code) => code !== from && liesWithin(code, from))
    .toSorted((a, b) => total(weights, b) - total(weights, a))
  if (inner === undefined || total(weights, inner) < total(weights, from) * NEARLY_AS_MUCH)
    return from
  return innermost(weights, inner)
}

/** Weight of a place with all places inside it; the nation counts only itself. */
function total(weights: ReadonlyMap<string, number>, code: string): number {
  return [...weights]
    .filter(([other]) => other === code || (code !== NATION.code && liesWithin(other, code)))
    .reduce((sum, [, weight]) => sum + weight, 0)
}
