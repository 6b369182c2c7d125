/**
 * Repairs words typed with wrong characters of the right sound: 工会译站, 互住保险, 困难执工.
 *
 * Only what no dictionary and no passage knows is touched, and only towards a word that the passages
 * or the term dictionary have. Names of people and places stay: a lone surname before the word, a
 * title behind it, a question about a person, a place of the gazetteer.
 */
import type { Span } from '../domain/span.ts'
import type { Repair } from './repair-query.ts'
import type { SpelledWord, Spelling } from './spelling.ts'

export interface HomophoneLexicon {
  readonly spelling: Spelling
  /** The folded text cut into known words and left-over characters. */
  readonly pieces: (text: string) => readonly string[]
  readonly pairFrequency: (first: string, second: string) => number
  /** Ranges that must stay as they are: places. */
  readonly protectedSpans: (text: string) => readonly Span[]
}

const SHORTEST = 2
const LONGEST = 8
/** A whole name of the dictionary this long may be repaired even when its parts are words: 工会一站. */
const LONG_NAME = 4
const CHINESE = /^\p{Script=Han}+$/u
/** Characters that stand alone rightly: they hold sentences together. */
const LONE: ReadonlySet<string> = new Set(
  '的了着过地得在是和与及或也还就都又才只被把将对从由以为因如若则跟同给让向往到至比按这那此该其我你您他她它咱谁某各每本一二三四五六七八九十百千万两几不没有无能可会要应想什么啥怎咋哪多少吗呢吧啊呀嘛请问说很太更最等们个名户年月日号时里中上下后前内间所者人元次场家区县市省条件'.split(
    '',
  ),
)
const SURNAMES: ReadonlySet<string> = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'.split(
    '',
  ),
)
const ABOUT_A_PERSON = /师傅|同志|先生|女士|主席|书记|部长|科长|是谁|手机|身份证|住址|家住/

/** Whether the dictionary leaves a character over that rarely stands alone: a cheap first look. */
export function leavesCharacters(
  text: string,
  { pieces }: { readonly pieces: (text: string) => readonly string[] },
): boolean {
  return pieces(text).some(isStrange)
}

function isStrange(piece: string): boolean {
  return piece.length === 1 && CHINESE.test(piece) && !LONE.has(piece)
}

/** Replaces wrong characters in a folded text; says what was replaced. */
export function repairHomophones(
  text: string,
  lexicon: HomophoneLexicon,
): { readonly text: string; readonly repairs: readonly Repair[] } {
  const marks = markKnown(text, lexicon)
  const repairs: Repair[] = []
  let result = ''
  for (let at = 0; at < text.length; ) {
    const repair = repairAt(text, at, marks, lexicon)
    result += repair?.meant ?? text[at]
    if (repair !== undefined) repairs.push(repair)
    at += repair?.typed.length ?? 1
  }
  return { text: result, repairs }
}

/** What the dictionary makes of a character, and whether a piece begins there. */
interface Mark {
  readonly kind: 'known' | 'lone' | 'strange' | 'protected'
  readonly opens: boolean
}

function markKnown(text: string, lexicon: HomophoneLexicon): Mark[] {
  const marks: Mark[] = []
  for (const piece of lexicon.pieces(text)) {
    const kind = isStrange(piece) ? 'strange' : piece.length === 1 ? 'lone' : 'known'
    for (let i = 0; i < piece.length; i++) marks.push({ kind, opens: i === 0 })
  }
  markWords(text, marks, lexicon)
  for (const { start, end } of lexicon.protectedSpans(text)) {
    for (let i = start; i < end; i++) marks[i] = { kind: 'protected', opens: i === start }
  }
  return marks
}

/** Characters left over by the dictionary that are a word of the passages are no mistake. */
function markWords(text: string, marks: Mark[], { spelling }: HomophoneLexicon): void {
  for (let start = 0; start < text.length; start++) {
    for (let end = start + SHORTEST; end <= Math.min(text.length, start + LONGEST); end++) {
      if (marks[start]?.kind !== 'strange' || !spelling.has(text.slice(start, end))) continue
      for (let i = start; i < end; i++) marks[i] = { kind: 'known', opens: i === start }
    }
  }
}

function repairAt(
  text: string,
  start: number,
  marks: readonly Mark[],
  lexicon: HomophoneLexicon,
): Repair | undefined {
  if (marks[start]?.opens !== true) return undefined
  for (let length = Math.min(LONGEST, text.length - start); length >= SHORTEST; length--) {
    const meant = meantBy(text, { start, end: start + length }, marks, lexicon)
    if (meant !== undefined) {
      return { typed: text.slice(start, start + length), meant: meant.word, kind: 'homophone' }
    }
  }
  return repairCharacter(text, start, marks, lexicon)
}

/** The word that these characters stand for by their sound; undefined when they are right or unclear. */
function meantBy(
  text: string,
  { start, end }: Span,
  marks: readonly Mark[],
  lexicon: HomophoneLexicon,
): SpelledWord | undefined {
  if (end < text.length && marks[end]?.opens !== true) return undefined
  const kinds = marks.slice(start, end).map(({ kind }) => kind)
  if (end - start < LONG_NAME && !kinds.includes('strange')) return undefined
  const typed = text.slice(start, end)
  if (!CHINESE.test(typed) || kinds.includes('protected')) return undefined
  if (kinds.includes('strange') && isKnownRun(typed, lexicon.pairFrequency)) return undefined
  if (lexicon.spelling.has(typed) || mayBeName(text, start, end - start, marks)) return undefined
  const neighbours = {
    before: marks[start - 1]?.kind === 'known' ? text[start - 1] : undefined,
    after: marks[end]?.kind === 'known' ? text[end] : undefined,
  }
  return soundAlike(typed, lexicon.spelling).find((spelled) =>
    isMeant(spelled, typed, kinds, neighbours, lexicon),
  )
}

/** Words of the same length that sound like the typed characters do most often. */
function soundAlike(typed: string, spelling: Spelling): SpelledWord[] {
  const [sound] = spelling.soundsOf(typed)
  if (sound === undefined) return []
  return spelling.bySound(sound).filter(({ word }) => word.length === typed.length)
}

/**
 * Half of the characters must have been typed right. Without a strange character only a long name of
 * the dictionary counts. Two strange characters may be anything, so the word must be a name or
 * stand beside the same neighbour in the passages.
 */
function isMeant(
  spelled: SpelledWord,
  typed: string,
  kinds: readonly Mark['kind'][],
  {
    before = '',
    after = '',
  }: { readonly before: string | undefined; readonly after: string | undefined },
  { pairFrequency }: HomophoneLexicon,
): boolean {
  const right = [...typed].filter((character, i) => spelled.word[i] === character).length
  if (right * 2 < typed.length) return false
  if (!kinds.includes('strange')) return spelled.name && typed.length >= LONG_NAME
  if (typed.length > SHORTEST || spelled.name) return !kinds.every((kind) => kind === 'lone')
  if (!kinds.every((kind) => kind === 'strange')) return false
  const [first = '', last = ''] = spelled.word
  return (
    (before !== undefined && pairFrequency(before, first) > 0) ||
    (after !== undefined && pairFrequency(last, after) > 0)
  )
}

/** Whether all the typed characters stand side by side in the passages. */
function isKnownRun(typed: string, pairFrequency: HomophoneLexicon['pairFrequency']): boolean {
  for (let i = 0; i + 1 < typed.length; i++) {
    if (pairFrequency(typed[i] ?? '', typed[i + 1] ?? '') === 0) return false
  }
  return true
}

/** 刘维全 is somebody: a lone surname before the word or a question about a person. */
function mayBeName(text: string, start: number, length: number, marks: readonly Mark[]): boolean {
  const before = text[start - 1] ?? ''
  if (SURNAMES.has(before) && marks[start - 1]?.kind === 'strange') return true
  const behind = text.slice(start + length, start + length + 3)
  const person = ABOUT_A_PERSON.test(behind) || /是谁/.test(text)
  return SURNAMES.has(text[start] ?? '') && person
}

/**
 * The third of three strange characters, where the passages have the first two and another character
 * of its sound behind them: 速裁厅 where they say 速裁庭.
 */
function repairCharacter(
  text: string,
  start: number,
  marks: readonly Mark[],
  { spelling, pairFrequency }: HomophoneLexicon,
): Repair | undefined {
  const [first, second, typed] = text.slice(start, start + 3)
  if (first === undefined || second === undefined || typed === undefined) return undefined
  const strange = [0, 1, 2].every((i) => marks[start + i]?.kind === 'strange')
  if (!strange) return undefined
  if (pairFrequency(first, second) < 2 || pairFrequency(second, typed) > 0) return undefined
  if (mayBeName(text, start, 3, marks)) return undefined
  const meant = spelling
    .soundsOf(typed)
    .flatMap((syllable) => spelling.charactersBySound(syllable))
    .map((word) => ({ word, frequency: pairFrequency(second, word) }))
    .filter(({ word, frequency }) => word !== typed && frequency >= 2)
    .sort((a, b) => b.frequency - a.frequency)[0]
  if (meant === undefined) return undefined
  return { typed: first + second + typed, meant: first + second + meant.word, kind: 'homophone' }
}
