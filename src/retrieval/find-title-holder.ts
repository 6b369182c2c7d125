/**
 * Who holds an office: 「石楼县总工会主席是谁」. A title and the name behind it are bound to the
 * organisation before them; another organisation's chair is no answer.
 */
import { levelOf } from '../domain/jurisdiction.ts'
import type { Span } from '../domain/span.ts'
import type { EvidenceUnit } from './evidence-units.ts'

const TITLE =
  '主席|书记|部长|主任|会长|局长|院长|校长|站长|总经理|经理|负责人|秘书长|队长|厂长|董事长|理事长|主任委员|行长|主委'
const SURNAME =
  '[王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓冯曾程蔡彭潘袁董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚朴耿樊莫桑向蔺颜温芦俞柳甘祝翁邢裴鲁单申倪聂鲍符齐柴莘陶章葛舒聂焦纪臧闵席娄童梅盛凌霍虞柯管房解宗宣郁诸左吉滑荣荀甄曲封储靳巫谷车宫宁仇厉景詹幸黎薄蒲卓屠蒙池乔胥翟贡劳姬冉桂寿边尚庄晏瞿茹艾易匡寇欧敖冷辛简饶岳涂褚卫蒋水窦云苗凤花殷罗毕郝安常乐时皮卞康伍余元顾孟平黄和穆萧尹]'
/** What may follow a name of two characters; a third character else belongs to the name. */
const AFTER_NAME =
  '(?=[主出参介表说指带率致作为、,，。;；等和及同深宣讲代看向一赴到强要在走慰与对现()（）任并分亲来前就就先后陪携]|\\s|$)'
const HOLDER = new RegExp(`(?<!副)(${TITLE})(${SURNAME}[一-龥]{1,2}?${AFTER_NAME})`, 'g')
/** 「唐明英当选新一届自治区总工会主席」: the name stands before the office it was given. */
const ELECTED = new RegExp(
  `(${SURNAME}[一-龥]{1,2})(?:同志)?(?:全票)?(?:当选为?|被选为|被选举为|任|担任|出任|就任)([^,。;]{0,20}?)(?<!副)(${TITLE})`,
  'g',
)
const ASKED = new RegExp(
  `([一-龥]{0,16}?)(${TITLE})(?:是谁|叫什么|叫啥|是哪位|姓什么|是哪个|名字|叫什么名字)|谁是([一-龥]{0,16}?)(${TITLE})`,
)

export interface OfficeAsked {
  /** What stands before the title in the question: 石楼县总工会. */
  readonly organisation: string
  readonly title: string
}

/** The office a question asks for; undefined when it asks for none. */
export function officeAsked(question: string): OfficeAsked | undefined {
  const match = ASKED.exec(question)
  const title = match?.[2] ?? match?.[4]
  return title === undefined ? undefined : { organisation: match?.[1] ?? match?.[3] ?? '', title }
}

/** Names of holders of that office in the unit. */
export function holdersIn(office: OfficeAsked, unit: EvidenceUnit): Span[] {
  return [...behindTitle(office, unit), ...elected(office, unit)]
}

function elected({ organisation, title }: OfficeAsked, unit: EvidenceUnit): Span[] {
  return [...unit.folded.matchAll(ELECTED)].flatMap((match) => {
    const [, name = '', body = '', found = ''] = match
    if (found !== title || !isSameBody(organisation, body, unit)) return []
    return [{ start: match.index, end: match.index + name.length }]
  })
}

function behindTitle({ organisation, title }: OfficeAsked, unit: EvidenceUnit): Span[] {
  return [...unit.folded.matchAll(HOLDER)].flatMap((match) => {
    const [, found = '', name = ''] = match
    const before = unit.folded.slice(clauseStart(unit.folded, match.index), match.index)
    if (found !== title || !isSameBody(organisation, before, unit)) return []
    const start = match.index + found.length
    return [{ start: match.index, end: start + name.length }]
  })
}

function clauseStart(text: string, index: number): number {
  return (
    Math.max(...[',', '。', ';', '，', '；'].map((mark) => text.lastIndexOf(mark, index - 1))) + 1
  )
}

const BODY = /集团|公司|街道|学院|医院|学校|法院|银行|农信社|社区|园区|协会|基金会|中心/
const LEVEL = /[省市州县区]/g
const OFFICE = /总工会|工会|人大|政协|政府|党委|党组|党工委|工委|常委/g

/** The same body at the same level, the same office in it, in this document's place. */
function isSameBody(asked: string, before: string, unit: EvidenceUnit): boolean {
  const name = asked.replace(OFFICE, '')
  const isNamed = name.length >= 2 && !isPlaceOnly(name) && before.includes(name)
  return (
    (isNamed || sameName(asked, before, unit)) &&
    sameOffice(asked, before, isNamed) &&
    sameLevel(asked, before, unit)
  )
}

/** 浦江县 alone names a place, not a body in it. */
function isPlaceOnly(name: string): boolean {
  return /[省市州县区]$/.test(name)
}

/** 天元集团: its name stands before the title, or 集团 alone, or over the whole text; a place's office belongs to no company. */
function sameName(asked: string, before: string, { document }: EvidenceUnit): boolean {
  const wanted = BODY.exec(asked)
  const given = BODY.exec(before)
  if (wanted === null) return given === null
  const name = asked.slice(0, wanted.index + wanted[0].length)
  if (given === null) return document.metadata.title.includes(name)
  const alone = given[0] === wanted[0] && before.slice(0, given.index).trim() === ''
  return before.includes(name) || alone
}

/** 「工会主席」 is not 「人大常委会主任」: the office nearest to the title counts. */
function sameOffice(asked: string, before: string, isNamed: boolean): boolean {
  const wanted = asked.match(OFFICE)?.at(-1)?.replace('总工会', '工会')
  const given = before.match(OFFICE)?.at(-1)?.replace('总工会', '工会')
  return wanted === given || (wanted === undefined && isNamed)
}

const LEVEL_OF_PLACE = { nation: '全', province: '省', prefecture: '市', county: '县' } as const

function sameLevel(asked: string, before: string, unit: EvidenceUnit): boolean {
  const wanted = level(asked.match(LEVEL)?.at(-1))
  if (wanted === undefined) return true
  const code = unit.document.metadata.jurisdictionCode
  const own = code === undefined ? undefined : level(LEVEL_OF_PLACE[levelOf(code)])
  return (level(before.match(LEVEL)?.at(-1)) ?? own) === wanted
}

function level(character: string | undefined): string | undefined {
  if (character === '区') return '县'
  return character === '州' ? '市' : character
}
