/**
 * The place a document is about. Names count more in the title, near the opening, and before 总工会;
 * less in a row of places (安徽、浙江、四川). A place inside the best one takes its place when it is
 * named nearly as much: 四川省泸州市龙马潭区.
 */
import { type Gazetteer, liesWithin, NATION, type PlaceMention } from '../domain/jurisdiction.ts'

const UNION_AFTER = /^[省市州县区]?(?:级)?总?工会/
const NATIONAL_UNION = /中华全国总工会|全国总工会|(?<![\u4e00-\u9fff])全总/g
const OPENING = 200
const WEIGHTS = { title: 6, union: 4, opening: 2, plain: 1, inRow: 0.25 } as const
/** Share of the best place's weight at which a place inside it is meant. */
const NEARLY_AS_MUCH = 0.5

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
  for (const mention of mentions)
    add(mention.jurisdiction.code, weightOf(anchors, mention, mentions, offset))
  const nationals = anchors.match(NATIONAL_UNION)?.length ?? 0
  if (nationals > 0)
    add(
      NATION.code,
      NATIONAL_UNION.test(title) ? WEIGHTS.title + WEIGHTS.union : nationals * WEIGHTS.union,
    )
  return heaviest(weights)
}

function weightOf(
  text: string,
  mention: PlaceMention,
  mentions: readonly PlaceMention[],
  bodyStart: number,
): number {
  if (isInRow(text, mention, mentions)) return WEIGHTS.inRow
  const isUnion = UNION_AFTER.test(text.slice(mention.end, mention.end + 6))
  const inTitle = mention.start < bodyStart
  const inOpening = mention.start < bodyStart + OPENING
  return (
    (isUnion ? WEIGHTS.union : 0) +
    (inTitle ? WEIGHTS.title : inOpening ? WEIGHTS.opening : WEIGHTS.plain)
  )
}

function isInRow(text: string, mention: PlaceMention, mentions: readonly PlaceMention[]): boolean {
  return mentions.some(
    (other) =>
      (other.start === mention.end + 1 && text.charAt(mention.end) === '、') ||
      (mention.start === other.end + 1 && text.charAt(other.end) === '、'),
  )
}

function heaviest(weights: ReadonlyMap<string, number>): string | undefined {
  const total = (code: string) =>
    [...weights].reduce(
      (sum, [other, weight]) =>
        liesWithin(other, code) && (code !== NATION.code || other === code) ? sum + weight : sum,
      0,
    )
  let best: string | undefined
  for (const code of weights.keys()) {
    if (best === undefined || total(code) > total(best)) best = code
  }
  while (best !== undefined && best !== NATION.code) {
    const upper: string = best
    const inner = [...weights.keys()]
      .filter((code) => code !== upper && liesWithin(code, upper))
      .toSorted((a, b) => total(b) - total(a))[0]
    if (inner === undefined || total(inner) < total(upper) * NEARLY_AS_MUCH) break
    best = inner
  }
  const isClear = best !== undefined && total(best) >= 1
  return isClear ? best : undefined
}
