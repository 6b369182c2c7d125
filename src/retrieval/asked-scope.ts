/** For when and where a question asks: years, levels, places. */
import { type Jurisdiction, type JurisdictionLevel, liesWithin } from '../domain/jurisdiction.ts'

/** Years named or meant: 2014年, 今年; empty when the question insists on none. */
export function yearsAsked(text: string, askedOn: Temporal.PlainDate): number[] {
  const written = [
    ...text.matchAll(
      /(?<!\d)((?:19|20)\d{2})(?![\d多余万人名元户个家位场次件台块亩米支份套箱瓶])/g,
    ),
  ].map(([, year]) => Number(year))
  if (written.length > 0) return [...new Set(written)]
  if (/今年|本年/.test(text)) return [askedOn.year]
  if (/去年|上年/.test(text)) return [askedOn.year - 1]
  if (/明年|来年/.test(text)) return [askedOn.year + 1]
  return []
}

const LEVELS: readonly (readonly [RegExp, JurisdictionLevel])[] = [
  [/全总|全国总工会|全国(?!劳模|五一|示范|劳动模范)/, 'nation'],
  [/省里|省总|全省|本省|省级(?!示范)|省工会/, 'province'],
  [/市里|市总|全市|本市|市工会|州里|州总/, 'prefecture'],
  [/县里|县总|全县|本县|区总|区里|全区/, 'county'],
]

/** Level asked for by 省里, 市总, 全县. */
export function levelAsked(text: string): JurisdictionLevel | undefined {
  return LEVELS.find(([pattern]) => pattern.test(text))?.[1]
}

/** Each place once; of places inside one another the most specific decides. */
export function distinctPlaces(places: readonly Jurisdiction[]): Jurisdiction[] {
  const known = [...new Map(places.map((place) => [place.code, place])).values()]
  return known.filter(
    ({ code }) => !known.some((other) => other.code !== code && liesWithin(other.code, code)),
  )
}
