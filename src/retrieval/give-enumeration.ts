/** Whether a sentence lists things, and as many as the question counts: 「四色」, 「哪六送」. */
import { allMatches } from '../text/all-matches.ts'
import type { EvidenceUnit } from './evidence-units.ts'

const COUNTED =
  /(?:哪)?([二两三四五六七八九十]|\d{1,2})(?!年|月|日|号|点|个|名|位|家|种|次|处|件|项|条|级|届|者|星|时|段|步|块|环|层|类|方)([一-龥])/g
const NUMERALS = '零一二三四五六七八九十'

/** Words that close or open a list of things: 等, 一应俱全, 配有. */
const CLOSED_LIST =
  /、[^,。;]{1,16}(?:等|一应俱全|应有尽有)|(?:配备|配有|配了|设有|设置|提供|包括|包含|分别为|分别是)[^,。;]{1,30}、/

/** The very items that were counted outdo any other list. */
export const COUNTED_GIVES = 1.6

/** 0 when nothing is listed; more the surer the items asked for are meant. */
export function giveEnumeration(question: string, unit: EvidenceUnit): number {
  const text = unit.folded
  const named = givesNamed(question, unit)
  if (named !== undefined) return named
  if (givesNoneAsked(question, text)) return 0
  if (HANDS_OVER.test(question)) return givesThings(text) ?? plainList(question, unit)
  if (givesPair(question, text)) return JUST_SO_MANY
  const promised = givesPromised(question, text)
  if (promised !== undefined) return promised
  if (repeatsNoun(question, text)) return 1.4
  if (listsNoun(question, text)) return 1.5
  if (promises(question) && !hasPromised(question, text)) return 0
  return plainList(question, unit) * (lacksNoun(question, unit) ? WITHOUT_NOUN : 1)
}

/** The very list, by what it counts, is called or says it is; the whole of it before its first item. */
function givesNamed(question: string, unit: EvidenceUnit): number | undefined {
  const text = unit.folded
  if (givesCounted(question, unit)) return isWhole(text) ? DEFINED : COUNTED_GIVES
  if (endsInName(question, text)) return COUNTED_GIVES
  if (!definesPromised(question, text)) return undefined
  return isWhole(text) ? DEFINED_WHOLE : DEFINED
}

/** Goods, names or the items of a name are asked for, and there are none. */
function givesNoneAsked(question: string, text: string): boolean {
  return (
    onlyNamesCounted(question, text) ||
    (GOODS_ASKED.test(question) && !givesGoods(text)) ||
    (NAMES_ASKED.test(question) && !HANDS_OVER.test(question) && !givesNames(text))
  )
}

/** What is handed over or stands ready is asked for: things, and not the people who get them. */
const HANDS_OVER =
  /(?:送|带|发|给|配|摆|备|放|领|拿)(?:来|去|上|到|了|过|有|的)*(?:些|都)?(?:有)?什么(?!人)|(?:送|发|给|配|带)的[^。?]{0,8}(?:不一样|不同|区别)/
const HANDED =
  /(?:送上|送去|送来|送出|送达|带去|带来|发放|派发|赠送|捐赠|配备|配有|配置|配齐|摆放|设有|备有|准备|提供|购置|采购)了?[^,。;、]{0,12}、/
const PEOPLE_LISTED =
  /(?:工人?|员|者|警|司机|骑手|小哥|师傅|职工|干部|代表|家属|子女|志愿者|兄弟|朋友)(?=[、,。;和及等]|$)/g

/** 「慰问品具体是些什么」, 「礼包里装的什么」: nothing but goods answers. */
const GOODS_ASKED =
  /(?:慰问品|礼包|物资|物品|奖品|用品|礼品|礼物)[^,。?]{0,6}(?:是|有|装|包|都)[^,。?]{0,4}什么|(?:装|包)(?:的|了)(?:些)?什么/
const GOODS =
  /、[^。;]{1,40}等[^,。;]{0,12}(?:慰问品|礼包|物资|物品|奖品|用品|礼品|饮品|食品|药品|产品)|(?:慰问品|礼包|物资|物品|奖品|用品|礼品|里面?|内)[^,。;]{0,6}(?:包括|装有|装着|内有|含有?|有|是)[^,。;]{1,16}、/

function givesGoods(text: string): boolean {
  return HANDED.test(text) || GOODS.test(text)
}

/** Above a plain list, below one that says its number. */
const THINGS_GIVEN = 1.4
const PEOPLE_GIVEN = 0.3

function givesThings(text: string): number | undefined {
  if (HANDED.test(text)) return THINGS_GIVEN
  const listed = text.match(/、/g)?.length ?? 0
  return listed > 0 && (text.match(PEOPLE_LISTED)?.length ?? 0) >= listed ? PEOPLE_GIVEN : undefined
}

/** A list that never says what it lists may be of something else. */
const WITHOUT_NOUN = 0.6

function lacksNoun(question: string, { folded, label }: EvidenceUnit): boolean {
  const nouns = allMatches(question, NOUN_ASKED).map(([, noun = '']) => noun)
  return nouns.some((noun) => !COMMON_NOUN.test(noun) && !`${folded}${label}`.includes(noun))
}

/** 「四难」: at least the word itself. */
function hasPromised(question: string, text: string): boolean {
  return allMatches(question, COUNTED).some(([, , word = '']) => text.includes(word))
}

function plainList(question: string, unit: EvidenceUnit): number {
  const text = unit.folded
  const separators = text.match(/、|;|[—－-](?=[一-龥])|“[^”]+”(?=“)/g)?.length ?? 0
  if (separators >= 2 && CLOSED_LIST.test(text)) return 1.1
  if (separators >= 2) return 0.9
  if (separators === 1) return 0.6
  if (promises(question)) return 0
  return /[和与及]|[,][^,]+[,]/.test(text) && unit.text.length > 12 ? 0.25 : 0
}

/** Names are asked for: a sentence that only counts them gives none. */
const NAMES_ASKED = /哪(?:几|些|[二两三四五六七八九十\d]+)?(?:家|名|位|所|单位|企业|公司)/
const NAME =
  /(?:公司|集团|中心|基地|酒店|宾馆|医院|学校|大学|学院|工会|联合会|协会|厂|社区|街道|书屋|驿站|[站馆园村县市区镇乡店局委院所部队行社]|[“"][^”"]{2,20}[”"]|[A-Za-z]{2,}|先生|女士|同志)(?:等|[(（]|$)/

/** Two names at least, beside 、 or 和. */
/** 「4家驿站(红旗、幸福、刘集)」: names that end in no word for a body, behind what they are names of. */
const IN_BRACKETS = /[一-龥][(（][^()（）,。;]{1,12}(?:、[^()（）,。;、]{1,12})+[)）]/
const OF_BODIES =
  /、[^,。;、]{2,12}等(?:\d+)?[多余几]?(?:[家个])?(?:企业|公司|单位|工厂|厂家|厂|商家|机构|学校|医院|社区)/

function givesNames(text: string): boolean {
  if (IN_BRACKETS.test(text) || OF_BODIES.test(text)) return true
  return text.split(/[,。;:]/).some((clause) => {
    const items = clause.split(/[、和与及]/)
    return items.length >= 2 && items.filter((item) => NAME.test(item)).length >= 2
  })
}

/** 「四色课堂」: the sentence that has 色 four times, or nearly. */
export function givesCounted(question: string, unit: EvidenceUnit): boolean {
  return allMatches(question, COUNTED).some(([, number = '', word = '']) => {
    const promised = readCount(number)
    return promised >= 2 && unit.folded.split(word).length - 1 >= Math.max(3, promised - 1)
  })
}

function promises(question: string): boolean {
  return question.search(COUNTED) >= 0
}

const PROMISED =
  /(?<!第)([二两三四五六七八九十]|\d{1,2})(?:个|样|种|类|项|件|大|处|家|名|条|点|方|步|块)/g
const PROMISED_NOUN =
  /(?<!第)([二两三四五六七八九十]|\d{1,2})(?:个|样|种|类|项|件|大|处|家|条)([一-龥]{1,2})(?=[,。?]|$|的|是|有|呢|吗|分别|各|都|叫)/g

const PAIR_ASKED = /哪(?:两|二)(?:个|样|种|类|项|件|大|处|条|方面)/
const PAIR =
  /[”"》](?:和|与|及|以及|、)[“"《]|(?:分别(?:是|为)|包括|一(?:是|为)[^。]{2,40}二(?:是|为))/

/** 「哪两样」: two names side by side. */
function givesPair(question: string, text: string): boolean {
  return PAIR_ASKED.test(question) && PAIR.test(text)
}

/** So many items as are asked for, whatever they are. */
const JUST_SO_MANY = 0.95
/** Lists that hold another number of things than the question counts, or hold it by chance. */
const OTHER_COUNT = 0.9
/** Two things side by side are hardly a list. */
const A_PAIR = 0.5

/**
 * 「那6样东西」, 「四个主题」: surest in the clause that lists just so many and says their number or their
 * noun; undefined when the question counts nothing.
 */
function givesPromised(question: string, text: string): number | undefined {
  const counts = allMatches(question, PROMISED)
    .map(([, number = '']) => readCount(number))
    .filter((count) => count >= 3)
  const [count] = counts
  if (count === undefined) return undefined
  const clauses = text.split(/[,。;:]/).filter((clause) => holdsItems(clause, count))
  if (clauses.length === 0) return otherCount(text)
  const nouns = allMatches(question, PROMISED_NOUN).map(([, , noun = '']) => noun)
  const sure = clauses.some((clause) => saysCount(clause, count) || isOfNouns(clause, nouns, count))
  return sure ? COUNTED_GIVES : JUST_SO_MANY
}

function otherCount(text: string): number | undefined {
  const separators = text.match(/、/g)?.length ?? 0
  if (separators === 0) return undefined
  return separators === 1 ? A_PAIR : OTHER_COUNT
}

function saysCount(clause: string, count: number): boolean {
  return allMatches(clause, PROMISED).some(([, number = '']) => readCount(number) === count)
}

/** 主题 beside the list, 区 at the end of its items. */
function isOfNouns(clause: string, nouns: readonly string[], count: number): boolean {
  return nouns.some((noun) => {
    const items = clause.split(/[、和与及]/).filter((item) => item.endsWith(noun.at(-1) ?? noun))
    return (noun.length >= 2 && clause.includes(noun)) || items.length >= count - 1
  })
}

/** Bodies that do something together are no list of things. */
const JOINT = /(?:联合|共同)?(?:举办|主办|承办|协办|印发|发起|开展)/

/** So many items, or one more by a 及 that belongs to the last of them, when the clause says their number. */
function holdsItems(clause: string, count: number): boolean {
  const items = countItems(clause)
  return items === count || (items === count + 1 && saysCount(clause, count))
}

/** Items of a clause with 、 between them, the last perhaps behind 和 or 等. */
function countItems(clause: string): number {
  if (JOINT.test(clause)) return 0
  const quoted = clause.match(/["“][^"”]+["”](?=["“、]|和|与)/g)?.length ?? 0
  if (quoted >= 2) return quoted + 1
  const separators = clause.match(/[、+]/g)?.length ?? 0
  if (separators === 0) return 0
  const last = clause.slice(Math.max(clause.lastIndexOf('、'), clause.lastIndexOf('+')))
  return separators + 1 + (/[一-龥](?:和|与|以及|及)[一-龥]/.test(last) ? 1 : 0)
}

function readCount(number: string): number {
  if (number === '两') return 2
  return /\d/.test(number) ? Number(number) : NUMERALS.indexOf(number)
}

const NAMED = /["“]([^"”]{2,12})["”]/g

/** 「饮水机、微波炉、雨伞等“八件套”」: the things a name stands for, right before it. */
function endsInName(question: string, text: string): boolean {
  return allMatches(question, NAMED).some(([, name = '']) => {
    const at = text.indexOf(name)
    return at >= 0 && /(?:[、+][^,。;、+]{1,16}){2,}["“]?$/.test(text.slice(0, at))
  })
}

const COUNTED_NAME =
  /["“]([二两三四五六七八九十][^"”]{1,5})["”](?:[^,。?]{0,4})(?:是|有|指|具体|分别|包括|里)/g

/** 「“五个一”是哪五个」: a sentence that has the name and lists nothing beside it gives none of the five. */
function onlyNamesCounted(question: string, text: string): boolean {
  return allMatches(question, COUNTED_NAME).some(([, name = '']) => {
    const at = text.indexOf(name)
    const after = text.slice(at + name.length)
    return (
      at >= 0 && !/^["”]?[^,。;]{0,8}(?:[,:(]?(?:即|是指|指|包括|分别|也就是)|[:(])/.test(after)
    )
  })
}

/** The list that begins by saying which it is does better than one that only has so many items. */
const DEFINED = COUNTED_GIVES + 0.1
const DEFINED_WHOLE = DEFINED + 0.1

function isWhole(text: string): boolean {
  return (text.match(/;/g)?.length ?? 0) >= 2
}

const COUNTED_NOUN =
  /(?<!第)([二两三四五六七八九十]|\d{1,2})((?:个|种|类|项|件|大|条|样)[一-龥]{2,4}?)(?=是|有|指|包括|分别|都|各|[,。?]|$)/g

/** 「四类重点人是哪四类」: 「四类重点人群指,……」. */
function definesPromised(question: string, text: string): boolean {
  return allMatches(question, COUNTED_NOUN).some(([, number = '', noun = '']) => {
    const at = text.indexOf(number + noun)
    const after = text.slice(at + number.length + noun.length)
    return (
      at >= 0 &&
      /^[^,。;、:]{0,4}["”]?(?:是指|指|包括|分别(?:是|为)|即|为|是|:)(?!\s*["“]?(?:[二两三四五六七八九十]|\d{1,2})(?:个|种|类|项|件|大))/.test(
        after,
      )
    )
  })
}

/** Nouns that every sentence has. */
const COMMON_NOUN = /工作|活动|方面|事情|内容|职工|工会|服务|要求|措施|问题/
const NOUN_ASKED =
  /哪(?:几|些)(?:个|类|种|项|家|样)?(?:[一-龥]{0,4}?)([一-龥]{2})(?=[,。?]|$|的|是|要|有|都|分别|各|全)/g

/** 「哪几类教育」: the list whose items are so called (基础教育、职业教育、高等教育). */
function repeatsNoun(question: string, text: string): boolean {
  return allMatches(question, NOUN_ASKED).some(
    ([, noun = '']) => !COMMON_NOUN.test(noun) && text.split(noun).length - 1 >= 3,
  )
}

const NOUN = /(?:[二两三四五六七八九十]|\d{1,2})(?:个|项|大|种|类)([一-龥]{2})/g

/** 「三个主题」: the sentence that has the noun beside a list. */
function listsNoun(question: string, text: string): boolean {
  const listed = (text.match(/、|”(?=[“《])/g)?.length ?? 0) >= 2
  return listed && allMatches(question, NOUN).some(([, noun = '']) => text.includes(noun))
}
