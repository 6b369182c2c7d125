/** The short answer in the text's own words: the clauses of a sentence that carry what was asked. */
import type { Span } from '../domain/span.ts'
import type { EvidenceUnit } from '../retrieval/evidence-units.ts'
import type { Evidence } from '../retrieval/weigh-units.ts'
import type { TableHead } from '../text/table-rows.ts'

/** A short answer is no longer than this, unless one clause alone is. */
const LONGEST_SUMMARY = 90
/** 「配备了冰箱、空气净化器等设施」 */
const LISTS = /[^,，。;；、]{2}、[^,，。;；、]{2}/
const CLAUSE_ENDS = /[,，;；。!！?？]/

/**
 * The stretch of the unit that carries the values asked for, or its beginning; never cut inside a clause.
 *
 * @param asksList then a clause that lists things is not left out.
 */
export function wordSummary({ unit, judgement, score }: Evidence, asksList = false): string {
  const { text } = unit
  if (unit.heads !== undefined) return wordRow(unit, unit.heads)
  if (text.length <= LONGEST_SUMMARY) return tidy(text)
  const anchors =
    judgement.values.length > 0
      ? judgement.values
      : score.places.map(({ at }) => ({ start: at, end: at + 1 }))
  const clauses = clausesOf(text)
  const wanted = clauses.filter((clause) =>
    anchors.some(({ start, end }) => start < clause.end && clause.start < end),
  )
  const first = wanted[0] ?? clauses[0]
  if (first === undefined) return tidy(text.slice(0, LONGEST_SUMMARY))
  let end = first.end
  for (const clause of wanted) if (clause.end - first.start <= LONGEST_SUMMARY) end = clause.end
  const said = tidy(text.slice(first.start, end))
  if (!asksList || LISTS.test(said)) return said
  const list = clauses.find((clause) => LISTS.test(text.slice(clause.start, clause.end)))
  return list === undefined ? said : `${said}……${tidy(text.slice(list.start, list.end))}`
}

/** A row of a table with what stands over its cells: 项目：结婚慰问，标准（元/人）：300. */
function wordRow(unit: EvidenceUnit, heads: readonly TableHead[]): string {
  const cells = unit.text.split('|').map((cell) => cell.trim())
  const said = cells.flatMap((cell, index) => {
    const { text = '', unit: measure } = heads[index] ?? {}
    if (cell === '') return []
    const isBare = measure !== undefined && /^[\d.,]+$/.test(cell)
    return [`${text === '' ? '' : `${text}：`}${cell}${isBare ? measure : ''}`]
  })
  return said.join('，')
}

function clausesOf(text: string): Span[] {
  const clauses: Span[] = []
  let start = 0
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i)
    if ('“(（《'.includes(character)) depth += 1
    if ('”)）》'.includes(character)) depth = Math.max(0, depth - 1)
    if (depth > 0 || !CLAUSE_ENDS.test(character)) continue
    clauses.push({ start, end: i + 1 })
    start = i + 1
  }
  if (start < text.length) clauses.push({ start, end: text.length })
  return clauses
}

/** 「高瑞峰 摄」「中新网北京8月10日电 (记者 余湛奕)」「本报讯(记者 林晓岚)」: who reports, before what is reported. */
const BYLINE =
  /^(?:[^,，。;；]{0,16}(?:摄|供图)\s*)?(?:[^,，。;；]{0,20}(?:本报讯|\d日(?:电|讯)|(?:社|网|报|台|客户端)[^,，。;；、]{0,8}(?:讯|电|报道))\s*(?:[(（][^)）]{2,30}[)）])?\s*[:：]?\s*(?:\d{1,2}日[,，])?)?/

/** Without the enumerator and the closing comma; the words stay the document's. */
function tidy(text: string): string {
  return text
    .trim()
    .replace(BYLINE, '')
    .replace(/^[一二三四五六七八九十]是/, '')
    .replace(/^(?:据悉|据了解|据介绍|目前|同时|其中)[,，]/, '')
    .replace(/[,，;；。、:：]+$/, '')
}
