/**
 * Which names a place goes by besides its full one, and when such a name is just a word.
 */
import type { JurisdictionLevel } from '../domain/jurisdiction.ts'
import { COMMON_WORDS } from './common-place-words.ts'

/** The 55 minorities as they stand in names of autonomous places, and 各族. */
const PEOPLES =
  '(?:各族|蒙古族?|回族?|藏族?|维吾尔族?|苗族?|彝族?|壮族?|布依族?|朝鲜族?|满族?|侗族?|瑶族?|白族?|土家族?|哈尼族?|哈萨克族?|傣族?|黎族?|傈僳族?|佤族?|畲族?|高山族?|拉祜族?|水族?|东乡族?|纳西族?|景颇族?|柯尔克孜族?|土族?|达斡尔族?|仫佬族?|羌族?|布朗族?|撒拉族?|毛南族?|仡佬族?|锡伯族?|阿昌族?|普米族?|塔吉克族?|怒族?|乌孜别克族?|俄罗斯族?|鄂温克族?|德昂族?|保安族?|裕固族?|京族?|塔塔尔族?|独龙族?|鄂伦春族?|赫哲族?|门巴族?|珞巴族?|基诺族?)'
const AUTONOMOUS = new RegExp(`${PEOPLES}+自治(?:州|县|旗)$`)
const LEVEL_SUFFIX = /(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|省|市|盟|县|区|旗)$/
/** Provinces that are called by less than their name without its suffix. */
const PROVINCE_SHORT: Readonly<Record<string, string>> = {
  内蒙古自治区: '内蒙古',
  广西壮族自治区: '广西',
  西藏自治区: '西藏',
  宁夏回族自治区: '宁夏',
  新疆维吾尔自治区: '新疆',
}
/** A county may have become a district or a city since a document was written: 双流县 is 双流区 today. */
const COUNTY_SUFFIXES = ['县', '区', '市'] as const
const LEAST_SHORT_NAME = 2

/** Other names of a place: the short one (平凉) and, for a county, the ones with another suffix. */
export function shortNamesOf(
  name: string,
  level: JurisdictionLevel,
): readonly { readonly text: string; readonly isShort: boolean }[] {
  const short = PROVINCE_SHORT[name] ?? withoutSuffix(name)
  if (short.length < LEAST_SHORT_NAME || short === name) return []
  const own = [
    { text: short, isShort: true },
    ...(name.endsWith('自治州') ? [{ text: `${short}州`, isShort: false }] : []),
  ]
  if (level !== 'county' || isCommonWord(short)) return own
  return [
    ...own,
    ...COUNTY_SUFFIXES.map((suffix) => ({ text: short + suffix, isShort: false })).filter(
      ({ text }) => text !== name,
    ),
  ]
}

function withoutSuffix(name: string): string {
  const plain = name.replace(AUTONOMOUS, '')
  return plain === name ? name.replace(LEVEL_SUFFIX, '') : plain
}

/** Whether a name of a place is also a word of everyday Chinese: then it counts only beside a place above it. */
export function isCommonWord(name: string): boolean {
  return COMMON_WORDS.has(name)
}

/** Words and products that begin or end with the name of a place. */
const WORDS_WITH_PLACES =
  /长治久安|安康杯|保安康|健康安康|幸福安康|平安|普洱(?:茶|袋泡)|大理石|日照(?:时|充|强)|大同小异|世界大同|开封仪式|新余额|中山(?:装|陵|大学|先生)|孙中山|嘉宾来宾|国内江|开通化|高效益阳|互助|海北上|东方红|南京大学|黄山松|多伦多/g
/** A street, township or village that bears the name: 红星街道, 北京东路, 和平村. */
const SMALLER_PLACE =
  /^(?:[东西南北中]?路(?![线段灯程])|大道|大街|街道|镇(?!江)|乡(?!村)|村(?!民)|社区|大厦|宾馆|大酒店|大酒店)/

/** Whether the name at `position` is part of a word or of a smaller place's name. */
export function isWordHere(name: string, text: string, position: number): boolean {
  if (
    !/[省市县区州盟旗]$/.test(name) &&
    SMALLER_PLACE.test(text.slice(position + name.length, position + name.length + 4))
  ) {
    return true
  }
  const start = Math.max(0, position - 4)
  const around = text.slice(start, position + name.length + 4)
  return [...around.matchAll(WORDS_WITH_PLACES)].some(
    (match) =>
      start + match.index <= position &&
      start + match.index + match[0].length > position &&
      !match[0].startsWith(`${name}省`) &&
      match[0] !== name,
  )
}
