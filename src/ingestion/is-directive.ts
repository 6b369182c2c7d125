/**
 * Whether a sentence of a document sets a task.
 *
 * A report of a meeting sets tasks where somebody is told what to do (会议强调,要…); a plan or a notice
 * also by plain imperatives (开展…, 新建…, 请于…报送); news only by telling of an order (要求各级工会…). What
 * was done, how things stand and how a text introduces itself is no task.
 */
import type { DocumentKind } from '../domain/document.ts'

const ENUMERATOR =
  /^(?:[—-]{1,3}|[一二三四五六七八九十]{1,3}、|[(（](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|\d{1,2}[.、．](?!\d)|[①-⑩]|第[一二三四五六七八九十]{1,3}[,，、]|[一二三四五六七八九十]{1,3}(?:是|要(?=[^求]))|[·•●■◆]|\s)+/

const REPORTED =
  /^(?:会议|大会|全会|通知|方案|意见|(?:[\u4e00-\u9fff]{2,24}?(?:书记|主席|主任|部长|局长|同志|市长|省长|县长|[\u4e00-\u9fff]总)[\u4e00-\u9fff]{0,6}))?(?:还|并|同时|特别|最后|指出,?并)?(?:强调|要求|提出|明确|部署|指出|决定|确定)(?:指出)?[,，:：]?/

const ADVERB =
  '(?:认真|积极|大力|切实|着力|扎实|全面|深入|持续|进一步|广泛|努力|继续|重点|集中|统筹|主动|精心|严格|及时|加快|充分|不断|始终|高度|坚决|全力|有序|稳步|牢牢|从严|逐步|分批|分期|科学|合理|普遍|紧紧|牢固|因地制宜|定期|按时|按期|如期|尽快|尽早|适时|同步|联合|分层|分类|创新性地?|常态化|多形式|全年|今年|年内|年底前|力争|确保|计划|拟|将|再)'
const VERB =
  '(?:开展|夯实|厚植|凝聚|锻造|执行|遵守|严守|报告|下沉|下基层|组织|推进|推动|建立|健全|完善|加强|深化|落实|抓好|抓实|抓牢|做好|做实|做优|新建|建设|建成|建强|建好|举办|实施|完成|实现|提升|提高|强化|打造|培育|选树|评选|表彰|宣传|弘扬|学习|贯彻|传达|制定|研究|出台|编制|印发|召开|部署|排查|摸清|摸排|调研|走访|慰问|救助|帮扶|培训|轮训|发放|办理|办好|认证|发展|吸收|创建|创新|拓展|扩大|巩固|规范|整合|优化|保障|维护|服务|关爱|关心|引导|动员|激发|激励|调动|聚焦|围绕|明确|坚持|督促|督导|检查|考核|验收|评估|报送|上报|填报|汇总|统计|指导|协调|争取|投入|加大|筹集|签订|推行|推广|搭建|设立|配备|清理|整治|开通|更新|维修|改造|升级|化解|处理|受理|答复|公开|公示|接受|配合|支持|参加|参与|报名|申报|提交|确定|遴选|命名|授予|编写|录制|制作|发布|启动|开设|开放|改进|转变|树立|筑牢|增强|促进|高举|紧扣|突出|注重|履行|承担|牵头|负责|丰富|营造|构建|探索|延伸|成立|安排|张贴|修复|恢复|体检|疗休养|资助|赠送|购买|招聘|选派|征集|推荐|举行|同意|审议|送|建|办(?!公|法|事处|案)|抓|对接|覆盖|压实|用好|管好|守牢|严肃|审核|审查|收齐|收集|进行|录入|开办|筹集|提供|梳理|核实|复核|整改|自查|总结)'
const ANY_VERB = new RegExp(VERB)
const IMPERATIVE = new RegExp(`^(?:${ADVERB}[,，]?)*${VERB}`)
const LEAD_IN =
  /^(?:把|将|对|为|以|按照|依托|通过|结合|在|面向|针对|利用|到|自|从|于|每|各|凡)[^,，。]{1,60}?(?=[,，。]|$)/
/** Words that tell somebody to. 要 not as part of 主要, 重要, 需要 …; 应 not of 相应, 反应. */
const TOLD =
  /(?:^|[,，、:：;；”」)）]|[会工位部门织业人员干心室校司局厅处县区市级导同志们])(?:都|均|还|也)?(?:要(?!求|点|闻|素|件|么|是|不是|害|领)|须|必须|务必|应当?(?![急对用邀答届])|请(?:于|在|各|将|认真|及时|务必|遵照|结合|你|按|以|把))/

/** A text about itself, a closing formula, or what has been. */
const NO_TASK =
  /^(?:为[^,，]{2,40}[,，])?[^,，。]{0,16}决定(?:[于在][^,，。]{1,12})?(?:组织|开展|举办|评选)[^,，。]{2,30}。?$|通知如下|如下[:：]|公告如下|特此|现印发|现将|^附件|联系人|联系电话|^抄送|^主题词|自[^。]{0,30}起(?:施行|实施|执行)|由[^。]{0,20}负责解释|制定(?:本|以下|如下)(?:实施)?(?:方案|办法|计划|要点|细则)|公示期|如有(?:意见|异议|疑问|问题)|^据[^,，]{2,12}(?:报|网|社|》)|^(?:责任|牵头|承办|主办|配合)(?:单位|部门|处室|人)[:：]|^(?:完成时限|时限|完成时间|时间|期限|地点)[:：]|本报讯|记者|通讯员|^(?:主持|参加|出席)|主持会议|出席会议|参加会议/
/** The last line of an official document (版记): who printed it, and when. GB/T 9704—2012, 7.4. */
const IMPRINT =
  /^[\u4e00-\u9fff（）()、\s]{2,40}(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:印发|印制|印|翻印)[。.]?$/
const IN_THE_PAST =
  /(?<![\d一二三四五六七八九十])日前|近日|(?<!要)召开(?:了|[^,，。]{0,30}(?:会议|大会),)|举行(?:了|。)|了[,，。;；]|已(?:经|有|建|累计|达|完成|全部|成)|共计|累计|过去一年|一年来|去年(?!底前)|上年(?!度经费)|截至|取得了|(?<!不断|要)取得(?:明显|显著|积极)|各项工作取得|以来[,，]|成功|荣获|获评|获得/
const REPORTS_AN_ORDER =
  /(?:要求|强调|部署|通知)[^。]{0,24}?(?:各级|各地|各县|各市|各区|各单位|基层|所属)[^。]{0,12}?(?:工会|单位|部门|组织|机构)?[^。]{0,20}?(?:要|须|应|必须|务必|尽快|立即|抓紧|于)/

/** News tells of a union's promise, not of a shop's opening hours. */
const PROMISES =
  /(?=.*(?:工会|全[国省市县区]|会员|入会|建会))(?=.*(?:计划|力争|确保|目标|将达|将建|将新|将完成|将实现|要达|底前|末前|年底))|(?:到|至)[^,，]{2,10}底?[,，].*将/

export interface DirectiveContext {
  readonly kind: DocumentKind
  /** A limit that lies ahead stands in the sentence. */
  readonly hasDeadline: boolean
  /** Some limit stands in it, also one without a day (近期, 每季度末). */
  readonly hasLimit: boolean
  /** It names a year before the document's own. */
  readonly tellsOfPastYear: boolean
  /** A figure to be reached stands in the sentence. */
  readonly hasTarget: boolean
}

/** Whether the sentence sets a task, in a document of this kind. */
export function isDirective(sentence: string, context: DirectiveContext): boolean {
  const body = withoutEnumerator(sentence)
  if (body.length < 6 || NO_TASK.test(body) || IMPRINT.test(body)) return false
  const isPast = context.tellsOfPastYear || IN_THE_PAST.test(withoutReport(body))
  return !isPast && setsTask(body, context)
}

function setsTask(body: string, context: DirectiveContext): boolean {
  const reported = withoutReport(body)
  const headless = reported.replace(HEADED, '')
  const told = isImperative(headless) ? headless : headless.replace(BEFORE_IMPERATIVE, '')
  const isTold = TOLD.test(reported) || (reported !== body && isImperative(told))
  const isDated = context.hasDeadline && context.hasTarget
  switch (context.kind) {
    case 'plan':
    case 'notice':
      if (isExhortation(told, context)) return false
      return isDated || isTold || isImperative(told) || isPlanned(told, context)
    case 'meeting-report':
      return isDated || isTold || ASSIGNED.test(body) || isResolved(body, context)
    case 'news':
      return (isDated && PROMISES.test(told)) || REPORTS_AN_ORDER.test(body)
    case 'measure':
    case 'faq':
      return isDated
  }
}

/** 由办公室负责,4月15日前…: minutes name who does it. */
const ASSIGNED = /由[^,，。;；]{2,20}(?:负责|牵头|承办)[,，]/
/** 会议明确,今年新建8个; 会议同意搬迁方案 alone settles a matter and sets no task. */
const RESOLVED = /^会议(?:决定|明确|议定|确定|同意|原则同意)[,，:：]?/

function isResolved(body: string, { hasLimit, hasTarget }: DirectiveContext): boolean {
  return RESOLVED.test(body) && (hasLimit || hasTarget)
}

/** 高度重视,精心组织: in a notice the usual closing words, no task of their own. */
const EXHORTATION =
  /^(?:[\u4e00-\u9fff]{0,12}要)?(?:高度重视|提高(?:思想)?认识|统一思想|加强组织领导|强化组织领导|严禁|不得|请认真|坚持稳中求进)|^请?(?:按时|按期|如期)办结/

function isExhortation(told: string, { hasLimit, hasTarget }: DirectiveContext): boolean {
  return EXHORTATION.test(told) && !hasLimit && !hasTarget
}

/** In a plan whatever has a limit or a figure and says what is done. */
function isPlanned(body: string, { hasLimit, hasTarget }: DirectiveContext): boolean {
  return (hasLimit || hasTarget) && ANY_VERB.test(body)
}

/** Whether news tells of an order to union bodies: 要求各级工会…. */
export function reportsAnOrder(sentence: string): boolean {
  return REPORTS_AN_ORDER.test(sentence)
}

/** A sentence without what only counts it: 一、, (二), 3., 一是. */
export function withoutEnumerator(sentence: string): string {
  return sentence.replace(ENUMERATOR, '').trimStart()
}

/** A sentence without 「会议强调,」 and its like. */
export function withoutReport(sentence: string): string {
  return sentence.replace(REPORTED, '')
}

/** 财务部:负责经费保障 tells the body before the colon. */
const HEADED =
  /^[\u4e00-\u9fff（）()、]{2,24}(?:部|室|处|科|中心|工会|委员会|单位|文化宫|学校)[:：]/

/** 今年,平凉市总工会切实加强…; 总体要求是:认真学习…: what comes after is the imperative. */
const BEFORE_IMPERATIVE =
  /^(?:(?:今年|明年|全年|新的一年|下一步|20\d{2}年(?:度)?)[,，]?)?(?:[\u4e00-\u9fff]{0,20}(?:总体要求|总体思路|基本思路|工作思路|主要任务|重点任务|工作目标|总体目标|主要目标|目标任务|工作任务)(?:是|为)?[:：]|[\u4e00-\u9fff（）()、]{0,20}(?:总工会|工会|各单位|各部门)(?:要|计划)?)?/

/** Whether the words begin with doing: 认真开展…, or with what it is done to, for or by: 把…纳入…. */
export function isImperative(words: string): boolean {
  if (IMPERATIVE.test(words)) return true
  const [first = '', ...rest] = words.split(/[,，]/)
  if (!LEAD_IN.test(first)) return false
  return rest.some((clause) => IMPERATIVE.test(clause)) || ANY_VERB.test(first.slice(2))
}
