/**
 * Festivals, solar terms and lunar days. Short names that are numbers (五一, 七一, 八一) or weather
 * (雨水, 大雪) count only where the words after them speak of time: 五一前, not 五一劳动奖章 or 八一路.
 */
import { SOLAR_TERMS, type SolarTermName } from '../lunar-calendar.ts'
import { matchAt, readNumeral } from './match.ts'
import type { Festival, Parsed, Point } from './point.ts'

const civil = (name: string, month: number, day: number): Festival => ({
  kind: 'civil',
  name,
  month,
  day,
})
const lunar = (name: string, month: number, day: number): Festival => ({
  kind: 'lunar',
  name,
  month,
  day,
})

/** Words that make a short name a time: a relation, a kind of holiday, or a neighbour in a list. */
const OF_TIME =
  '(?=之?[前后]|以[前后]|节|期间|当[天日]|这天|那天|假期|小长假|长假|放假|黄金周|左右|[、和及与至到-](?:元旦|春节|清明|五一|端午|中秋|国庆|十一|六一|七一|八一|\\d)|来临|到来|临近|起|时(?!代|候)|起?至)'

/** Names, most specific first; a short name carries its own condition. */
const FESTIVALS: readonly (readonly [string, Festival])[] = [
  ['元旦节?', civil('元旦', 1, 1)],
  ['(?:农历)?(?:新春佳节|春节)', lunar('春节', 1, 1)],
  ['除夕夜?|大年三十|年三十', { kind: 'eve', name: '除夕' }],
  ['大年初一', lunar('大年初一', 1, 1)],
  ['元宵节?', lunar('元宵节', 1, 15)],
  ['腊八节?', lunar('腊八节', 12, 8)],
  ['小年(?:夜|(?=前|后|当|,|、|期))', lunar('小年', 12, 23)],
  [
    '(?:三八|3[·.]8)(?:国际)?(?:劳动)?妇女节|(?:国际)?(?:劳动)?妇女节|(?:三八|3[·.]8)节',
    civil('妇女节', 3, 8),
  ],
  [`(?:三八|3[·.]8)${OF_TIME}`, civil('妇女节', 3, 8)],
  ['植树节', civil('植树节', 3, 12)],
  [`(?:三·?一五|3[·.]15)${OF_TIME}|国际消费者权益日`, civil('消费者权益日', 3, 15)],
  ['(?:五一|5[·.]1)(?:国际)?劳动节|(?:国际)?劳动节|(?:五一|5[·.]1)节', civil('劳动节', 5, 1)],
  [`(?:五·?一|5[·.]1)${OF_TIME}`, civil('劳动节', 5, 1)],
  ['(?:五四|5[·.]4)?青年节|五四节', civil('青年节', 5, 4)],
  [`五四${OF_TIME}`, civil('青年节', 5, 4)],
  ['(?:国际)?护士节', civil('护士节', 5, 12)],
  ['(?:六一|6[·.]1)?(?:国际)?儿童节|六一节', civil('儿童节', 6, 1)],
  [`(?:六·?一|6[·.]1)${OF_TIME}`, civil('儿童节', 6, 1)],
  ['端午节?', lunar('端午节', 5, 5)],
  ['(?:七一|7[·.]1)?(?:建党节|党的生日)|七一节', civil('建党节', 7, 1)],
  [`(?:七·?一|7[·.]1)${OF_TIME}`, civil('建党节', 7, 1)],
  ['(?:八一|8[·.]1)?建军节|八一节', civil('建军节', 8, 1)],
  [`(?:八·?一|8[·.]1)${OF_TIME}`, civil('建军节', 8, 1)],
  ['七夕节?', lunar('七夕节', 7, 7)],
  ['中元节', lunar('中元节', 7, 15)],
  ['教师节', civil('教师节', 9, 10)],
  ['中秋节?', lunar('中秋节', 8, 15)],
  [
    '(?:十一|10[·.]1)?(?<![韩张王李赵刘陈杨孙周吴徐马朱胡林郭何高罗])国庆节?(?!演)',
    civil('国庆节', 10, 1),
  ],
  [`(?<!二)(?:十·?一|10[·.]1)${OF_TIME}(?!至|到|-)`, civil('国庆节', 10, 1)],
  ['重阳节?|老年节', lunar('重阳节', 9, 9)],
  ['记者节', civil('记者节', 11, 8)],
  ['(?:全国)?消防(?:宣传)?日', civil('消防日', 11, 9)],
  ['国家宪法日|宪法日', civil('国家宪法日', 12, 4)],
  ['圣诞节', civil('圣诞节', 12, 25)],
  ['平安夜', civil('平安夜', 12, 24)],
  ['母亲节', { kind: 'nth', name: '母亲节', month: 5, nth: 2, weekday: 7 }],
  ['父亲节', { kind: 'nth', name: '父亲节', month: 6, nth: 3, weekday: 7 }],
]

const NAMED = FESTIVALS.map(
  ([pattern, festival]) => [new RegExp(`(?:${pattern})`, 'y'), festival] as const,
)
/** 国庆假期后: counted from the days off, not from the day. */
/** Asked first: of all places where a date may begin next to none has a festival. */
const ANY_NAMED = new RegExp(FESTIVALS.map(([pattern]) => pattern).join('|'), 'y')

const DAYS_OFF =
  /(?:小长假|长假|假期|黄金周|放假|假日|节假日)(?=(?:结束|收假)?(?:之|以)?[后前]|结束|收假|[首第最]|前)/y
/** Names of things that carry a festival's name. */
const NOT_A_DAY =
  /(?:路|街|广场|大道|小学|中学|公园|村|劳动奖|奖|勋章|红旗|书屋|歌|晚会|档|联欢|文艺|国债|阅兵|析)/y

/** Terms that are also weather or plain words need a word of time after them. */
const AMBIGUOUS_TERMS = ['雨水', '大雪', '小雪', '小满', '大寒', '小寒', '霜降', '白露', '大暑']
const TERM = new RegExp(
  `(?:${SOLAR_TERMS.map((name) => (AMBIGUOUS_TERMS.includes(name) ? `${name}(?=节气|至|到|之?[前后]|以[前后]|当[天日]|期间|时节)` : name)).join('|')})(?:节气|时节|节)?`,
  'y',
)

const LUNAR_DAY = `初[一二三四五六七八九十]|十[一二三四五六七八九]|廿[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十|卅`
const LUNAR = new RegExp(
  `(?<prefix>农历|阴历|旧历)?(?:(?<lead>大年|年)(?=初[一二三四五六七八九十])|(?<leap>闰)?(?<month>正月|腊月|冬月|十[一二]?月|[一二三四五六七八九]月))(?<day>${LUNAR_DAY})?(?<civil>[日号])?`,
  'y',
)

/** 三月三, 六月六, 九月九. */
const DOUBLE = /(?<n>[二三五六七九])月\k<n>(?![日号个月旬天至到])/y

const NAMED_MONTHS: Readonly<Record<string, number>> = { 正月: 1, 冬月: 11, 腊月: 12 }

/** A festival, a solar term or a lunar date at `at`. */
export function parseFestival(
  text: string,
  at: number,
): Parsed<Pick<Point, 'festival' | 'lunar' | 'holiday'>> | undefined {
  return parseNamed(text, at) ?? parseTerm(text, at) ?? parseLunar(text, at)
}

function parseNamed(
  text: string,
  at: number,
): Parsed<Pick<Point, 'festival' | 'holiday'>> | undefined {
  if (!matchAt(ANY_NAMED, text, at)) return undefined
  for (const [pattern, festival] of NAMED) {
    const match = matchAt(pattern, text, at)
    if (!match) continue
    const end = at + match[0].length
    if (matchAt(NOT_A_DAY, text, end)) return undefined
    return withDaysOff(festival, text, end)
  }
  return undefined
}

function withDaysOff(
  festival: Festival,
  text: string,
  end: number,
): Parsed<Pick<Point, 'festival' | 'holiday'>> {
  const daysOff = matchAt(DAYS_OFF, text, end)
  return daysOff
    ? { value: { festival, holiday: true }, end: end + daysOff[0].length }
    : { value: { festival }, end }
}

function parseTerm(
  text: string,
  at: number,
): Parsed<Pick<Point, 'festival' | 'holiday'>> | undefined {
  const match = matchAt(TERM, text, at)
  const name = SOLAR_TERMS.find((term) => match?.[0].startsWith(term))
  if (!match || !name) return undefined
  const end = at + match[0].length
  if (matchAt(NOT_A_DAY, text, end)) return undefined
  const festival: Festival = { kind: 'term', name: name satisfies SolarTermName }
  return withDaysOff(festival, text, end)
}

function parseLunar(text: string, at: number): Parsed<Pick<Point, 'lunar'>> | undefined {
  const double = matchAt(DOUBLE, text, at)
  if (double) {
    const number = readNumeral(double.groups?.['n'])
    return { value: { lunar: { month: number, leap: false, day: number } }, end: at + 3 }
  }
  const match = matchAt(LUNAR, text, at)
  const groups = match?.groups
  if (!match || !groups || !isLunar(groups)) return undefined
  const month = groups['lead'] ? 1 : readMonth(groups['month'] ?? '')
  const day = groups['day']
  return {
    value: {
      lunar: {
        month,
        leap: groups['leap'] !== undefined,
        ...(day ? { day: readNumeral(day.replace('初', '')) } : {}),
      },
    },
    end: at + match[0].length,
  }
}

/** 正月, 腊月, 初五 and 农历 say so themselves; 八月十五 without 日 is the lunar day, 八月十五日 is not. */
function isLunar(groups: Readonly<Record<string, string | undefined>>): boolean {
  if (groups['prefix'] || groups['lead'] || groups['leap']) return true
  if (NAMED_MONTHS[groups['month'] ?? ''] !== undefined) return true
  if (groups['day']?.startsWith('初')) return true
  return groups['month'] === '八月' && groups['day'] === '十五' && !groups['civil']
}

function readMonth(written: string): number {
  return NAMED_MONTHS[written] ?? readNumeral(written.replace('月', ''))
}
