/**
 * The values of a kind that a stretch of text gives, as spans: what an asked kind is checked against.
 *
 * Works on the cleaned text of a document; full-width digits and punctuation count as half-width.
 */
import type { Span } from '../domain/span.ts'
import { allMatches } from '../text/all-matches.ts'
import type { Ask, AskedKind } from './asked-kinds.ts'
import { MEASURES } from './asking-rules.ts'

const NUMBER =
  '(?:\\d[\\d,]*(?:\\.\\d+)?|[一二三四五六七八九十百千两零〇]+)\\s*[十百千]?(?:[多余]?[万亿]{1,2})?\\s*(?:多|余|几|来)?'
const TO = '\\s*(?:至|到|—+|-|–|~|～)\\s*'

/** Measure words that count the same sort of thing: asked in one, a text may answer in another. */
const UNIT_CLASSES: readonly (readonly string[])[] = [
  ['名', '人', '位', '人次', '个人', '学生', '职工'],
  ['场', '场次', '次'],
  ['个', '家', '处', '座', '间', '所', '站', '支'],
  ['支', '根', '条'],
  ['户', '家'],
  ['本', '册', '部'],
  ['张', '份', '个'],
  ['起', '件', '项', '个', '条'],
  ['份', '套', '个'],
  ['人次', '次'],
  ['度', '℃', '摄氏度'],
  ['省', '市', '个省', '省市', '个省市', '个', '县'],
  ['单位', '企业', '家', '个'],
  ['种', '个', '项', '类', '件'],
  ['社区', '村', '个', '乡', '镇'],
]

const MONTH = '(?:\\d{1,2}|[一二三四五六七八九十]{1,3})月'
const DAY = '(?:\\d{1,2}|[一二三四五六七八九十]{1,3})[日号]'
const YEAR = '(?:19|20)\\d{2}年|二[〇零][一二三四五六七八九〇零]{2}年'
const PART = '(?:底|末|初|中旬|上旬|下旬|中下旬|上中旬|上半月|下半月)'

const DATES = [
  `(?:${YEAR}|明年|次年)?\\s*${MONTH}(?:${DAY}|${PART})?(?:${TO}(?:${YEAR}|明年|次年)?\\s*(?:${MONTH})?(?:${DAY}|${PART})?)?(?:前|之前|止|为止|起)?`,
  `(?:${YEAR})(?:${TO}(?:${YEAR}))?(?:底|末|初|年底|年末|前|之前|起)?`,
  `\\d{4}${TO}\\d{4}年`,
  `(?:今|明|去|本)?年(?:底|末|内|终|初)(?:前|之前)?|上半年|下半年|第?[一二三四]季度|月底|月初|春节前|元旦|五一|国庆`,
  `(?:每)?(?:周|星期|礼拜)[一二三四五六日天]`,
].join('|')

const FORMS: Partial<Record<AskedKind, string>> = {
  money: `${NUMBER}(?:元|块钱|块)(?:人民币|/[一-龥]+)?`,
  fee: `${NUMBER}元|免费|免收[一-龥]{0,6}费?|不收(?:取)?[^,。;]{0,8}费用?|不收(?:取)?任何|费用自理|自费|由(?:工会|单位)(?:承担|负担)`,
  percent: `\\d+(?:\\.\\d+)?%|\\d{1,2}[:：]\\d{1,2}(?=(?:的)?比例)|对半|各半|一半|百分之[一二三四五六七八九十百零点\\d.]+|[一二三四五六七八九]成[一二三四五六七八九半]?`,
  age: `${NUMBER}(?:${TO}${NUMBER})?(?:周?岁)`,
  duration: `(?:为期|历时|连续)?(?:(?<![\\d月])\\d{1,3}(?:\\.\\d+)?|[一二三四五六七八九十百两半]+)\\s*(?:个?工作日|个月|个?年(?!\\d)|天|日(?!\\d)|周|星期|个?(?:半)?小时|分钟|学期|学时|学年)(?:半)?|全年|长期|一整年|(?:19|20)\\d{2}年?(?:至|到|—+|-)(?:19|20)\\d{2}年`,
  frequency: `每(?:个)?(?:周|天|日|月|年|季度?|学期|半年)[一-龥]{0,4}|${NUMBER}(?:次|场次|场)|逐月|按月|按年|全天`,
  clock: `(?:上午|下午|晚上|早上|中午|凌晨|傍晚|晚)?\\d{1,2}(?:[:：]\\d{2}|[点时](?:\\d{1,2}分?|半|许|钟)?)(?:${TO}(?:上午|下午|晚上|次日)?\\d{1,2}(?:[:：]\\d{2}|[点时](?:\\d{1,2}分?|半)?))?|24小时|全天`,
  date: DATES,
  phone: `0\\d{2,3}-?\\s*\\d{7,8}|(?<!\\d)1[3-9]\\d{9}(?!\\d)|(?<!\\d)12\\d{3}(?![\\d多余万个件人名户元次家场本座])|400-?\\d{3}-?\\d{4}|(?<=(?:电话|热线|拨打|联系人?|老师|咨询)[^,。;]{0,12}?)(?<!\\d)\\d{7,8}(?!\\d)|(?<=(?:电话|热线|拨打)[^,。]{0,6})\\d{5,}|[\\w.]+@[\\w.]+`,
  contact: `0\\d{2,3}-?\\s*\\d{7,8}|(?<!\\d)12\\d{3}(?![\\d多余万个件人名户元次家场本座])|(?:向|找|联系|拨打|咨询)[^,。;]{2,20}(?:工会|热线|部门|中心|窗口|联系|电话)|[\\w.]+@[\\w.]+`,
  materials: `(?:带|携带|持|凭|穿|提供|提交|准备|出示|需|材料|上传)[^。;]{0,20}(?:身份证|户口[簿本]|(?:申请|登记|审批|认定|报名|推荐)表|复印件|证明|通知书|学生证|会员卡|会员证|结婚证|病历|发票|诊断书|照片|材料|检查单|工作证|工装|证件|社保卡|银行卡|居住证|营业执照|驾驶证|会员码|二维码)`,
  steps: `扫码|扫描|登录|注册|点击|填写|填报|提交|提出申请|申请人|报名|预约|审核|公示|关注[一-龥“]{0,10}公众号|凭[一-龥]{1,8}(?:领取|办理|参加)|到[^,。;]{2,16}(?:办理|领取|申请|报名|登记)|通过[^,。;]{2,20}(?:报名|申请|办理|领取|参与|参加)`,
  place: `赴[^,。;]{2,48}等(?:地|省|市|省市)|(?:位于|地处|坐落|设在|设于|建在|建到|延伸到|地址|地点|在|到|前往|来到|深入|走进|赶赴|抵达)[::]?[^,。;、]{1,20}?(?:路|街|巷|道|号|楼|室|小区|市场|广场|公园|园区|园|中心|大厅|文化宫|学校|小学|中学|学院|医院|社区|门店|车站|商场|大厦|地下室|街道|窗口|基地|会场|酒店|馆|厂|村|镇|乡|区|标段|合同段|工地|现场|项目部|车间|公路|接力站|服务站|驿站|站点|APP|App|小程序|公众号|平台|网站)|(?:位于|地处|坐落在?|设在|设于|就在)[^,。;]{2,24}(?:对面|旁边?|附近|路口|隔壁|楼下|门口)|(?<=分别(?:是|为|在|设在|位于)|包括)[^,。;]{2,60}?(?:宫|街区|俱乐部|中心|广场|公园|小区|社区|市场|医院|学校|[路街]|号|站|点|厅|室|园区)(?=[,。;]|$)|在[^,。;、]{2,24}(?=,(?:隆重)?(?:举行|举办|召开|开幕|开班|开赛))|在[^,。;、]{2,20}?(?=举行|举办|召开|开展|启动|开幕|开班|揭牌|开赛|进行)|[一-龥]{2,8}(?:小区|市场|地下室|大厦|大街|大道|商业街|路\\d+号|[路街]\\d+号)|[一-龥]{2,6}路(?=[一-龥]*(?:站|点))`,
  who: `(?:向|给|授予|被)[^,。;]{2,24}(?:颁发|授予|赠送|授牌)|[一-龥“”()()、+]{2,30}(?:主办|承办|牵头|负责|主持|组织|承接|出席|运营|领导|协办|印发|联合|签署|签订|签约)|由[^,。;]{2,24}|(?:书记|委员|董事长|行长|理事长|主席|主任|部长|局长|会长|秘书长|经理|院长|校长|处长|科长|教授|专家|法官|律师|医生|讲师|老师|教练|队长|站长|代表|负责人|记者|通讯员)[、一-龥]{2,4}`,
  payer: `由[^,。;]{2,20}(?:承担|负担|支付|列支|出资|解决|缴纳|补助|补贴|统筹)|[一-龥]{2,12}(?:出资|全额|买单)|自费|自理|自付|免费|从[^,。;]{2,20}(?:列支|支出|解决)`,
  reason: `受[^,。;]{2,16}影响|导致|遭受|因(?:为|此|(?=[一-龥]{2}))|由于|鉴于|原因|为(?:了|进一步|切实|更好)?[一-龥]{2,}[^,。;]{0,30}(?=,)|旨在|达不到|不符合|未能|没有达到|未达到|以便|从而|未通过|不合格`,
  name: `[“"《][^”"》]{2,30}[”"》]|(?:[A-Za-z]{3,}|[一-龥]{2,8})(?:APP|app|App|小程序|公众号|平台)`,
  link: `https?://\\S+|www\\.\\S+|[\\w-]+\\.(?:com|cn|org|gov|net)\\S*`,
  definition: `(?:是指|指的是|指|即|也就是|就是|定义为|称为)|(?:是(?!否|不是))`,
  progress: `(?:已|已经|现已|目前已|截至[^,。]{2,10})[^,。;]{0,24}(?:建成|完成|落实|发放|投入使用|达到|突破|开工|竣工|实现|办理|覆盖|招收|结案|超)|(?:建成|竣工|完成)(?:并)?投入使用|如期建成|全部(?:完成|建成)|正在[^,。;]{1,12}(?:中|建设|打造|推进)`,
  eligibility: `(?:对象|范围)(?:为|是|包括)?|面向|为[^,。;]{2,24}(?:提供|发放|办理|建立|赠送)|凡[^,。;]{2,20}|只要[^。;]{2,24}(?:都|就|均|即可)|(?:都|均)(?:会|能)|(?:均|都|皆)?可(?:以|凭|到|前往|通过|参加|参与|申请|领取|享受)|不得|仅限|限于|符合[^,。;]{2,20}条件|[一-龥、()()]{2,30}等[^,。;]{0,12}(?:劳动者|职工|人员|子女|家庭|群体|工作者)|职工|家庭|会员|劳动者|子女`,
}

const PATTERNS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries(FORMS).map(([kind, form]) => [kind, new RegExp(form, 'gi')]),
)

/** 「每人限领一支」: one is a figure here, not an article. */
const LIMITS_TO = /(?:限|每人|每天|每次|只能|仅|至多|最多)[领用报选参]?[一-龥]?$/

/** Values of the kind `ask` asks for, in order of appearance. */
export function valuesOf(ask: Pick<Ask, 'kind' | 'unit' | 'edge'>, text: string): Span[] {
  const pattern = ask.kind === 'count' ? countPattern(ask.unit) : PATTERNS.get(ask.kind)
  if (pattern === undefined) return []
  return allMatches(halfWidth(text), pattern)
    .filter(
      (match) =>
        match[0] !== '' &&
        !(
          ask.kind === 'count' &&
          /^一[^十百千万]/.test(match[0]) &&
          !LIMITS_TO.test(text.slice(0, match.index))
        ),
    )
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter((span) => ask.edge !== 'end' || isEnd(text, span))
}

/** Words that make a date the end of a period: 至8月31日, 8月15日前, 持续到8月底. */
export function isEnd(text: string, { start, end }: Span): boolean {
  const date = text.slice(start, end)
  if (/[前止底末]$|至|到|—|-|–|~|～/.test(date)) return true
  return /(?:至|到|截止|截至|止于|不晚于|不迟于|前|在|于)\s*$/.test(
    text.slice(Math.max(0, start - 4), start),
  )
    ? !/(?:在|于)\s*$/.test(text.slice(Math.max(0, start - 2), start)) ||
        /^(?:前|之前|截止|结束|为止|止)/.test(text.slice(end))
    : /^(?:前|之前|截止|结束|为止|止)/.test(text.slice(end))
}

/** Full-width ASCII to half-width, unit for unit. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (character) =>
    String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  )
}

/** Whether the kind has a recognisable form in a text; the others are judged by their words alone. */
export function hasForm(kind: AskedKind): boolean {
  return kind === 'count' || PATTERNS.has(kind)
}

const FIGURE = '\\d[\\d,]*(?:\\.\\d+)?\\s*[十百千]?(?:[多余]?[万亿]{1,2})?\\s*(?:多|余|几)?'
const NOT_COUNTED = '(?!年|月|日|号|点|时|周|岁|元|%|届|次全|批次|米|以|至|到|\\d)'

/** Made once a measure word: thousands of sentences are looked through for one question. */
const countPatterns = new Map<string, RegExp>()

function countPattern(unit = ''): RegExp {
  const known = countPatterns.get(unit)
  if (known !== undefined) return known
  const pattern = new RegExp(countForm(unit), 'gi')
  countPatterns.set(unit, pattern)
  return pattern
}

/** Without a measure word asked for, or with the general 个, any counted thing will do. */
function countForm(unit: string): string {
  if (unit === '' || unit === '个') {
    const counted = `${NOT_COUNTED}(?!个(?:月|小时|工作日))`
    return `${NUMBER}\\s*${counted}(?:${MEASURES})${NOT_COUNTED}|${FIGURE}${counted}[一-龥]{1,2}`
  }
  const units = [...new Set([unit, ...sameSort(unit)])]
    .toSorted((a, b) => b.length - a.length)
    .map(wholeUnit)
  return `${NUMBER}\\s*(?:${units.join('|')})|(?<=[量数](?:达到?|为|超过?|突破)?)\\d[\\d.]*万(?=[,。;]|$)`
}

/** 5个月 is no count of 个. */
function wholeUnit(unit: string): string {
  return unit === '个' ? '个(?!月|小时|工作日)' : unit
}

function sameSort(unit: string): string[] {
  return UNIT_CLASSES.filter((units) => units.includes(unit)).flat()
}
