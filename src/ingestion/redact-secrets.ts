/**
 * Takes secrets and personal numbers out of a text before anything else sees it, unit for unit, so that
 * offsets stay: identity numbers, personal mobile numbers, bank cards, passwords, access keys.
 *
 * What a union publishes for everybody stays: landlines, 12351 and other short numbers, 400 and 800
 * numbers, a mobile number that is named as a hotline or an office's.
 */
import type { ReadingWarning } from '../domain/document.ts'
import type { Span } from '../domain/span.ts'

/** Stands for one redacted UTF-16 unit until cleaning writes 〔已隐去〕 there. */
export const MASK = '█'

type Kind = '身份证号' | '手机号' | '银行卡号' | '密码' | '密钥'

interface Secret extends Span {
  readonly kind: Kind
}

const IDENTITY =
  /(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXxXx](?![\dA-Za-z])/g
const MOBILE = /(?<![\d.])(?:\+?86[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}){2}(?!\d)/g
const CARD = /(?:银行卡|卡号|信用卡|储蓄卡|工资卡)[^\d\n]{0,10}(\d(?:[ -]?\d){14,18})(?!\d)/g
const PASSWORD =
  /(?:密码|口令|password|passwd|pwd|验证码|授权码)\s*(?:是|为|[:：=])\s*[“"']?([^\s，。；,;、）)”"'<>\u4e00-\u9fff]{3,40})/gi
const KEY =
  /(?:api[-_ ]?key|app[-_ ]?secret|secret|token|密钥|access[-_ ]?key)\s*(?:是|为|[:：=])\s*[“"']?([A-Za-z0-9_\-.]{12,})|\b(sk-[A-Za-z0-9_-]{16,})/gi

/** Before a mobile number, these words say that it is there for everybody. */
const PUBLISHED =
  /(?:热线|咨询|服务|值班|举报|监督|投诉|报名|办公|维权|救助|求助|预约)(?:专?线|电话|手机|号码|咨询)*[^\n。；;]{0,8}$/
/** A person named right before makes it that person's after all. */
const PERSON = /(?:联系人|本人|家庭|家长|申请人|户主|个人)[^\n。；;]{0,24}$/
const LOOK_BACK = 32

export interface Redacted {
  /** As long as the text that came in. */
  readonly text: string
  readonly warnings: readonly ReadingWarning[]
}

export function redactSecrets(text: string): Redacted {
  const secrets = [
    ...find(text, IDENTITY, '身份证号'),
    ...find(text, CARD, '银行卡号'),
    ...find(text, PASSWORD, '密码'),
    ...find(text, KEY, '密钥'),
    ...find(text, MOBILE, '手机号').filter(({ start }) => !isPublished(text, start)),
  ]
  if (secrets.length === 0) return { text, warnings: [] }
  return { text: mask(text, secrets), warnings: [warningOf(secrets)] }
}

/** The span of the value: the first group that matched, else the whole match. */
function find(text: string, pattern: RegExp, kind: Kind): Secret[] {
  return [...text.matchAll(pattern)].map((match) => {
    const value = match.slice(1).find((group) => group !== undefined) ?? match[0]
    const start = match.index + match[0].lastIndexOf(value)
    return { kind, start, end: start + value.length }
  })
}

function isPublished(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - LOOK_BACK), start)
  return PUBLISHED.test(before) && !PERSON.test(before)
}

function mask(text: string, secrets: readonly Span[]): string {
  let result = ''
  let position = 0
  for (const { start, end } of secrets.toSorted((a, b) => a.start - b.start)) {
    if (start < position) continue
    result += text.slice(position, start) + MASK.repeat(end - start)
    position = end
  }
  return result + text.slice(position)
}

function warningOf(secrets: readonly Secret[]): ReadingWarning {
  const counts = Map.groupBy(secrets, ({ kind }) => kind)
  const parts = [...counts].map(([kind, found]) => `${kind} ${found.length} 处`)
  return {
    code: 'secret_redacted',
    message: `已隐去${parts.join('、')}。回答里不会出现；原件里的也请尽快处理。`,
  }
}
