/**
 * How words sound: the words of the passages and of the term dictionary by their pinyin without
 * tones, and by their initials. What typing errors and pinyin questions are repaired with.
 */
import { pinyin } from 'pinyin-pro'
import { everydayWords } from './plain-synonyms.ts'
import type { TermDictionary } from './term-dictionary.ts'

export interface SpelledWord {
  readonly word: string
  /** Passages that hold it; names of the dictionary and question words count as {@link NAME_FREQUENCY}. */
  readonly frequency: number
  /** A name of the term dictionary. */
  readonly name: boolean
}

export interface Spelling {
  /** Takes in names, and up to `most` words that came since the last time; true when none is left. */
  update(most: number): boolean
  /** Words that sound like this (syllables written together), most frequent first. */
  bySound(sound: string): readonly SpelledWord[]
  /** Places that sound like this: typed in pinyin, never what a wrong character is mended to. */
  placesBySound(sound: string): readonly SpelledWord[]
  /** Single characters of known words that sound like this syllable. */
  charactersBySound(syllable: string): readonly string[]
  /** Names and longer words whose syllables begin with these letters. */
  byInitials(letters: string): readonly SpelledWord[]
  /** Every way a word of Chinese characters may sound, syllables written together; at most four. */
  soundsOf(word: string): readonly string[]
  /** Whether the passages or the dictionary have exactly this word. */
  has(word: string): boolean
  /** Letters of the longest sound. */
  readonly longestSound: number
}

export interface SpellingSources {
  /** New words since the `from`-th, as SearchIndex gives them. */
  readonly vocabulary: (from: number) => Iterable<readonly [word: string, frequency: number]>
  /** The term dictionary: its names are learned anew when it is another one. */
  readonly dictionary: () => Pick<TermDictionary, 'names'>
  /** Names of places that may be asked about: learned once. */
  readonly places?: () => Iterable<string>
}

/** Words that questions are asked with: the passages need not have them. */
const QUESTION_WORDS: readonly string[] = (
  '多少 怎么 什么 哪里 哪儿 哪些 哪个 哪天 几个 几点 谁 何时 如何 怎样 为什么 是不是 有没有 能不能 可以 申请 办理 ' +
  '今年 去年 明年 年底 现在 要 建 几 有 在 的 给 了 吗 呢 我 我们 能 会 是 去 领 办 钱 个 名 户 家 人 次 场 年 月 号 ' +
  '怎么办 找谁 在哪 在哪里 多久 时候 什么时候 标准 条件 目标 任务 联系 电话 参加 报名 还 和 也 不 没 没有 到 多 把 让 做 ' +
  '多少钱 多少人 多少个 多少天 多少家 多长时间 几天 几年 几次 几家 几号 几月 几岁 一年 一个 一次 一天 一人 每年 每月 每天 每人 每次 ' +
  '以前 以后 之前 之后 以内 之内 开始 结束 截止 天 日 内 前 后 里 上 下 吧 啊 请问 咨询 热线 地址 材料 需要 哪 元 块 ' +
  '交 发 拿 报 补 奖 收 缴 花 用 来 问 说 看 找 想 带 开 关 开门 关门 上班 下班 上午 下午 晚上 早上 中午 周末 ' +
  '孩子 家里 单位 公司 老板 工资 退休 生病 住院 出院 上学 大学生 高中生 学费 报销 补助 补贴 身份证 银行卡 手机 网上 ' +
  '本 书 台 件 项 条 张 间 处 座 辆 瓶 份 届 期 班 门 种 类 篇 块 ' +
  '免费 资格 符合 对象 范围 流程 手续 表格 时间 地点 地方 名单 结果 通知 文件 规定 政策 内容 要求 负责 部门 领导 ' +
  '搞 弄 学 教 学了 做了 建了 办了 发了 去了 来了 们 孩子们 一共 总共 全市 全县 全省 第几 第几年 几届 名字 叫 活动 比赛 培训 课程 项目 得 着 过 被 从 对 跟 和 或 又 再 第一 第二 第三 第四 第五 第一期 第二期 第三期 第一批 第二批 出多少 要出 掏多少 交多少 花多少 领多少 发多少 给多少 建多少 补多少 办多少 收多少 只 才 该 算 出 够 管 应该 需不需要'
).split(' ')

const NAME_FREQUENCY = 50
const WAYS_TO_SOUND = 4
const WORDS_A_SOUND = 8
/** Longer words are compounds that nobody types whole. */
const LONGEST_WORD = 12
const CHINESE = /^\p{Script=Han}+$/u

/** Learns from the sources at the first `update`. */
export function createSpelling({
  vocabulary,
  dictionary,
  places = () => [],
}: SpellingSources): Spelling {
  const readings = new Map<string, readonly string[]>()
  const sounds = new Map<string, SpelledWord[]>()
  const placeSounds = new Map<string, SpelledWord[]>()
  const initials = new Map<string, SpelledWord[]>()
  const characters = new Map<string, readonly string[]>()
  const knownCharacters = new Set<string>()
  const known = new Set<string>()
  let taken = 0
  let longestSound = 0
  let knownNames: ReadonlySet<string> = new Set()
  let knownDictionary: Pick<TermDictionary, 'names'> | undefined

  const readingsOf = (character: string): readonly string[] => {
    const before = readings.get(character)
    if (before !== undefined) return before
    const all = pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true })
    const distinct = [...new Set(all)].slice(0, 3)
    readings.set(character, distinct)
    return distinct
  }

  const waysToSound = (word: string): Sound[] => {
    let ways: Sound[] = [{ sound: '', initials: '' }]
    for (const character of word) {
      const next = readingsOf(character)
      const [only = ''] = next
      if (next.length === 1) {
        for (const way of ways) append(way, only)
      } else ways = branch(ways, next)
    }
    return ways
  }

  const learnCharacter = (character: string): void => {
    if (knownCharacters.has(character)) return
    knownCharacters.add(character)
    for (const syllable of readingsOf(character)) {
      characters.set(syllable, [...(characters.get(syllable) ?? []), character])
    }
  }

  const learn = (word: string, frequency: number, name: boolean): void => {
    if (word.length > LONGEST_WORD || known.has(word) || !CHINESE.test(word)) return
    known.add(word)
    for (const character of word) learnCharacter(character)
    const spelled = { word, frequency, name }
    for (const way of waysToSound(word)) {
      longestSound = Math.max(longestSound, way.sound.length)
      enter(sounds, way.sound, spelled)
      if (name || word.length >= 3) enter(initials, way.initials, spelled)
    }
  }

  const learnPlace = (word: string): void => {
    if (word.length > LONGEST_WORD || !CHINESE.test(word)) return
    for (const { sound } of waysToSound(word)) {
      longestSound = Math.max(longestSound, sound.length)
      enter(placeSounds, sound, { word, frequency: 0, name: false })
    }
  }

  const learnNames = (): void => {
    const now = dictionary()
    if (now === knownDictionary) return
    knownDictionary = now
    const current = new Set(now.names())
    for (const name of current) if (!knownNames.has(name)) learn(name, NAME_FREQUENCY, true)
    if (knownNames.size === 0) {
      for (const word of [...QUESTION_WORDS, ...everydayWords]) learn(word, NAME_FREQUENCY, false)
      for (const word of places()) learnPlace(word)
    }
    knownNames = current
  }

  return {
    update(most) {
      learnNames()
      let left = most
      for (const [word, frequency] of vocabulary(taken)) {
        if (left-- === 0) return false
        learn(word, frequency, false)
        for (const half of halvesOf(word)) learn(half, frequency, false)
        taken += 1
      }
      return true
    },
    bySound: (sound) => sounds.get(sound) ?? [],
    placesBySound: (sound) => placeSounds.get(sound) ?? [],
    charactersBySound: (syllable) => characters.get(syllable) ?? [],
    byInitials: (letters) => initials.get(letters) ?? [],
    soundsOf: (word) => (CHINESE.test(word) ? waysToSound(word).map(({ sound }) => sound) : []),
    has: (word) => known.has(word),
    get longestSound() {
      return longestSound
    },
  }
}

/** 工会干部 is cut as one word; 工会 is typed alone. */
function halvesOf(word: string): readonly string[] {
  return word.length === 4 ? [word.slice(0, 2), word.slice(2)] : []
}

interface Sound {
  sound: string
  initials: string
}

function append(way: Sound, syllable: string): void {
  way.sound += syllable
  way.initials += syllable.slice(0, 1)
}

function branch(ways: readonly Sound[], syllables: readonly string[]): Sound[] {
  const branched = ways.flatMap((way) =>
    syllables.map((syllable) => {
      const next = { ...way }
      append(next, syllable)
      return next
    }),
  )
  return branched.slice(0, WAYS_TO_SOUND)
}

/** Names first, then by frequency; only the best few of a sound are kept. */
function enter(map: Map<string, SpelledWord[]>, key: string, word: SpelledWord): void {
  const words = map.get(key)
  if (words === undefined) {
    map.set(key, [word])
    return
  }
  if (words.includes(word)) return
  words.push(word)
  words.sort((a, b) => Number(b.name) - Number(a.name) || b.frequency - a.frequency)
  if (words.length > WORDS_A_SOUND) words.pop()
}
