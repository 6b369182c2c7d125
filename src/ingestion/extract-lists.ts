/**
 * Enumerations of a text as objects: 「八件实事」 with eight items, 「六抓六突破」 with six.
 *
 * Four shapes: inside a paragraph 「…:一是…;二是…;八是…。」; numbered lines 一、 (一) 1.; sentences of one
 * frame 「在组织领导上下功夫。…在宣传教育上下功夫。…」; and a counted name beside a row of 「、」.
 */
import type { ListOfItems } from '../domain/list.ts'
import { overlaps } from '../domain/span.ts'
import { extractCountedLists } from './extract-counted-lists.ts'
import { framedLists } from './framed-lists.ts'
import { nameList } from './name-list.ts'
import { inlineLists, numberedLines } from './numbered-lists.ts'

/** Lists of the text in order of appearance. `alsoSaid` are texts that were cut and may hold another name. */
export function extractLists(text: string, alsoSaid: readonly string[] = []): ListOfItems[] {
  const found = [...inlineLists(text), ...numberedLines(text), ...framedLists(text)]
  const named = found.map((list) => ({ ...list, ...nameList(text, list, alsoSaid) }))
  const counted = extractCountedLists(text).filter(
    (list) => !named.some((other) => overlaps(other.span, list.span)),
  )
  return [...named, ...counted].toSorted((a, b) => a.span.start - b.span.start)
}
