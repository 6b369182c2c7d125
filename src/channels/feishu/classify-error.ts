/**
 * What a refusal of the open platform means for a delivery. The codes are from the platform's error
 * pages; four of them are commonly misread (230020 is a rate limit, 230002 means the bot is not in
 * the chat, 230017 concerns a file's owner, 99991400 is a rate limit), so the table is explicit.
 */
import { DeliveryError } from '../channel.ts'

/** One answer that was not a success, before anybody decided what it means. */
export interface Refusal {
  /** HTTP status; 0 when there was no answer at all. */
  readonly status: number
  /** The platform's own code; undefined when the body was not its JSON. */
  readonly code?: number
  /** The platform's text: goes to logs for operators, never to users. */
  readonly detail?: string
  readonly retryAt?: Temporal.Instant
}

export type RefusalKind =
  | 'rate-limit'
  | 'quota'
  | 'credentials'
  | 'token'
  | 'scope'
  | 'network-policy'
  | 'not-in-chat'
  | 'unreachable-person'
  | 'recalled'
  | 'thread'
  | 'too-long'
  | 'audit'
  | 'card'
  | 'too-old'
  | 'not-found'
  | 'server'
  | 'gateway'
  | 'no-answer'
  | 'other'

const KINDS: Readonly<Record<Exclude<RefusalKind, 'gateway' | 'no-answer' | 'other'>, number[]>> = {
  /** System busy, internal error: said with HTTP 200 too. */
  server: [1, 2200, 55001],
  'rate-limit': [99991400, 230020, 11232, 11233, 11247],
  quota: [99991403],
  credentials: [10003, 10012, 10014, 514],
  token: [99991661, 99991663, 99991664, 99991665, 99991671],
  scope: [99991672, 99991679],
  'network-policy': [99991401],
  'not-in-chat': [230002, 10030, 232011],
  'unreachable-person': [230013, 230029, 230034, 230053, 99992351, 230018, 230035],
  recalled: [230011, 230110],
  thread: [230019, 230071, 230072],
  'too-long': [230025, 200860],
  audit: [230022, 230028],
  card: [230099, 11310, 200621, 200861, 200570, 200914, 300300, 300301, 300305, 300315],
  'too-old': [230031, 200750],
  'not-found': [1770002, 1770032, 131005, 131006, 1061003, 1061004, 234003, 234009, 41050],
}
const KIND_OF = new Map(
  Object.entries(KINDS).flatMap(([kind, codes]) =>
    codes.map((code) => [code, kind as RefusalKind] as const),
  ),
)

export function kindOfRefusal(refusal: Refusal): RefusalKind {
  const known = refusal.code === undefined ? undefined : KIND_OF.get(refusal.code)
  if (known !== undefined) return known
  if (refusal.status === 429) return 'rate-limit'
  if (refusal.status === 401) return 'token'
  if (refusal.status === 0) return 'no-answer'
  if (refusal.status < 500) return 'other'
  // Its own error body: it did not do it. A gateway's page: it may have.
  return refusal.code === undefined ? 'gateway' : 'server'
}

/** What is said of each kind; the sentence tells an operator what to do. */
const SENTENCES: Readonly<Record<RefusalKind, string>> = {
  'rate-limit': '飞书限制了发送频率，稍后会自动重发。',
  quota: '本月飞书接口次数已用完，下月 1 日恢复；可在飞书管理后台升级套餐。',
  credentials: '飞书的 App ID 或 App Secret 不对，请到开发者后台「凭证与基础信息」核对后重填。',
  token: '飞书访问凭证失效，正在重新获取。',
  scope: '飞书应用缺少权限，请运行 npm run bot -- setup feishu 查看要开通哪些。',
  'network-policy': '飞书应用设置了 IP 白名单，请把本机出口地址加进去。',
  'not-in-chat': '机器人不在这个群里，请把它加回群后再试。',
  'unreachable-person':
    '这个人收不到机器人的消息（不在应用可用范围、已离职、已停用，或群设置不许机器人发言）。',
  recalled: '要回复的消息已被撤回，不再发送。',
  thread: '这个话题已不在，改为普通回复。',
  'too-long': '消息超过飞书允许的长度。',
  audit: '消息没有通过飞书的内容审核（常见原因：含手机号、邮箱）。',
  card: '飞书没有接受这张卡片。',
  'too-old': '原消息已超过 14 天，不能再更新。',
  'not-found': '飞书上没有找到这份内容，或应用没有查看它的权限。',
  server: '飞书服务暂时出错，稍后会自动重试。',
  gateway: '飞书网关出错，稍后会自动重试。',
  'no-answer': '飞书没有及时应答，稍后会自动重试。',
  other: '飞书拒绝了这次请求。',
}

const RETRYABLE: readonly RefusalKind[] = ['rate-limit', 'server', 'gateway', 'no-answer', 'token']
/** After these the platform may have done what was asked all the same. */
const UNKNOWN_OUTCOME: readonly RefusalKind[] = ['gateway', 'no-answer']

/** A refusal that keeps what the platform said, for those who fall back to something else. */
export class FeishuError extends DeliveryError {
  readonly refusal: Refusal
  readonly kind: RefusalKind

  constructor(refusal: Refusal, cause?: unknown) {
    const kind = kindOfRefusal(refusal)
    const number = refusal.code ?? (refusal.status === 0 ? undefined : refusal.status)
    super(
      `feishu_${kind.replaceAll('-', '_')}`,
      number === undefined ? SENTENCES[kind] : `${SENTENCES[kind]}（代码 ${number}）`,
      {
        retryable: RETRYABLE.includes(kind),
        outcomeUnknown: UNKNOWN_OUTCOME.includes(kind),
        ...(refusal.retryAt ? { retryAt: refusal.retryAt } : {}),
        ...(cause === undefined ? {} : { cause }),
      },
    )
    this.refusal = refusal
    this.kind = kind
  }
}
