/** For when and where a question asks: years, levels, places. */
import { type Jurisdiction, type JurisdictionLevel, liesWithin } from '../domain/jurisdiction.ts'

/** 「23年夏天」, but not 「干了23年」. */
const SHORT_YEAR =
  /(?:^|[,。;\s在是跟和])([12]\d)年(?!以上|多|了|内|来|前|后|限|的?工龄|期|工|级|以|里)/

/** Years named or meant: 2014年, 今年; empty when the question insists on none. */
export function yearsAsked(text: string, askedOn: Temporal.PlainDate): number[] {
  const written = [
    ...text.matchAll(
      /(?<!\d)((?:19|20)\d{2})(?![\d多余万人名元户个家位场次件台块亩米支份套箱瓶])/g,
    ),
  ].map(([, year]) => Number(year))
  if (written.length > 0) return [...new Set(written)]
  const short = SHORT_YEAR.exec(text)?.[1]
  if (short !== undefined) return [2000 + Number(short)]
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

/** 「河南来的油漆工」: where somebody is from, whatever place the question is about. */
export function isOrigin(text: string, end: number): boolean {
  return /^(?:那边)?(?:来的|过来的|籍|老家|户口)/.test(text.slice(end))
}

const GOES_TO = /(?:去|赴)$|(?:劳模|职工|工匠|代表|我们|他们|人|队)[^,。?]{0,4}到$/
const ON_A_TRIP = /^[^,。?]{0,4}(?:疗休?养|休养|旅游|考察|参观|交流|支援|援建|的劳模)/

/** 「去新疆疗休养的劳模」: where somebody travels, whatever place the question is about. */
export function isDestination(text: string, start: number, end: number): boolean {
  const before = text.slice(0, start)
  if (/^疗休?养/.test(text.slice(end)) && /去|赴/.test(text.slice(end))) return true
  if (!GOES_TO.test(before)) return false
  return (
    ON_A_TRIP.test(text.slice(end)) || /(?:劳模|职工|工匠|代表)[^,。?]{0,4}(?:去|赴)$/.test(before)
  )
}

/** Each place once; of places inside one another the most specific decides. */
export function distinctPlaces(places: readonly Jurisdiction[]): Jurisdiction[] {
  const known = [...new Map(places.map((place) => [place.code, place])).values()]
  return known.filter(
    ({ code }) => !known.some((other) => other.code !== code && liesWithin(other.code, code)),
  )
}
