/** 文号, the number of an official document, in the shapes that occur: 总工办〔2016〕36号, 永工[2011]35, 院工字201830. */

const SHAPES: readonly RegExp[] = [
  /[\u4e00-\u9fff]{2,8}[〔[［【（(](?:19|20)\d{2}[〕\]］】）)]第?\d{1,4}号?/,
  /[\u4e00-\u9fff]{1,6}字第?(?:19|20)\d{2}[-—]?\d{1,4}号?/,
  /^[〔［[](?:19|20)\d{2}[〕\]］]第?\d{1,4}[号期]$/,
  /[\u4e00-\u9fff]{1,6}发(?:19|20)\d{2}年?第?\d{1,4}号/,
]
/** The number stands over the title, so only the head is searched: further down other documents are cited. */
const HEAD_LINES = 6
const LONGEST_LINE = 60

export function readNumber(text: string): string | undefined {
  const head = text.split('\n', HEAD_LINES).filter((line) => line.length <= LONGEST_LINE)
  for (const line of head) {
    const compact = line.replace(/\s+/g, '')
    const found = SHAPES.flatMap((shape) => shape.exec(compact)?.[0] ?? [])
    const own = found.find((number) => isOwn(compact, number))
    if (own !== undefined) return own
  }
  return undefined
}

/** A document's own number stands alone, or beside 签发人 and the like; a cited one in a sentence. */
function isOwn(line: string, number: string): boolean {
  return line.length - number.length <= MOST_BESIDE && !/根据|按照|依据|关于/.test(line)
}

const MOST_BESIDE = 14
