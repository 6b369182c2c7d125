/**
 * The words of a question that say what it is about, weighed: programmes and things before deeds,
 * rare words before common ones; the words that ask, the places and the years are left out.
 */
import { parseNumber } from '../text/parse-number.ts'
import { everydayWords, plainSynonyms } from './plain-synonyms.ts'
import type { SearchIndex } from './search-index.ts'
import type { TermDictionary } from './term-dictionary.ts'

export interface TaggedWord {
  readonly word: string
  /** Part of speech in jieba's notation: n, v, ns, m … */
  readonly tag: string
}

/** Cuts a text into words with their parts of speech. */
export interface WordTagger {
  tagged(text: string): readonly TaggedWord[]
}

/** Words that say the same as (1) or something near (below 1) a word of the question. */
export interface OtherWording {
  readonly wording: string
  readonly weight: number
}

export interface Term {
  readonly word: string
  /** How much finding it counts: about 0 to 1. */
  readonly weight: number
  /** A thing or a name: evidence that lacks every wording of it is about something else. */
  readonly key: boolean
  /** The name of a place, known to the gazetteer or not. */
  readonly place: boolean
  /** A verb: what happens rather than what it happens to. */
  readonly deed: boolean
  /** Taken over from another part of the question, or from an earlier turn. */
  readonly carried: 'no' | 'part' | 'turn'
  readonly others: readonly OtherWording[]
}

export interface TermSources {
  readonly tagger: WordTagger
  readonly index: Pick<SearchIndex, 'frequency' | 'pairFrequency' | 'passageCount'>
  readonly terms: Pick<TermDictionary, 'expand'>
}

/** Weight by part of speech; everything else says nothing about the matter. */
const TAG_WEIGHTS: readonly (readonly [RegExp, number])[] = [
  [/^(n|nz|nt|nr|nrt|nrfg|ns|eng|l|i|j|an|ng|nw)$/, 1],
  [/^(?:vn|everyday)$/, 0.7],
  [/^(v|vd|vg|g|zg)$/, 0.5],
  [/^(b|s)$/, 0.5],
  [/^(a|ad|ag)$/, 0.35],
  [/^(m|mq)$/, 0.35],
  [/^(p|uj|ul|uz|ug|uv|r|c|y|d|f|k|o|e|h|zg)$/, 0],
  [/^(t|q)$/, 0.2],
]

/** Things so general that lacking them proves nothing. */
const GENERAL = new Set(
  (
    '算数 有效 作数 过期 要点 通知 职工 工会 总工会 服务 员工 部分 剩下 其余 东西 目标 任务 任务数 数 数量 数字 情况 方面 方式 内容 时间 地方 人 事 事情 家 单位 工作 问题 活动 ' +
    '会 会议 文件 计划 要求 措施 领导 部门 规定 政策 名单 我家 同事 师傅 年 月 日 号 钱 地址 电话 手机 材料 流程 手续 ' +
    '办法 条件 资格 对象 份 里头 里面 里 城里 全市 全省 全县 全区 市里 省里 县里 州里 区里 市 省 县 区 本省 本市 本县 本区 市总 省总 县总 ' +
    '全国 报道 消息 新闻 篇 说法 意思 名字 名 样 种 类 叫 指 听说 同志 大家 本人 自己 公司 厂 我们 我们家 我家 人员 方面 下一步 步 重点 名额 ' +
    '一共 总共 合计 分别 各自 目前 现在 今年 明年 去年 当年 那年 年度 资料 主题 全市 具体 数据 最后 最多 最少 员工 区别 哪家 家里 时候'
  ).split(' '),
)

/** Deeds so general that they carry nothing. */
const EMPTY_VERBS = new Set(
  (
    '进去 出来 进来 过去 过来 回来 回去 上去 下去 还有 还在 还能 还可以 什么 什么样 什么样的 哪种 哪类 哪些 哪里 哪儿 多少 怎么 怎么样 谁 几 哪 几个 是从 是哪 是 有 要 这份 那份 这个 那个 这次 那次 这些 那些 哪个 之前 任何 算不算 能不能 有没有 可不可以 能否 是不是 是否 吗 能 会 可以 想 请 问 告诉 说 讲 看 知道 给 让 做 干 搞 弄 办 用 到 去 来 在 得 叫 指 需要 应该 听说 列 列全 列出 ' +
    '发我 没有 算 分 别搞混 搞混 觉得 打算 可 没 行 开始 进行 开展 定 完成 达到 达 多 少 起来 出来 上 下 包括 包含 属于 成 当 准备 请问 帮忙 包不包 ' +
    '还是 比 比较 拿 完 好 大 小 高 低 弄 写 提 提到 规定 讲讲 介绍 谈谈 咨询 了解 主要 一样 不一样'
  ).split(' '),
)

const ENGLISH_STOP_WORDS = new Set(
  (
    'how many much the what when where who which why had has have did does was were are for and its this that these ' +
    'those can could will would should may from into with about there their they you your our his her not any all by ' +
    'must does plan than then been being please tell finished finish start end year month day people number list name give get got mid'
  ).split(' '),
)

/** A word that no passage holds is as telling as one that one passage in this many holds. */
const RAREST = 400

/** The weighed terms of a text from which the asking phrases were cut out. */
export function questionTerms(text: string, sources: TermSources): Term[] {
  const terms = new Map<string, Term>()
  for (const { word, tag } of wordsOf(text, sources)) {
    const term = weigh(word, tag, sources)
    if (term === undefined || terms.has(word)) continue
    terms.set(word, term)
  }
  return withoutEnglish([...terms.values()])
}

/** Beside Chinese words, English ones only dress the question. */
function withoutEnglish(terms: Term[]): Term[] {
  const chinese = terms.filter(({ word }) => /[一-龥]/.test(word))
  return chinese.length > 0 ? chinese.concat(terms.filter(({ word }) => /\d/.test(word))) : terms
}

/** Tag of names that are one word whatever jieba makes of them: in quotation marks, or in the dictionary. */
const NAME = 'nz'
/** Tag of an everyday word that documents write otherwise: it counts, but lacking it proves nothing. */
const EVERYDAY = 'everyday'
const QUOTED = /["“《]([^"”》\s]{2,20})["”》]/g

const SHORTEST_NAME = 2

function wordsOf(text: string, sources: TermSources): TaggedWord[] {
  const names = new Set<string>()
  for (const [, name = ''] of text.matchAll(QUOTED)) names.add(name)
  for (const { insteadOf } of sources.terms.expand(text)) {
    if (insteadOf !== undefined && insteadOf.length >= SHORTEST_NAME) names.add(insteadOf)
  }
  const everyday = everydayIn(text, sources)
  const longestFirst = [...names, ...everyday].toSorted((a, b) => b.length - a.length)
  let rest = text
  for (const name of longestFirst) rest = rest.replaceAll(name, ' ')
  const whole = longestFirst
    .filter((name) => text.includes(name))
    .map((word) => ({ word, tag: names.has(word) ? NAME : EVERYDAY }))
  return [...whole, ...joinSingles(sources.tagger.tagged(rest), sources)]
}

/** Everyday words that begin and end where words do: 家里人 is none in 家里人均. */
function everydayIn(text: string, { tagger }: TermSources): string[] {
  const present = everydayWords.filter((word) => text.includes(word))
  if (present.length === 0) return []
  const bounds = new Set<number>([0])
  let at = 0
  for (const { word } of tagger.tagged(text)) {
    at += word.length
    bounds.add(at)
  }
  return present.filter((word) => {
    const start = text.indexOf(word)
    return bounds.has(start) && bounds.has(start + word.length)
  })
}

const SINGLE = /^[一-龥]$/
/** Tags of single characters that are particles, not parts of a word. */
const PARTICLE = /^(?:u|p|r|c|y|d|f|m|q|x)/

/** 水 + 站: characters that jieba leaves apart, but that stand together in the documents, are a word. */
function joinSingles(words: readonly TaggedWord[], { index }: TermSources): TaggedWord[] {
  const joined: TaggedWord[] = []
  for (const one of words) {
    const before = joined.at(-1)
    const fits =
      before !== undefined &&
      SINGLE.test(before.word) &&
      SINGLE.test(one.word) &&
      (!PARTICLE.test(before.tag) || before.word === '再') &&
      !PARTICLE.test(one.tag) &&
      index.frequency(before.word + one.word) + index.pairFrequency(before.word, one.word) > 0
    if (fits) joined.pop()
    joined.push(fits ? { word: before.word + one.word, tag: JOINED } : one)
  }
  return joined
}

/** A joined word weighs like a name that jieba does not know. */
const JOINED = 'x'

function weigh(word: string, tag: string, sources: TermSources): Term | undefined {
  if (!/[\p{L}\p{N}]/u.test(word) || EMPTY_VERBS.has(word)) return undefined
  if (tag === 'eng' && (word.length < 3 || ENGLISH_STOP_WORDS.has(word))) return undefined
  const byTag = TAG_WEIGHTS.find(([tags]) => tags.test(tag))?.[1] ?? unknownWeight(word)
  if (byTag === 0 && word.length < 2) return undefined
  const general = GENERAL.has(word)
  const rarity = rarityOf(word, sources)
  const weight = general
    ? 0.1
    : Math.max(byTag, word.length >= 2 ? 0.2 : 0) * rarity * lengthWeight(word)
  return {
    word,
    weight,
    key: !general && byTag >= 1 && word.length >= (tag === NAME ? 3 : 2) && !/[的了]/.test(word),
    place: tag === 'ns' && word.length >= 2 && !GOING.test(word),
    deed: /^v/.test(tag) && !general,
    carried: 'no',
    others: [...plainSynonyms(word), ...otherFigures(word), ...dictionaryWordings(word, sources)],
  }
}

/** 上门, 上台, 出去: deeds that the tagger takes for places. */
const GOING = /^[上下进出到来去回][门台手场线来去岗课班马车]$/

/** 两万 is written 2万 or 20000, 十五个 15个. */
function otherFigures(word: string): OtherWording[] {
  const [, figure = '', measure = ''] =
    /^([\d.〇零一二两三四五六七八九十百千万亿]+)([一-龥]?)$/.exec(word) ?? []
  const value = parseNumber(figure)
  if (value === undefined || value < 10) return []
  const written = [`${value}`, ...(value % 10_000 === 0 ? [`${value / 10_000}万`] : [])]
  return written.map((digits) => ({ wording: digits + measure, weight: 1 }))
}

function dictionaryWordings(word: string, { terms }: TermSources): OtherWording[] {
  return terms
    .expand(word)
    .filter(({ insteadOf }) => insteadOf === word)
    .map(({ term, weight }) => ({ wording: term, weight }))
}

/** A word jieba does not know is a name more often than not, unless it is a deed with its particle (发了, 设个). */
function unknownWeight(word: string): number {
  if (!/^[一-龥]{2,}$/.test(word)) return 0
  return /[了的个给得过着在不要把被从那这我你他]/.test(word) ? 0.2 : 0.7
}

function lengthWeight(word: string): number {
  if (word.length === 1) return 0.5
  return word.length === 2 ? 1 : 1.2
}

/** 0.25 for a word of every passage up to 1 for one that is rare or unknown. */
function rarityOf(word: string, { index }: TermSources): number {
  const total = Math.max(index.passageCount, 1)
  const frequency = Math.min(index.frequency(word), total)
  const idf = Math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))
  const highest = Math.log(1 + (Math.min(total, RAREST) + 0.5) / 0.5)
  return Math.min(1, Math.max(0.25, idf / highest))
}
