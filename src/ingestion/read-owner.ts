/**
 * 责任单位, only where the sentence itself names it: 各级工会要…, 由权益保障部负责, 责任单位:…. A subject that
 * the text leaves out stays out.
 */

import { withoutEnumerator } from './is-directive.ts'

const BODY =
  '(?:各[市县区州][(（][^()（）]{1,8}[)）][\\u4e00-\\u9fff]{0,6}?总?工会|[\\u4e00-\\u9fff（）()]{0,14}?(?:总工会|工会(?:组织|机关|干部|小组|委员会)?)|[\\u4e00-\\u9fff]{1,12}?(?:部门|部|办公室|委员会|中心|学校|公司|集团|局|厅|处|科|室|文化宫|经审会|女职委|各单位|单位|企业))'
const BODIES = `${BODY}(?:[、和及与]${BODY})*`
const LABELLED =
  /(?:责任(?:单位|部门|处室|人)?|牵头(?:单位|部门)?|承办(?:单位|部门)?|主办(?:单位)?|配合单位)[:：]\s*([^。;；,，)）\n]{2,40})/
const BY_WHOM = new RegExp(`由(${BODIES})(?:牵头|负责|承办|组织|统一|具体|会同|实施|审核|汇总)`)
const SUBJECT = new RegExp(
  `(?:^|[,，:：;；。])(?:其中[,，])?(${BODIES})(?:都|均|也)?(?=要(?!求)|须|必须|务必|应当|应(?![急对])|需|将|切实|认真|着力|负责|牵头|每|于|按|在\\d|把|对照|力争|确保|结合|至少|全年|组织|对(?!照)|会同|广泛|积极|报送|上报|汇总|向|投入|筹集|[^,，。;；]{1,14}前|负责)`,
)
const ASKED = new RegExp(`请(${BODIES})(?=于|在|自|从|将|认真|按|务必|及时|结合|把|组织|对)`)
/** 宣教部:负责方案制定。 */
const HEADED = new RegExp(`^(${BODIES})[:：](?=负责|做好|牵头|承担|组织|落实|指导|配合)`)
/** Words in which a body is what is acted on, not who acts. */
const NOT_A_SUBJECT =
  /^(?:加强|推动|推进|指导|组织(?![部处科])|引导|督促|支持|联合|围绕|对|向|为|把|将|以|在|从|关于|按照|会议|通过|开展|健全|完善|帮助|各类企业|动员|深化|建立|要求|做好|抓好|依托|根据|结合)|的|是|了/

/** 责任单位:…, written out. */
function readLabelledOwner(line: string): string | undefined {
  return LABELLED.exec(line)?.[1]?.trim()
}

/** 由经济工作部牵头,各产业工会配合。 as a sentence of its own, which speaks of the whole line. */
const BY_WHOM_ALONE = new RegExp(
  `(?:^|[。;；,，])由(${BODIES})(?:牵头|负责|承办|统筹|组织实施)(?=[,，。;；]|$)`,
)

/** Who a line makes responsible for all of it, in words of their own. */
export function readResponsible(line: string): string | undefined {
  return readLabelledOwner(line) ?? BY_WHOM_ALONE.exec(line)?.[1]
}

/** The body that a sentence makes responsible, verbatim; undefined when it names none. */
export function readOwner(quote: string): string | undefined {
  const sentence = withoutEnumerator(quote)
  const labelled = readLabelledOwner(sentence) ?? HEADED.exec(sentence)?.[1]
  if (labelled) return labelled
  const named = [BY_WHOM, ASKED, SUBJECT].map((pattern) => pattern.exec(sentence)?.[1])
  return named.find((owner) => owner !== undefined && !NOT_A_SUBJECT.test(owner))
}
