/**
 * Enumerations with 「、」 that are introduced or summed up by a count: 「四色课堂」(即A、B、C、D); 三个主题,
 * 分别为A、B、C; A、B、C、D等4个重点群体; “A、B、C”三个方面. Without a count a row of 「、」 is no list.
 */
import type { ListItem, ListOfItems } from '../domain/list.ts'
import { parseNumber } from '../text/parse-number.ts'

const COUNT = '(?:[二两三四五六七八九十]{1,2}|\\d{1,2})'
const MEASURE = '(?:个|项|件|条|大|种|类|家|名|座|处|所|色|点|方面)'
const NAME = '[\\u4e00-\\u9fff]{1,12}'

/** The count, then the items. */
const COUNT_FIRST = new RegExp(
  `[“"]?(${COUNT}${MEASURE}?${NAME}?)[”"]?\\s*[（(，,:：]\\s*(?:即|分别(?:为|是|从)?|包括|也就是)[:：]?([^。；;）)\\n]+)`,
  'g',
)
/** The items, then the count. */
const ITEMS_FIRST = new RegExp(
  `([^。；;，,：:（(）)\\n]{2,24}(?:、[^。；;，,：:、（(）)\\n]{1,24}?){1,18}?)(等)?[”"]?(${COUNT}${MEASURE}${NAME})`,
  'g',
)
/** What may stand before the first item without belonging to it. */
const BEFORE_FIRST_ITEM =
  /^.*(?:协同|支持|联合|包括|围绕|来自|按照|针对|协调|会同|通过|开展|设立|分为|涵盖|设置|设有|设|从|由|为|向|对|在|以|如|即|是|有|和)(?=[“"]?[^、]{2,}$)/

/** Where the sentence goes on after the name: 4个重点群体 | 总体入会率. */
const AFTER_NAME =
  /(?<=.{2})(?=将|总体|都|均|共|的|在|以|为|等|开展|设计|进行|组成|参加|提供|作|联合|推|入会|建会|达到|保持|占|超过|实现|获得|及其)/

export function extractCountedLists(text: string): ListOfItems[] {
  return [...countFirst(text), ...itemsFirst(text)]
}

function countFirst(text: string): ListOfItems[] {
  return [...text.matchAll(COUNT_FIRST)].flatMap((match) => {
    const [whole, name = '', body = ''] = match
    const start = match.index + whole.length - body.length
    return toList(
      text,
      name,
      itemsOf(body, start),
      { start: match.index, end: match.index + whole.length },
      false,
    )
  })
}

function itemsFirst(text: string): ListOfItems[] {
  return [...text.matchAll(ITEMS_FIRST)].flatMap((match) => {
    const [whole, body = '', andOthers, name = ''] = match
    const skipped = BEFORE_FIRST_ITEM.exec(body.split('、')[0] ?? '')?.[0].length ?? 0
    const start = match.index + skipped
    const items = itemsOf(body.slice(skipped), start)
    return toList(
      text,
      name,
      items,
      { start, end: match.index + whole.length },
      andOthers !== undefined,
    )
  })
}

function itemsOf(body: string, offset: number): ListItem[] {
  let position = 0
  return body
    .split(/、|(?<=”)(?=“)|和(?=[^、]*$)|以及/)
    .flatMap((part) => {
      const start = body.indexOf(part, position)
      position = start + part.length
      const trimmed = part.replace(/^[\s“"]+|等?[\s”"，,]*$/g, '')
      if (trimmed === '') return []
      const from = offset + start + part.indexOf(trimmed)
      return [{ start: from, end: from + trimmed.length, text: trimmed }]
    })
    .map(({ start, end, text }, index) => ({ ordinal: index + 1, span: { start, end }, text }))
}

/** A list only when the count is borne out, or when 「等」 says that there are more than are named. */
function toList(
  text: string,
  name: string,
  items: readonly ListItem[],
  span: { start: number; end: number },
  andOthers: boolean,
): ListOfItems[] {
  const title = name.split(AFTER_NAME)[0] ?? name
  const declaredCount = parseNumber(new RegExp(`^${COUNT}`).exec(name)?.[0] ?? '')
  if (declaredCount === undefined || items.length < 2) return []
  const fits =
    items.length === declaredCount ||
    (andOthers && items.length >= 3 && items.length < declaredCount)
  if (!fits || text.slice(span.start, span.end).length > 300) return []
  return [{ title, aliases: [], declaredCount, span, items }]
}
