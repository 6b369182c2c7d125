/**
 * Words of a reworded sentence that the source must have too: verdicts about the asker, words that
 * grant, oblige or exaggerate, what is done and what is only planned, and any content word of its own.
 */
import type { GroundingFault } from './check-grounding.ts'
import type { FactReader } from './stated-facts.ts'

/** Nobody but the union decides for a person: whoever is spoken to is told no result. */
const VERDICT =
  /(?:您|你|贵)[^,。;]{0,14}(?:符合|满足|有资格|可以|能|够|属于|算|应该|肯定|没问题|可领|可享|拿到|领到|领取|享受)|(?:这种|这个|此类)情况(?:可以|能|符合|属于|不能|算)|(?:您|你|请|尽管|大可)放心/

/** Each of these must stand in the source, or one that says the same. */
const BINDING_WORDS: readonly RegExp[] = [
  /可以|可(?!能|靠|见|惜|爱)|均可|能够|能(?!力|源|手|耗|工)|允许|允准/,
  /必须|应当|应(?!急|用|对|届|聘|邀)|务必|须(?!知)|一律|不得不|非得/,
  /有资格|无资格|资格/,
  /符合条件/,
  /免费|不收(?:取)?(?:任何)?费/,
  /收费|付费|交费|缴费|自费|收取/,
  /全额|全免|全部|所有|全体|全都|统统|均|都|各|凡/,
  /优先/,
  /仅|只(?!要求)|限于/,
  /不限|无需|不需要|不用|不必/,
  /保证|确保|肯定|一定(?!时|期|的)|必定|必将|绝对/,
  /永久|终身|长期/,
  /自动|强制/,
  /自愿/,
  /补发|报销|免除|减免|翻倍|全免/,
  /延长|延期|推迟|提前/,
  /立即|马上|随时|当天|即日/,
  /优惠|奖励|礼品|红包|现金/,
  /平均|人均|累计|总额/,
  /[数几][十百千万]?[名人个户家次项]|若干|许多|大量|大批|大多数|大部分/,
]

/** Where what is asked may be said in another of these words. */
const ALIKE_IN_SOURCE: readonly (readonly [said: RegExp, source: RegExp])[] = [
  [/均|都|各|凡|全部|所有|全体/, /均|都|各|凡|每|全|所有|一应俱全/],
  [/可以|可(?!能)|能/, /可|能/],
  [/免费/, /免费|不收(?:取)?(?:任何)?费/],
]

export function wordingFault(text: string, source: string): GroundingFault | undefined {
  if (VERDICT.test(text)) return 'verdict'
  if (BINDING_WORDS.some((words) => words.test(text) && !mayBeSaid(words, text, source))) {
    return 'eligibility'
  }
  return undefined
}

function mayBeSaid(words: RegExp, text: string, source: string): boolean {
  const [said = ''] = words.exec(text) ?? []
  if (source.includes(said)) return true
  return ALIKE_IN_SOURCE.some(([one, other]) => one.test(said) && other.test(source))
}

/** Parts of speech that carry what a sentence says. */
const TELLING_TAG = /^(?:n|v|a|i|l|j|eng|t|s|f|z|b)/
export function isTelling(tag: string): boolean {
  return TELLING_TAG.test(tag)
}

/** Words of wording, not of content: what a rewriter may add. */
const GLUE: ReadonlySet<string> = new Set(
  (
    '是 有 为 要 会 将 按 按照 根据 计划 安排 打算 写 写明 写着 写的 提到 提出 要求 规定 说 说明 讲 指出 明确 材料 文件 原文 通知 ' +
    '办法 要点 内容 其中 包括 包含 分别 一共 共 共有 总共 合计 目标 任务 标准 达到 开展 进行 当年 数量 情况 方面 对 不对 不是 没有 没 ' +
    '需要 以 上 下 里 中 来 做 给 给予 让 请 办 办理 建 建成 设 设有 这 那 该 此 项 条 名 个 户 家 次 占 带 用 帮 帮助 为止 截止 时间 日期 ' +
    '地点 地址 电话 号码 对象 金额 数额 一次 一种 两种 三种 四种 五种 情形 方式 具体 主要 还有 另外 以及 同时 暂时 暂 交 缴 交纳 缴纳 发 发放 ' +
    '领 出 收 到 去 找 打 拨打 提供 支付 承担 负责 开始 结束 可 年 月 日 天 时候 当天 大约 至少 最多 至多 最高 最低 之前 之后 以前 以后 以内 ' +
    '前 后 内 起 间 期间 资金 经费 钱 费用 人 人员 组织 举办 参加 参与 帮扶 服务 说法 问题 今年 做好 属于 应 称 叫 名称 名 就 再 拿出 就是 如下 成为 见 详见'
  ).split(' '),
)

/**
 * Whether a content word stands in neither source nor wording.
 *
 * @param text folded, its links cut out.
 * @param source folded, without white space.
 */
export function saysNewWords(text: string, source: string, { tagger }: FactReader): boolean {
  return tagger
    .tagged(text)
    .filter(({ word, tag }) => isTelling(tag) && /[\p{L}]/u.test(word))
    .some(({ word }) => !isKnown(word, source))
}

/** A word is known when it stands there, or is made of such words: 互助金|标准. */
function isKnown(word: string, source: string): boolean {
  if (GLUE.has(word) || source.includes(word)) return true
  for (let cut = 1; cut < word.length; cut++) {
    const [head, tail] = [word.slice(0, cut), word.slice(cut)]
    const [headStands, tailStands] = [head, tail].map(
      (part) => part.length > 1 && source.includes(part),
    )
    if (headStands && (tailStands || GLUE.has(tail))) return true
    if (tailStands && GLUE.has(head)) return true
  }
  return false
}
