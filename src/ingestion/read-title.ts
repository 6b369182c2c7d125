/**
 * The title of a text: what the admin or the page says, else the line at the head, else the line of a
 * reprint notice at the end (转载请注明: 某省总工会 » 标题), else the first sentence.
 */

const LONGEST_TITLE = 80
const SITE_SUFFIX = /\s*[_|｜]\s*[^_|｜]{2,30}$|\s+[-–—]\s+[^-–—]{2,20}(?:网|工会|政府|频道)$/
const REPRINT = /^转载请(?:注明|标明)[:：]?\s*/
const REPRINT_SEPARATOR = /\s+[?？»›>|｜\-–—_]+\s+|\s*[»›]\s*/
const BYLINE =
  /^(?:记者|通讯员|本报讯|来源|作者|编辑|时间|日期|发布|据)|^[（(【[]|记者\s|讯[（(]|报道[:：]/

export function readTitle(text: string, chrome: readonly string[], hint?: string): string {
  return (
    usable(withoutSite(hint)) ??
    officialTitle(text) ??
    firstLine(text) ??
    reprintTitle(chrome) ??
    firstSentence(text)
  )
}

/** 标题_栏目_网站 is 标题. */
function withoutSite(hint: string | undefined): string | undefined {
  const shorter = hint?.replace(SITE_SUFFIX, '')
  return shorter === hint ? hint : withoutSite(shorter)
}

function usable(title: string | undefined): string | undefined {
  const trimmed = title?.trim()
  return trimmed === undefined || trimmed === '' ? undefined : trimmed
}

/** 关于……的通知, also broken over up to three lines, among the first lines. */
function officialTitle(text: string): string | undefined {
  const head = text.split('\n', 12)
  const start = head.findIndex(
    (line) => /关于[^。]{2,}/.test(line) && line.length <= LONGEST_TITLE && !/[。；]/.test(line),
  )
  if (start < 0) return undefined
  for (let count = 1; count <= 3; count += 1) {
    const joined = head.slice(Math.max(0, start - 1), start + count)
    const own = joined.slice(start === 0 ? 0 : 1).join('')
    if (!TITLE_END.test(own)) continue
    const above = start === 0 ? '' : (head[start - 1] ?? '')
    return /(?:工会|办公室|委员会|厅|局|部|政府)$/.test(above.trim()) &&
      !own.startsWith(above.trim()) &&
      !/文件$/.test(above)
      ? `${above.trim()}${own.trim()}`
      : own.trim()
  }
  return undefined
}

const TITLE_END =
  /(?:通知|办法|意见|方案|细则|条例|规定|决定|公告|通告|函|报告|请示|批复|要点|计划|规划|说明|倡议书|公示)(?:[（(][^）)]{1,12}[）)])?$/

function firstLine(text: string): string | undefined {
  const lines = text.split('\n', 4).map((line) => line.replace(/^#+\s*/, '').trim())
  if (lines.length < 2) return undefined
  const line = lines.find((candidate) => candidate.length >= 4 && !BYLINE.test(candidate))
  if (line === undefined || line.length > LONGEST_TITLE || /[。；：:]$/.test(line)) return undefined
  return /。/.test(line) ? undefined : line
}

function reprintTitle(chrome: readonly string[]): string | undefined {
  const line = chrome.find((cut) => REPRINT.test(cut.trim()))
  const parts = line?.trim().replace(REPRINT, '').split(REPRINT_SEPARATOR) ?? []
  return parts.length < 2 ? undefined : usable(parts.at(-1))
}

/** Bylines and datelines before the first words of the story. */
const LEAD_INS: readonly RegExp[] = [
  /^[\u4e00-\u9fff·]{0,12}?(?:\d{1,2}月\d{1,2}日)?(?:讯(?!员)|电(?![话子]))\s?(?:[（(][^）)]*[）)])?\s*/,
  /^[\u4e00-\u9fff]{0,10}?(?:记者|通讯员)\s?(?:[\u4e00-\u9fff]{2,4}\s)*[\u4e00-\u9fff]{2,3}?(?=\d|为|今年|近日|日前|\s)(?:\d{1,2}月\d{1,2}日(?:报道[:：])?)?\s*/,
  /^通讯员\s?[\u4e00-\u9fff]{2,3}(?=为|今年|近日|日前)/,
  /^[（(][^）)]{0,30}(?:记者|通讯员)[^）)]*[）)]\s*/,
  /^(?:\d{1,2}月\d{1,2}日)?[，,]?记者(?:\d{1,2}月?\d{0,2}日)?从[^，,]{2,20}获悉[，,]\s*/,
  /^(?:其中|据悉|据了解)[，,]\s*/,
]
const LONGEST_MADE_TITLE = 48

/** Where nothing is a title, the first sentence stands in, without byline, cut at a comma. */
function firstSentence(text: string): string {
  const opening = LEAD_INS.reduce((rest, leadIn) => rest.replace(leadIn, ''), text.trim())
  const sentence = /^[^。！？!?；;\n]*/.exec(opening)?.[0].trim() ?? ''
  if (sentence === '') return '未命名文件'
  if (sentence.length <= LONGEST_MADE_TITLE) return sentence
  const head = sentence.slice(0, LONGEST_MADE_TITLE)
  const comma = Math.max(head.lastIndexOf('，'), head.lastIndexOf(','))
  return comma > 12 ? head.slice(0, comma) : `${head}…`
}
