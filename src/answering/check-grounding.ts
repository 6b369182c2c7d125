/**
 * The guard: decides whether what a model wrote may be shown. Deterministic, after the model, and the
 * only thing that counts: no instruction in a prompt is trusted to hold.
 *
 * A sentence stays when it cites given passages and says nothing that the cited ones do not: no
 * figure, organisation, name or eligibility word of its own, no negation turned round, no verdict
 * about the asker. A link to a foreign host, markup or the canary condemns the whole answer.
 */
import type { Gazetteer } from '../domain/jurisdiction.ts'
import { foldForMatching, foldWithoutSpaces } from '../text/fold-for-matching.ts'
import { figuresIn, hasFigure } from './figures-in.ts'

export interface WrittenSentence {
  readonly text: string
  /** Numbers of the passages it rests on, from 1. */
  readonly cites: readonly number[]
}

export interface GroundingSources {
  /** What each passage may vouch for: its quote and what is known of its document. Passage 1 first. */
  readonly passages: readonly string[]
  /** Said by our own code and true: whose and which year's document speaks. */
  readonly context: string
  readonly canary: string
  /** Hosts a link may lead to. */
  readonly allowedHosts: readonly string[]
  readonly gazetteer: Pick<Gazetteer, 'findIn'>
  readonly tagger: {
    tagged(text: string): readonly { readonly word: string; readonly tag: string }[]
  }
}

export type GroundingFault =
  | 'canary'
  | 'link'
  | 'markup'
  | 'no-citation'
  | 'unknown-citation'
  | 'figure'
  | 'number-string'
  | 'organisation'
  | 'name'
  | 'eligibility'
  | 'verdict'
  | 'negation'
  | 'new-words'
  | 'too-long'

export interface GroundingResult {
  /** Empty when the answer is condemned. */
  readonly kept: readonly WrittenSentence[]
  readonly faults: readonly GroundingFault[]
}

/** Sentences that may fail before the whole answer is given up. */
const FORGIVEN = 1
const LONGEST_SENTENCE = 160
/** A sentence of which more than this share of the telling words is new says something new. */
const NEW_WORDS_ALLOWED = 0.34

/** Checks every sentence; never repairs one. */
export function checkGrounding(
  sentences: readonly WrittenSentence[],
  sources: GroundingSources,
): GroundingResult {
  const whole = sentences.map(({ text }) => text).join('\n')
  const condemned = condemnation(whole, sources)
  if (condemned !== undefined) return { kept: [], faults: [condemned] }
  const checked = sentences.map((sentence) => ({ sentence, fault: faultOf(sentence, sources) }))
  const faults = checked.flatMap(({ fault }) => (fault === undefined ? [] : [fault]))
  if (faults.length > FORGIVEN) return { kept: [], faults }
  const kept = checked.filter(({ fault }) => fault === undefined).map(({ sentence }) => sentence)
  return { kept, faults }
}

const URL_LIKE =
  /(?:[a-z][a-z0-9+.-]*:)?\/\/([^\s/?#)\]>"'，。；、]+)|(?:www\.)?((?:[a-z0-9-]+\.)+(?:com|cn|net|org|gov|edu|io|info|top|xyz|cc|vip|site|online|app|ru|me|tv|club)(?:\.[a-z]{2})?)\b/giu
/** A link to an allowed host says nothing of its own. */
const WHOLE_URL = /(?:[a-z]+:\/\/|www\.)[^\s\p{Script=Han}]+/gu
const MARKUP =
  /[<>`]|!?\[[^\]]*\]\(|[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f]|[\u{e0000}-\u{e007f}]|(?:^|\n)\s*(?:#|\||---)/u

function condemnation(text: string, sources: GroundingSources): GroundingFault | undefined {
  const folded = foldWithoutSpaces(text)
  if (folded.includes(foldWithoutSpaces(sources.canary))) return 'canary'
  if (MARKUP.test(text)) return 'markup'
  const hosts = [...foldForMatching(text).matchAll(URL_LIKE)].map(([, host, bare]) => host ?? bare)
  return hosts.every((host) => sources.allowedHosts.includes(host ?? '')) ? undefined : 'link'
}

function faultOf(
  { text, cites }: WrittenSentence,
  sources: GroundingSources,
): GroundingFault | undefined {
  if (cites.length === 0) return 'no-citation'
  const passages = cites.map((number) => sources.passages[number - 1])
  if (passages.includes(undefined)) return 'unknown-citation'
  if (text.length > LONGEST_SENTENCE) return 'too-long'
  const source = [...passages, sources.context].join('\n')
  return (
    figureFault(text, source) ??
    wordingFault(foldWithoutSpaces(text), foldWithoutSpaces(source)) ??
    entityFault(text, source, sources)
  )
}

/** Long runs of digits (phone numbers, document numbers) must be there as they are written. */
const DIGIT_STRING = /[0-9][0-9-]{4,}[0-9]|〔[0-9]{4}〕[0-9]+/g

function figureFault(text: string, source: string): GroundingFault | undefined {
  const given = figuresIn(source)
  if (figuresIn(text).some((figure) => !hasFigure(given, figure))) return 'figure'
  const folded = foldWithoutSpaces(source)
  const strings = foldWithoutSpaces(text).match(DIGIT_STRING) ?? []
  const known = (written: string) =>
    folded.includes(written) || (parsesAsFigure(written) && !written.includes('-'))
  return strings.every(known) ? undefined : 'number-string'
}

function parsesAsFigure(written: string): boolean {
  return /^[0-9]{1,9}$/.test(written)
}

/** Nobody but the union decides for a person. */
const VERDICT =
  /(?:您|你)(?:家)?(?:就|应该|肯定|完全|已经|是|不)?(?:符合|满足|有资格|没有资格|可以(?:领|申请|享受|参加|报)|能(?:领|申请|享受|参加|报)|不能|够条件|不够条件|属于|算是|算)/
/** Words that grant, refuse, oblige or exaggerate: each must stand in the source. */
const ELIGIBILITY_WORDS =
  '可以申请|可申请|可以领取|可领取|均可|有资格|无资格|符合条件|必须|应当|不得|严禁|免费|全额|全部|所有|一律|每人|每户|均|优先|仅限|只限|不限|无需|不需要|保证|确保|肯定|一定|永久|终身|自动|强制|自愿|补发|报销|免除|减免|翻倍|最高|最低|至少|至多|不超过|以上|以下|以内|已经|已完成|正在'.split(
    '|',
  )
const NEGATION = /不|没|未|无|非|勿|禁|停止|取消|暂停|终止|拒/

function wordingFault(text: string, source: string): GroundingFault | undefined {
  if (VERDICT.test(text)) return 'verdict'
  if (ELIGIBILITY_WORDS.some((word) => text.includes(word) && !source.includes(word))) {
    return 'eligibility'
  }
  return NEGATION.test(text) && !NEGATION.test(source) ? 'negation' : undefined
}

const ORGANISATION =
  /([\p{Script=Han}]*?)(总工会|联合会|委员会|基金会|办公室|人社局|事务所|法院|公司|银行|医院|学院|大学|学校|中心|协会|集团|[局厅](?![面部限势促长]))/gu
/** Characters before the kind of body that must be the source's too: 陕西省|总工会, 市人社|局. */
const ORGANISATION_HEAD = 2
/** Part of speech: person, place, organisation, other proper name. */
const NAME_TAG = /^(?:nr|ns|nt|nz)/
/** Parts of speech that carry what a sentence says. */
const TELLING_TAG = /^(?:n|v|a|i|l|j|eng)/
/** Words of wording, not of content: what a rewriter may add. */
const GLUE: ReadonlySet<string> = new Set(
  '是 有 为 要 会 将 按 按照 根据 计划 安排 写 写明 提到 提出 要求 说 说明 材料 文件 原文 内容 其中 包括 分别 一共 共 共有 总共 目标 任务 完成 达到 开展 进行 今年 当年 年 底 年底 数量 情况 方面 对 不对 不是 没有 没 需要 以 上 下 里 来 做 给 让 办 建 建成 这 那 该 项 条 名 个 户 家 次'.split(
    ' ',
  ),
)

function entityFault(
  text: string,
  source: string,
  { tagger, gazetteer }: GroundingSources,
): GroundingFault | undefined {
  const folded = foldWithoutSpaces(source)
  const own = foldForMatching(text).replace(WHOLE_URL, '')
  for (const [, head = '', kind = ''] of foldWithoutSpaces(text).matchAll(ORGANISATION)) {
    if (!folded.includes(head.slice(-ORGANISATION_HEAD) + kind)) {
      return 'organisation'
    }
  }
  const places = gazetteer.findIn(own).map(({ start, end }) => own.slice(start, end))
  if (places.some((place) => !folded.includes(place))) return 'name'
  const words = tagger.tagged(own)
  const isNew = ({ word }: { word: string }) => !folded.includes(word)
  if (words.some((word) => NAME_TAG.test(word.tag) && word.word.length > 1 && isNew(word))) {
    return 'name'
  }
  const telling = words.filter(({ word, tag }) => TELLING_TAG.test(tag) && !GLUE.has(word))
  const fresh = telling.filter(isNew).length
  return fresh > telling.length * NEW_WORDS_ALLOWED ? 'new-words' : undefined
}
