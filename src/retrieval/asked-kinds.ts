/**
 * What kind of value a question asks for. Refusal rests on this: a passage that is about the right
 * thing but does not give the kind of value that was asked is a near miss, not an answer.
 */

/** The kinds of value a question can ask for, from a figure to an explanation. */
export const ASKED_KINDS = [
  'money',
  'percent',
  'count',
  'fee',
  'age',
  'duration',
  'frequency',
  'clock',
  'date',
  'phone',
  'contact',
  'materials',
  'steps',
  'place',
  'who',
  'list',
  'definition',
  'progress',
  'eligibility',
  'number',
  'in-force',
  'meeting',
  'source',
  'document-date',
  'document-person',
  'alternative',
  'premise',
  'payer',
  'reason',
  'link',
  'name',
  'yes-no',
  'open',
] as const
export type AskedKind = (typeof ASKED_KINDS)[number]

/** One thing that is asked. */
export interface Ask {
  readonly kind: AskedKind
  /** The words that ask it, in the standardised question. */
  readonly phrase: string
  readonly start: number
  /** Measure word asked for: 个, 名, 户 …; only with `count`. */
  readonly unit?: string
  /** The word that follows 多少: 学生, 职工书屋; only with `count`. */
  readonly counted?: string
  /** With `date`: asked when it ends (到几号, 截止) or when it begins (从哪天起). */
  readonly edge?: 'start' | 'end'
  /** Asked per head, household, day …: 每人, 一户, 一天; the evidence must say so too. */
  readonly per?: string
}

export const MEASURES =
  '个|名|人次|人|轮|遍|趟|度|户|家|处|座|间|所|场次|场|次|件|项|条|期|届|批|份|瓶|箱|台|辆|套|位|亩|平方米|公里|门|本|篇|起|级|类|支|队|对|班|层|种|元|万|只|部|块|张|根|盒|袋|包|杯|县|市|省|村|社区|乡|镇|企业|单位'

const MONEY_NOUN =
  '钱|款|金额|经费|资金|补助|补贴|津贴|奖金|费用|费|会费|工资|薪|助学金|慰问金|保证金|奖励|标准|块|元|投资'
const MONEY_VERB =
  '拿|领到|拿到|发|补|交|缴|赔|报销|报|奖|奖励|补助|补贴|救助|资助|值|花|投|拨|给|领|收|出|赔偿|资助|投资|列支'

interface Rule {
  readonly kind: AskedKind
  readonly pattern: RegExp
}

const END = '(?=[,。?!;、呢啊吧了的]|$)'

/** Tried in this order; a stretch that one rule has taken is not read again by a later one. */
const RULES: readonly Rule[] = [
  { kind: 'number', pattern: /文号(?:是)?(?:多少|什么|几号)?|第几号文|几号文/g },
  {
    kind: 'in-force',
    pattern:
      /(?:从|自)?(?:什么时候|哪天|几号|哪年)(?:开始|起)?(?:执行|实施|施行|生效)|有效期(?:多久|几年|到什么时候)?|(?:还|是否)(?:有效|算数|作数|管用|执行|适用)(?:吗|么)?|过期(?:了)?(?:吗|没有)?/g,
  },
  { kind: 'money', pattern: /how much/g },
  { kind: 'count', pattern: /how many()/g },
  { kind: 'date', pattern: /\bwhen\b|what date|deadline/g },
  { kind: 'place', pattern: /\bwhere\b/g },
  { kind: 'who', pattern: /\bwho\b/g },
  {
    kind: 'who',
    pattern:
      /(?:主席|书记|部长|主任|会长|局长|院长|校长|站长|经理|负责人|秘书长|队长|厂长|董事长|理事长)(?:是谁|叫什么(?:名字)?|是哪位|姓什么|是哪个)|谁是[一-龥]{0,16}?(?:主席|书记|部长|主任|会长|局长|院长|校长|站长|经理|负责人|秘书长|队长|厂长|董事长|理事长)/g,
  },
  { kind: 'list', pattern: /\bwhich\b|what are/g },
  {
    kind: 'meeting',
    pattern: /(哪次|哪个|哪一次|什么|哪场)(会议|会|全委会|大会)(?!员|费)(上)?|会议名称/g,
  },
  {
    kind: 'source',
    pattern:
      /(哪个|什么|哪家)(媒体|报纸|报社|报道|报上|平台发)|(哪个|什么|哪家)网站(?=[^,。?]{0,4}(登|发|看|报|转))|来源|出处|谁(报道|发布|写)的|从?哪(里|儿)?(来|看到|转|发|登)的/g,
  },
  {
    kind: 'document-date',
    pattern:
      /((这份|这个|这篇|那份|该)?(文件|通知|报道|材料|计划|消息|新闻|会议|会))(是)?(什么时候|哪天|几号|哪年|几月)(几号)?(发|开|印发|召开|发布|出|登|报道)?(的|布的)?|(什么时候|哪天|几号|哪年)(召开|开的会|开会|发布|印发|发的文)/g,
  },
  {
    kind: 'phone',
    pattern:
      /(拨打|拨|打)(哪个|几号|什么)(电话|热线|号码|号)?|手机号码?|手机(是)?多少|电话号码|(电话|热线|号码|手机)[^,。?]{0,4}(多少|几号|是什么|是哪个|有吗|有没有)?|联系方式|邮箱/g,
  },
  {
    kind: 'link',
    pattern: /网址|链接|网站(?:地址|是什么|是多少)|website(?: address)?|\burl\b/g,
  },
  {
    kind: 'payer',
    pattern:
      /(?:由)?(?:谁|哪里|哪方|哪家|哪个(?:单位|部门)?)(?:来)?(?:出钱|出资|出(?=[?。,]|$)|掏钱?|承担|负担|付钱?|买单|报销)|(?:自己|个人|职工|单位|公司|企业|工会)(?:来|给)?(?:出|掏|交|付|承担|负担)(?:钱|的)?(?:吗|还是)/g,
  },
  {
    kind: 'name',
    pattern:
      /(?:哪个|哪款|哪种|什么)(平台|软件|小程序|app|公众号|渠道|系统|品牌|口号|称号|名称)|(?<=活动|行动|项目|品牌|工程|比赛|大赛|计划|培训|课堂)(?:的)?(?:名字|名称)?叫(?:什么|啥)(?:名字|名称)?|(?:主题|口号|名称)(?:是|叫)(?:什么)/g,
  },
  {
    kind: 'reason',
    pattern:
      /为(?:什么|何)|凭什么|什么(?:原因|缘故)|(?:原因|理由)是(?:什么)?|怎么(?:就|会)(?=[一-龥])/g,
  },
  {
    kind: 'contact',
    pattern: /找谁(联系|问|报名|办|申请|领|要)?|跟谁联系|和谁联系|怎么联系|联系(谁|哪)|向谁/g,
  },
  {
    kind: 'materials',
    pattern:
      /(什么|哪些|什么样的)(材料|证件|资料|证明|手续)|(材料|证件|证明)[^,。?]{0,4}(哪些|什么|呢)|材料有哪些|(要|需要|得)?带(什么|哪些)(材料|证件|资料|东西)?|带身份证[^,。?]{0,6}|要准备什么|(身份证|会员卡|户口本)还是[^,。?]{1,8}/g,
  },
  {
    kind: 'steps',
    pattern:
      /流程|步骤|手续|(怎么|怎样)个?(办|报|申请|领|操作|加入|入会|参加|预约|申报|登记|兑|建档|参与|投保|报名|缴费|借)[^,。?]{0,6}|怎么(领|申请)法|领法|办法是什么|如何申请/g,
  },
  {
    kind: 'fee',
    pattern:
      /(?:要|用|需要)?(?:交|缴|花|付|给)?(?:钱|费)吗|收(?:不收)?费(?:吗|不)|免费(?:吗|的吗)|要不要(?:交|花)?(?:钱|费)|收不收钱/g,
  },
  {
    kind: 'percent',
    pattern:
      /百分之(几|多少)|各?占(比|了)?多少|几成(?!新|熟)|(?:怎么|如何)(?:个)?(?:分摊|分担)|多少%|[一-龥]{1,6}(率|比例|占比)[^,。?0-9]{0,8}(多少|几成|几)|多大比例/g,
  },
  {
    kind: 'age',
    pattern:
      /(几|多少)周?岁|(年龄|多大)(的)?(?=[^,。?]{0,6}(孩子|年龄|能|可以|限制|区别|要求|范围|$))|多大年纪|年龄/g,
  },
  {
    kind: 'count',
    pattern: /(?:有|面积(?:有|是)?)多大()(?=[,。?]|$)|面积(?:是|有)?多少()|多少平(?:米|方)?()/g,
  },
  { kind: 'clock', pattern: /几点(钟)?(到几点)?|什么时段|什么钟点|(开放|营业|上班|服务)时间/g },
  {
    kind: 'frequency',
    pattern:
      /几次|多少次|多(久|长时间)[^,。?]{0,6}一次|一次[^,。?]{0,4}多久|天天|每天都|每周几|隔几天|几天一次/g,
  },
  {
    kind: 'duration',
    pattern:
      /(几|多少)(个)?(天|年|个月|小时|星期|周|工作日|学期|课时)(?!级|内建)|多久|多长时间|时长|为期|多长/g,
  },
  {
    kind: 'date',
    pattern:
      /什么时候(之前|前|之后)?|哪(一)?(天|年|月|日)(哪月)?(哪日)?(前|为止)?|几月份?(几[号日])?(到几月)?|几[号日](?!楼|院|门|线|窗|厅|柜)(截止|前|之前)?|什么(时间|日期|日子)|截止(日期|时间)|时间(是|安排)|期限|到什么时候|多会/g,
  },
  {
    kind: 'money',
    pattern:
      /哪(?:个|边|里|家|省|市|县|地)[^,。?]{0,14}(?:给|发|补|奖|拨|领|赔)[^,。?]{0,4}(?:多|少|高|低)(?=[,。?]|$)/g,
  },
  {
    kind: 'money',
    pattern: new RegExp(
      `多少(?!(?:${MEASURES})(?!钱|款|费))(?=[^,。?0-9]{0,6}(?:钱|款|金|(?<!免)费|经费|资金|补助|补贴|工资))[^,。?0-9]{0,6}?(?:钱|款|金|(?<!免)费|经费|资金|补助|补贴|工资)` +
        `|(?:多少|几)(?:万|千|百|亿)?(?:元|块)(?:钱)?` +
        `|(?:${MONEY_NOUN})[^,。?0-9个名人]{0,5}(?:多少|几何)${END}` +
        `|(?:${MONEY_VERB})(?:了|得|的|给)?(?:最多|最少|最高)?多少${END}` +
        `|(?:收入|工资|月薪|花销|开销)[^,。?0-9]{0,4}(?:低于|高于|超过|不超过|达到|少于|在|要|得)(?:多少|几)(?:以[上下内])?` +
        `|(?:封顶|起付)(?:线)?(?:是|为)?(?:多少|几)|多大金额|贵不贵`,
      'g',
    ),
  },
  {
    kind: 'eligibility',
    pattern:
      /(?:给|面向|针对|为|慰问|帮助|帮扶|救助|资助|服务|照顾|走访|发给|送给)(?:了|的)?(?:谁|哪些人|什么人)|(?:谁|哪些人|什么人|什么样的人)(?:可以|能|才能|有资格)|收(?:哪些|什么)(?:人|样)?的?/g,
  },
  {
    kind: 'place',
    pattern:
      /哪几?(条|个|处)(街|路|地方|小区|社区|园区|乡镇|点)(上)?|(在|到|去)哪些(地方|街道|小区|社区)|在(哪|什么地方|何处|什么位置)(里|儿|条街|个地方|几个地方|几处地方|几处|些地方)?(上)?|哪(里|儿)|什么地方|地址|什么位置|位置|哪条(街|路)|哪个(地方|窗口|街道)|去哪|住哪|到哪(里|儿)|地点/g,
  },
  {
    kind: 'who',
    pattern:
      /哪(?:几个|几家|两家|三家|几位|些)(?:单位|部门|机构|企业|人)(?=[^,。?]{0,6}(?:办|主办|联合|牵头|负责|组织|发言|讲话|出席))/g,
  },
  {
    kind: 'list',
    pattern:
      /哪(一|两|二|三|四|五|六|七|八|九|十|几|\d+)+(些)?(个|项|件|种|类|色|点|方面|样|抓|送|难|功|条|名|大|型|部分|段|家|位|省|省市|城市|行业)?|哪些|(都|分别)?(有|包括|包含)(些)?(什么|谁)(?!要求|说法|规定|措施|意见|安排|变化|不同|区别|好处|意思|用|关系|办法|条件|不一样)|分别(是|叫|指)?(什么|谁)|列(出|全|举|一下)|具体内容|都有什么|有些什么|指哪|(是)?哪几|(做|干|配|备|设|放|摆|装|卖|用|查|发|给|送|抽到|学|教|搞|考|比|设|讲|看|加|增加|提供|包含|宣传|检查|准备)(了|到|些|的|有)*(些)?什么(?!时候|时间|地方|意思)/g,
  },
  {
    kind: 'list',
    pattern:
      /(?<![第\d])(?:[二两三四五六七八九十]|\d{1,2})(?:样|种|类|项|件|个)[^,。?]{0,8}(?:是|有|叫|指)(?:些)?什么/g,
  },
  {
    kind: 'count',
    pattern: /哪(?:个|边|里|家|省|市|县|地)[^,。?]{0,10}(?:更)?(?:多|少)(?=[,。?]|$)()/g,
  },
  {
    kind: 'count',
    pattern: new RegExp(
      `(?:多少|几|有没有多少)(${MEASURES})?(?!点|号|月|岁|年(?!级)|天)|任务数|指标数|总数|名额`,
      'g',
    ),
  },
  {
    kind: 'who',
    pattern:
      /谁|哪(个|些|家|位|名|几个|几家|两家|三家)(单位|部门|人|机构|公司|企业|领导|老师|专家|教授|律师|医生|师傅|学校|大学|医院|班组|选手|劳模)|哪[家个](?=承办|主办|牵头|组织|负责)|哪位|什么单位|什么部门|牵头单位|责任单位|哪个(?=主持|负责|牵头|承办)/g,
  },
  {
    kind: 'definition',
    pattern:
      /是?什么意思|含义|指的?是?什么|什么是|什么叫|怎么解释|(?<=^(?:那|这个)?["“]?[^的,。?]{2,10}["”]?)是什么(?=[,。?!]|$)/g,
  },
  {
    kind: 'progress',
    pattern:
      /(完成|建成|建好|落实|结束|到位|实现|办完|发完|开工|达标|做完|搞完|兑现|建齐|建完|修好|修完|办成|办好|落地|达成|凑齐|开成|做成)了?(没有|没|吗|了吗|了没)|(完成|建成|落实|进展|推进|办)(得)?(情况)?怎么样|进展|进度|完成情况/g,
  },
  {
    kind: 'eligibility',
    pattern:
      /算不算|能不能|可不可以|能否|可否|是否(可以|能|符合)|可以[^,。?]{0,14}(吗|么)|能[^,。?]{0,14}(吗|么)|算[^,。?]{0,10}(吗|么)|有(他们|我|我们)的?份|有没有份|有份(没有|吗)|够不够(格|条件)|符合(条件)?|什么条件|条件(是|有)|资格|(谁|哪些人|什么人)(能|可以|才能)|给谁|面向谁|对象|收(哪些|什么)(人|样)/g,
  },
  { kind: 'alternative', pattern: /还是/g },
  {
    kind: 'premise',
    pattern:
      /对吗|对吧|是吗|是吧|真的吗|真的假的|是真的(?=[?]|$)|也是(?=[?]|$)|是这个数吗|没错|属实吗|(?<=[一-龥0-9%])吧(?=[?。!]|$)/g,
  },
  {
    kind: 'yes-no',
    pattern:
      /(?<=[一-龥])(吗|(?<![什怎那这多])么)(?=[?。!,]|$)|有没有|是否|是不是|([一-龥])不\2(?!起)|有[^,。?]{1,8}没有/g,
  },
  { kind: 'open', pattern: /怎么|什么|说法|要求|措施|情况|介绍|内容|意见|精神|重点|抓手/g },
]

/** 「现在还能领吗」 turns on the day it ends. */
const STILL_OPEN =
  /还(?:(?:能|可以)(?!再)|有得|有没有|在|办|开|受理|收|送|发)[^,。?]{0,12}(?:吗|么|没有|吧)(?=[?。,]|$)|还有(?:吗|没有)|还(?:在)?(?:搞|开|办|做|弄|进行)(?:着)?(?:了)?(?:吗|没有)|还?(?:来得及|赶得上|晚不晚|迟不迟)|还[一-龥]{1,3}得[到上着](?:吗|么)|(?:截止|结束|过期|停)了?(?:吗|没有)/
/** 「我退休了还能参加吗」 turns on who may, whatever the day. */
const OWN_CASE = /(?:我|他|她|家里|单位)[^,。?]{0,12}(?:了|的|没有|不)[^?]*还/
const NOW = /现在|今天|目前|这会|来得及|赶得上|截止|结束|过期|晚不晚|迟不迟/

/** 「能拿多少」 asks what one person gets, not what was spent in all. */
const FOR_ONESELF = /能(?:领|拿|得)(?:到)?(?:多少|几)/

const PER =
  /每(?:个|一)?(?:人|名|户|家|位|月|年|天|日|次|期|学期|周|职工|学生|孩子)|人均|户均|一(?:个)?(?:人|户|家|位|名|月|年|天|日|期|学期|孩子|职工)(?=[^,。?]{0,10}(?:多少|几))/g

/** Everything the standardised question asks, in the order of asking; empty when it only states. */
export function askedKinds(text: string): Ask[] {
  const asks: Ask[] = []
  let left = text
  for (const { kind, pattern } of RULES) {
    for (const match of left.matchAll(pattern)) {
      const phrase = match[0]
      if (phrase === '') continue
      asks.push({
        kind,
        phrase,
        start: match.index,
        ...(kind === 'count' && countedIn(text, match)),
        ...(kind === 'date' && edgeOf(text, match)),
      })
    }
    left = left.replace(pattern, (phrase) => '\u0000'.repeat(phrase.length))
  }
  if (asksWhetherOpen(text) && asks.every(({ kind }) => kind !== 'date')) {
    asks.push({ kind: 'date', phrase: '', start: text.length, edge: 'end' })
    return asks.filter(({ kind }) => kind !== 'premise' && kind !== 'yes-no')
  }
  const per = text.match(PER)?.at(-1) ?? (FOR_ONESELF.test(text) ? '每人' : undefined)
  return dropVague(asks)
    .toSorted((a, b) => a.start - b.start)
    .map((ask) => (per && isFigure(ask.kind) ? { ...ask, per } : ask))
}

function asksWhetherOpen(text: string): boolean {
  return STILL_OPEN.test(text) && (NOW.test(text) || !OWN_CASE.test(text))
}

const ENDS = /截止|为止|期限|(?:到|至|前|之前)$|^到|之?前$|完成|结束|管到|搞到|领到|办到|开到/
const STARTS = /从$|自$|开始|开工|启动|出发|起$|动工/

/** Which end of a period is asked: words of the phrase and beside it tell. */
function edgeOf(text: string, match: RegExpMatchArray): Pick<Ask, 'edge'> {
  const at = match.index ?? 0
  const before = text.slice(Math.max(0, at - 3), at)
  const after = text.slice(at + match[0].length, at + match[0].length + 4)
  if (ENDS.test(before) || ENDS.test(match[0]) || /^(?:截止|为止|之?前|结束)/.test(after)) {
    return { edge: 'end' }
  }
  return STARTS.test(before) || /^(?:开始|启动|出发|起|开工)/.test(after) ? { edge: 'start' } : {}
}

const PEOPLE =
  /^(?:在职|单身|困难|一线|户外|适龄|参赛|受助|新|女|男){0,2}(?:学生|职工|员工|人员|工人|孩子|会员|劳模|司机|骑手|劳动者|群众|干部|选手|女职工|农民工|子女|老师|青年|妇女|女性|男性|家长|老人|代表|队员|志愿者|嘉宾|观众|人次?)(?:$|[领参入在能可会受来要加办得到有去])/

/** What is counted: by the measure word, or by the noun, people in 名. */
function countedIn(text: string, match: RegExpMatchArray): Partial<Pick<Ask, 'unit' | 'counted'>> {
  if (/多大|面积|平/.test(match[0])) return { unit: '平方米' }
  const unit = match[1]
  const after = text.slice((match.index ?? 0) + match[0].length)
  const counted = /^[一-龥]{1,8}/.exec(after)?.[0]
  const people = counted !== undefined && PEOPLE.test(counted)
  if (unit !== undefined)
    return { unit: unit === '个' && people ? '名' : unit, ...(counted && { counted }) }
  if (counted === undefined) return {}
  return people ? { unit: '名', counted } : { counted }
}

/** Whether the kind asks for a figure that can be told right from wrong by its unit. */
export function isFigure(kind: AskedKind): boolean {
  return kind === 'money' || kind === 'count' || kind === 'percent'
}

/** 「怎么样」 beside a clear ask says nothing of its own. */
function dropVague(asks: Ask[]): Ask[] {
  const clear = asks.filter(({ kind }) => kind !== 'open' && kind !== 'yes-no')
  if (clear.length > 0) return clear
  const yesNo = asks.filter(({ kind }) => kind === 'yes-no')
  return yesNo.length > 0 ? yesNo : asks
}
