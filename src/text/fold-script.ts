/**
 * Traditional to simplified script, keeping the length, so that offsets stay.
 *
 * opencc-js maps phrases and characters (OpenCC's t2s tables). What it leaves is mapped here: variant
 * characters (陜, U+965C, a common slip for 陝; 衞 of Hong Kong), 著 where it stands for 着, and 甚麼. One
 * thing it does too much is undone: 乾 in place names (乾县) and in 乾陵, 乾州 stays.
 */
import { Converter, Locale } from 'opencc-js/t2cn'

const toSimplified = Converter({ from: 't', to: 'cn' })

/** What the tables may change: a text without such a character comes back as it is, whatever they say. */
const MAY_CHANGE = new RegExp(`[${[...changingCharacters()].join('')}]`)

/** Variant → the simplified character in use. */
const VARIANTS: ReadonlyMap<string, string> = new Map(
  (
    '陜陕 衞卫 敍叙 枱台 簷檐 痺痹 凖准 呌叫 囬回 姪侄 尅克 汚污 湻淳 畱留 痲麻 砲炮 粧妆 衹只 祗只 ' +
    '銲焊 隣邻 邨村 襍杂 濶阔 鬪斗 閙闹 昻昂 妳你 栢柏'
  )
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
)
const VARIANT = new RegExp(`[${[...VARIANTS.keys()].join('')}]`, 'g')
const EXCEPTION = new RegExp(`[著乾甚]|${VARIANT.source}`)

/** 着 written 著: before these characters, as the first half of a word (著力, 著重) … */
const LEADING_ZHE = /著(?=[力重眼手急落实實想火迷凉涼装裝色意数數魔陆陸床])/g

/** … and after these verbs and adverbs, unless it begins a word of its own (著名, 著作, 著称 …). */
const TRAILING_ZHE =
  /(?<=[随隨沿味接朝向试試带帶有活看跟顺順执執沉附穿衣绕繞志誌拿抱对對靠凭憑存载載牵牽想说說听聽笑忙站坐走跑拉推握怀懷临臨挥揮负負伴量响響担擔演含藏耀励勵领領指守照等])著(?![名作称稱述书書者录錄])/g

const KEPT_QIAN = /乾(?=[县縣州陵])/g

/** Folds traditional script to simplified, UTF-16 unit for unit. Simplified text comes back as it is. */
export function foldScript(text: string): string {
  const folded = MAY_CHANGE.test(text) ? toSimplified(text) : text
  const sameLength = folded.length === text.length ? folded : foldEachCharacter(text)
  return restoreExceptions(text, sameLength)
}

/** Of every entry one character at least that stands otherwise in its replacement, in UTF-16 units. */
function changingCharacters(): Set<string> {
  const entries = stringsIn(Locale.configs['t2s'])
    .flatMap((table) => table.split('|'))
    .map((entry) => entry.split(' ').map((side) => Array.from(side)))
    .toSorted(([a = []], [b = []]) => a.length - b.length)
  const changing = new Set<string>()
  for (const [from = [], to = []] of entries) {
    if (from.some((character) => changing.has(character))) continue
    const changed = from.find((character, i) => character !== to[i])
    if (changed !== undefined) changing.add(changed)
  }
  return new Set([...changing].flatMap((character) => character.split('')))
}

/** The tables of a configuration, wherever in it they are. */
function stringsIn(tables: unknown): string[] {
  if (typeof tables === 'string') return [tables]
  return typeof tables === 'object' && tables !== null
    ? Object.values(tables).flatMap(stringsIn)
    : []
}

function foldEachCharacter(text: string): string {
  return Array.from(text, (character) => {
    const folded = toSimplified(character)
    return folded.length === character.length ? folded : character
  }).join('')
}

function restoreExceptions(text: string, folded: string): string {
  if (!EXCEPTION.test(text)) return folded
  const withoutVariants = folded
    .replace(VARIANT, (variant) => VARIANTS.get(variant) ?? variant)
    .replaceAll('甚么', '什么')
    .replace(LEADING_ZHE, '着')
    .replace(TRAILING_ZHE, '着')
  const kept = [...text.matchAll(KEPT_QIAN)].map((match) => match.index)
  if (kept.length === 0) return withoutVariants
  const units = withoutVariants.split('')
  for (const index of kept) units[index] = '乾'
  return units.join('')
}
