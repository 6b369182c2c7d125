/** What a text promises to list against what was found: 文中称八件,识别到七件. */
import type { ListOfItems } from '../domain/list.ts'
import { parseNumber } from '../text/parse-number.ts'

const NUMERALS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
/** A promised number in front of the first item: 办好五件实事:一是…. */
const PROMISED =
  /(?<count>[二三四五六七八九十]{1,2}|\d{1,2})(?<measure>件|项|个|大|条)(?<name>[^,，。;；、:：“”]{0,12})[”"]?[:：]?\s*$/

/** One plain sentence for each list whose promised number was not found. */
export function checkListCounts(text: string, lists: readonly ListOfItems[]): string[] {
  return lists.flatMap((list) => {
    const promise = promiseOf(text, list)
    const found = list.items.length
    if (!promise || promise.count === found) return []
    const { name, count, measure } = promise
    return [
      `「${name}」文中称${spell(count)}${measure}，识别到${spell(found)}${measure}，请对照原文。`,
    ]
  })
}

function promiseOf(text: string, { title, declaredCount, items }: ListOfItems) {
  if (declaredCount !== undefined)
    return { name: title || '清单', count: declaredCount, measure: '项' }
  const [first] = items
  const match =
    first && PROMISED.exec(text.slice(Math.max(0, first.span.start - 40), first.span.start))
  const { count: written = '', measure = '项', name = '' } = match?.groups ?? {}
  const count = parseNumber(written)
  return count === undefined ? undefined : { name: `${written}${measure}${name}`, count, measure }
}

function spell(count: number): string {
  return NUMERALS[count] ?? String(count)
}
