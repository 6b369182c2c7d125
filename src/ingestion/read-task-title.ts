/**
 * A short title in the document's own words: the clause that says most of what is to be done.
 * Never a word that is not in the quote.
 */
import { isImperative, withoutEnumerator, withoutReport } from './is-directive.ts'

/** UTF-16 units; longer clauses are cut at a pause. */
const LONGEST_TITLE = 48
/** What a clause loses for each one before it: the first one mostly names the matter. */
const LATER = 0.3
const GENERIC =
  /^(?:要|都要|也要)?(?:进一步)?(?:加强组织领导|健全完善工作机制|坚持[\u4e00-\u9fff]{2,8}(?:标准|原则|导向|为本)$|明确目标方向|注重过程管理|确保取得实效|高度重视|提高(?:政治)?站位|统一思想|精心组织|压实责任|强化(?:组织|责任)|不断(?:提升|增进|增强)|充分调动|以[^,，]{2,30}为(?:抓手|目标|动力|基础|根本|突破口|统揽|契机|载体)$|按照|围绕|聚焦|结合|为[^,，]{2,30}(?:贡献|作出|提供|奠定)|奋力|干字当头|积极投身|筑牢|努力(?!建设)|使|让|从而|切实把|推动[^,，]{2,20}不断|激发劳动力量|(?:各|全)[\u4e00-\u9fff]{1,8}(?:工会|单位|部门)$)/
const LEADING =
  /^(?:都|均|也|还|并|同时|特别是|尤其是|重点是|要求|此外|其中)*(?:要(?!求|点|闻)|须|必须|务必|应当|应(?=当?[\u4e00-\u9fff])|请)?/

/** The title of a task whose words are `quote`. */
export function readTaskTitle(quote: string, owner?: string): string {
  const body = withoutReport(withoutEnumerator(quote.trim()))
  const [sentence = body] = body.split(/[。！？!?\n]/)
  const clauses = sentence
    .split(/[,，;；]|[:：](?!\d)/)
    .map((clause) => strip(clause, owner))
    .filter((clause) => clause.length >= 4)
  const [best = sentence] = clauses
    .map((clause, index) => ({ clause, weight: weight(clause) - LATER * index }))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ clause }) => clause)
  return shorten(best)
}

/** The title of a list's item: its first sentence where that is short, as the text itself heads it. */
export function readItemTitle(quote: string, owner?: string): string {
  const body = withoutEnumerator(quote.trim())
  const [heading = body] = body.split(/[。！？!?\n;；]/)
  return heading.length <= LONGEST_TITLE ? heading : readTaskTitle(quote, owner)
}

function strip(clause: string, owner: string | undefined): string {
  const plain = clause.trim().replace(LEADING, '')
  const withoutOwner = owner && plain.startsWith(owner) ? plain.slice(owner.length) : plain
  return withoutOwner
    .replace(LEADING, '')
    .replace(/^(?:于|在)(?=[^,，]{1,14}前)/, '')
    .replace(/[。.;；,，]+$/, '')
}

/** Named things and figures say most; generic phrases and mere limits least; earlier wins on a tie. */
function weight(clause: string): number {
  const length = Math.min(clause.length, 24) / 24
  return (
    length +
    (/[“「《]/.test(clause) && !/投身|要求$/.test(clause) ? 1.5 : 0) +
    (/\d(?!\d*个?(?:工作日|天|日))|百分之/.test(clause) ? 1 : 0) +
    (isImperative(clause) ? 1 : 0) +
    (/[前内](?:完成|报|办|建|召开|制定|上|汇总|提交|形成|开展|组织|拿出|出台|启动)[\u4e00-\u9fff]{2,}/.test(
      clause,
    )
      ? 2
      : 0) +
    (/工会|职工|劳模|驿站|企业|劳动|会员|经费|书屋/.test(clause) ? 0.6 : 0) -
    (GENERIC.test(clause) ? 3 : 0) -
    (/^[\d一二三四五六七八九十年月底日前]{2,12}前?$/.test(clause) ? 3 : 0)
  )
}

function shorten(title: string): string {
  if (title.length <= LONGEST_TITLE) return title
  const cut = title.slice(0, LONGEST_TITLE)
  const pause = Math.max(cut.lastIndexOf('、'), cut.lastIndexOf('”') + 1)
  return pause > 12 ? cut.slice(0, pause) : cut
}
