/** Which figures of a text are to be reached: 新建职工书屋30个, 入会率达到85%以上; not 围绕12件惠民实事. */
import type { Fact } from '../domain/fact.ts'
import type { Target } from '../domain/task.ts'

const TO_REACH =
  /新建|开办|筹办|建成|建设|建立|建|开展|办理|认证|救助|助学|发展|培训|达到|达|完成|实现|组织|帮扶|慰问|创建|培育|选树|举办|吸收|新增|打造|评选|命名|扶持|投入|筹集|发放|服务|不少于|不低于|以上|力争|确保|资助|疗养|体检|签订|覆盖|走访|配备|改造|设立|提供|拨付|表彰|推出|招收|安置|化解|办结|降低|控制|提升|提高|增长|设置|开设|购买|更新|张贴|安排|展出|形成|撰写|招聘|投保|赠送|参保|送|演出|轮训|征集|推荐|推选|报送|录制|维修|升级|印发|落实|参加|确定|明确|赠|超过?\d/
const NAMES_ONLY =
  /(?:围绕|聚焦|按照|落实|贯彻|依托|结合|对照|根据|作为|属于|列入|继)[^,，]*$|[(（]附[^()（）]*$/
/** 甲、乙、丙3个部门: the figure counts what was named. */
const SUMS_UP = /^(?:个|家|类|项|大)(?:部门|方面|行业|群体|单位|地区|省|市|县|环节|领域)/
/** 开设声乐、书法等6个班 makes six; 货车司机等4个群体 counts what was named. */
const MAKES = /(?:开设|开办|新建|建成|举办)[^,，]*等$/
/** 在全市50个驿站开展…: where, not how much, unless a verb stands between. */
const PLACE = /(?:^|[,，])[^,，]*?在(?<between>[^,，]*)$/
/** Lengths of time, ages and ranks are conditions, not results. */
const NO_RESULT =
  /^(?:年|天|周|岁|周岁|小时|个小时|分钟|个月|工作日|个工作日|届|级|层|米|公里|公斤|倍|期限)$/
/** 3项制度, 5个方面: how a text is laid out. */
const LAYOUT = /^(?:个方面|个环节|个步骤|个阶段|个部分|项内容|条)/

/** Whether a figure of `text` is one to be reached. */
export function isTarget(text: string, fact: Fact): boolean {
  if (fact.damaged || NO_RESULT.test(fact.unit)) return false
  const clause = text.slice(fact.span.start, fact.span.end)
  const before = text.slice(fact.span.start, fact.valueSpan.start)
  const after = text.slice(fact.valueSpan.end - fact.unit.length, fact.valueSpan.end + 4)
  const isFunded = fact.unit === '元' && /落实/.test(before)
  if ((NAMES_ONLY.test(before) && !isFunded) || LAYOUT.test(after)) return false
  if (SUMS_UP.test(after) && before.includes('、')) return false
  if (/等$/.test(before) && !MAKES.test(before)) return false
  const between = PLACE.exec(before)?.groups?.['between']
  if (between !== undefined && !TO_REACH.test(between)) return false
  return TO_REACH.test(clause)
}

export function targetOf({ value, bound, unit }: Fact): Target {
  return { value, bound, unit }
}
