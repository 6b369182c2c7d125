/**
 * The parts of a text that tell what was done or what is wrong (一、2025年工作总结, 存在的问题): from such a
 * heading to the next of its level. Nothing in them is to be done.
 */
import type { Span } from '../domain/span.ts'

const HEADING =
  /^(?<number>[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]部分)(?<name>[^。\n]{2,30})$/gm
const REPORTS =
  /总结|回顾|(?:工作|完成|进展|基本|开展)情况|成绩|成效|取得|存在(?:的)?(?:主要)?(?:问题|不足|困难)|(?:问题|不足|困难)$/
const LOOKS_AHEAD = /安排|打算|计划|建议|整改|措施|下一步|部署|要求|报送|任务/

/** Such parts, in order. */
export function findReportParts(text: string): Span[] {
  const headings = [...text.matchAll(HEADING)]
  return headings.flatMap((heading, index) => {
    const name = heading.groups?.['name'] ?? ''
    if (!REPORTS.test(name) || LOOKS_AHEAD.test(name)) return []
    return [{ start: heading.index, end: headings[index + 1]?.index ?? text.length }]
  })
}
