/** What a figure counts, read from the words of its clause before and after it. */

/** Words before the matter itself: enumerators, times, light verbs, prepositions. */
const LEADING = [
  /^\s*(?:第[一二三四五六七八九十百零\d]{1,5}条|\d{1,2}[.．、](?!\d))\s*/,
  /^\s*(?:[、，,]|[一二三四五六七八九十]+是|第[一二三四五六七八九十]+[,，、]|[(（][一二三四五六七八九十\d]+[)）]|其中|此外|同时|并且?|还|以及|和|及|等)\s*/,
  /^(?:到|至|自|从|截至|截止)?(?:(?:19|20)\d{2}年|今年|明年|去年|年底|年内|目前|现在|近年来|今年以来|\d{1,2}月底?)+(?:,|，|底|末|前|以来|起|初|时)*/,
  /^(?:全[市省县区国]|我[市省县区])(?=.{3,})/,
  /^(?:已经|已|共计|总共|共|将|计划|预计|总计|累计|最终|目前|平均|每年|再次|紧急|陆续|均|都|分别|约|近|由|在|向|对|为(?!期)|给|把|以)+/,
  /^(?:新建|建成|建立|建设|新发展|开展|举办|完成|实现|达到|投入|筹资|发放|下拨|拨付|安排|组织|招收|下发|设立|设置|设(?=.{2})|选树|配备|提供|办理|突破|涵盖|送出|决出|评选出|评出)+(?:了|使用)?/,
]
/** Words between the matter and its figure. */
const TRAILING =
  /(?:\s|[,，:：、（(]|在|于|均|都|分别|已|共计|共|累计|总计|总共|达到|达|为|至|到|约|近|超过|突破|超|不少于|不低于|不超过|动态保持在|保持在|保持|提高到|增加到|是|有|了|将|各|计|每人|每户|每天|每年|标准为?|以上)+$/
/** What was done with the thing: 各级工会累计建成 | 职工书屋. */
const DEEDS = /新建|建成|建设完成|发放|下拨|拨付|筹资|投入|招收|完成|选树|推选|办理|新发展/
const SHORTEST_SUBJECT = 2
const LONGEST_SUBJECT = 40

/** What may stand right after a figure and is not the thing it counts. */
const NOT_A_THING =
  /^(?:以上|以下|以内|左右|多|余|的|以及|和|及|与|为|给|在|对|向|用于|用来|由|并|且|后|前|内|中|购买|[，。；;：:、,)）”"（(]|$)/
const AFTER_FIGURE = /^(?:[余多]|以上)+/
/** Where the counted thing ends: 323个职工之家 | 、11个司机之家; 1049名户外劳动者 | 发放了. */
const THING_ENDS =
  /[、，。；;：:,（(]|(?<=.)(?:和|及|与|以及)(?=[\d一二三四五六七八九十])|(?<=.{2})(?:发放|颁发|赠送|送上|提供|参加|使用|制作|投入|开展|进行|组成|正在|将|各|每)/
const DURATION = /^(?:小时|个小时|分钟|天|年|个月|周|工作日|个工作日|周岁|岁)$/

/**
 * What a figure counts; several when they share it: 建会率、职工入会率均达到85%. Never empty text.
 *
 * The thing right after the figure wins (20处工会驿站), for shares and durations the words before it.
 */
export function subjectsOf(
  before: string,
  after: string,
  unit: string,
  sentence: string,
): string[] {
  return readSubjects(before, after, unit).map((subject) => withTopic(subject, sentence))
}

/** 「每户每年」, 「最高」 alone name nothing: the sentence's first clause does (生活救助，每户每年不超过3000元). */
function withTopic(subject: string, sentence: string): string {
  if (ONLY_A_DEED.test(subject)) return `${conditionBefore(subject, sentence)}${subject}`
  if (!ONLY_A_MEASURE.test(subject)) return subject
  const topic = strip(/^[^，,；;：:。]*/.exec(sentence)?.[0] ?? '').replace(FIGURE_AT_END, '')
  const measure = subject.replace(/(?<=.)(?:不超过|不低于|不少于)/g, '')
  return topic === '' || topic.includes(subject) ? measure : `${topic}${measure}`
}

/** What is done, without to whom: the case before it says so (自付1万元以下的，救助1000元). */
const ONLY_A_DEED = /^(?:一次性)?(?:给予)?(?:救助|补助|补贴|资助|奖励|慰问|发放|报销|赔付|给付)$/
const CASE = /(?:^|[，,；;：:])([^，,；;：:。]{4,24}的)[，,](?=[^，,；;。]*$)/

function conditionBefore(subject: string, sentence: string): string {
  const own = sentence.slice(0, Math.max(0, sentence.indexOf(subject)))
  return strip(CASE.exec(own)?.[1] ?? '')
}

/** 新建工会驿站20个，每个补助2万元 is about the 驿站. */
const FIGURE_AT_END = /(?<=.{2})[约近]?\d[\d.,万亿]*[\u4e00-\u9fff]?$/

const ONLY_A_MEASURE =
  /^(?:每[人户年月次天学期个名家处所项场]+|最高|最低|不超过|不低于|不少于|按.{0,16}的?|标准|给予|补助|补贴|一次性|累计|原则上|上限|下限)+$/

function readSubjects(before: string, after: string, unit: string): string[] {
  const front = strip(before)
  const behind = thingAfter(after)
  const prefersFront = unit === '%' || DURATION.test(unit)
  if (front.length >= SHORTEST_SUBJECT && (prefersFront || behind === undefined))
    return sharing(before, front)
  const fallback = before.trim() === '' ? after.trim() : before.trim()
  return [(behind ?? (front || fallback)).slice(0, LONGEST_SUBJECT)]
}

function thingAfter(after: string): string | undefined {
  const rest = after.replace(AFTER_FIGURE, '').trim()
  if (NOT_A_THING.test(rest)) return undefined
  const end = rest.search(THING_ENDS)
  const thing = (end < 0 ? rest : rest.slice(0, end)).replace(/^[“"]|[”"]$/g, '').trim()
  return thing === '' ? undefined : thing
}

function strip(before: string): string {
  let rest = before.replace(TRAILING, '').trim()
  for (let again = true; again; ) {
    const shorter = LEADING.reduce((words, pattern) => words.replace(pattern, ''), rest).trim()
    again = shorter.length < rest.length && shorter.length >= SHORTEST_SUBJECT
    if (shorter.length < rest.length) rest = shorter
  }
  const done = rest.split(DEEDS).at(-1)?.trim() ?? rest
  if (done.length >= SHORTEST_SUBJECT) rest = done
  const plain = rest.replace(/^[“"]([^”"]*)[”"]?$/, '$1')
  return plain.length <= LONGEST_SUBJECT ? plain : lastPart(plain)
}

/** Of very long words before a figure, the end from a boundary on. */
function lastPart(words: string): string {
  const tail = words.slice(-LONGEST_SUBJECT)
  const cut = tail.search(/(?<=[、和及的])/)
  return cut > 0 && tail.length - cut >= 4 ? tail.slice(cut) : tail
}

/** 「均」 or 「都」 before the figure: each part of 「A率、B率」 has it. */
function sharing(before: string, front: string): string[] {
  if (!/(?:均|都)[^、]{0,6}$/.test(before) || !front.includes('、')) return [front]
  return front
    .split('、')
    .map((part) => part.trim())
    .filter(Boolean)
}
