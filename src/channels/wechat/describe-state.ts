/** How the WeChat session is, and what an operator can do about it. */
import type { HealthCheck } from '../../domain/health.ts'
import type { SessionState } from './keep-session.ts'

const REASONS: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [/^token-refused/, '令牌被拒绝，请核对 WECHATY_PUPPET_SERVICE_TOKEN'],
  [/^no-token/, '没有填 WECHATY_PUPPET_SERVICE_TOKEN，请填上网关给的令牌再重启'],
  [/^token-form/, 'WECHATY_PUPPET_SERVICE_TOKEN 形式不对，应形如 insecure_ 加一个 UUID'],
  [/^unreachable/, '连不上网关，请核对 WECHATY_PUPPET_SERVICE_ENDPOINT，并确认网关在运行'],
  [/^gateway-|^no-heartbeat|^silent/, '与网关的连接断了，一直连不上就核对网关走不走 TLS'],
  [/^no-login/, '网关接了连接却没有登录，也没给二维码，请检查网关和令牌'],
  [/^logged-out/, '微信已退出登录，请到管理页面的「渠道」重新扫码'],
  [/^lease-lost/, '会话被另一台机器接管'],
  [/^store/, '数据库没有回应，不知道会话归哪台机器，请检查数据库'],
  [/^folder/, '数据文件夹不可写，请检查 DATA_DIR 的权限'],
  [/^package: wechaty$/, '没有装 wechaty，请运行 npm ci（不要加 --omit=optional）'],
  [/^crash|^exit|^SIG/, '会话进程意外退出'],
]

export interface Standing {
  /** Logged in under another id than before. */
  readonly isOtherAccount: boolean
  /** Since the last message came in. */
  readonly idleMinutes?: number
  /** It sends nothing for so long: the platform throttled it, or the day's number is used up. */
  readonly silentMinutes?: number
}

export function describeState(
  state: SessionState | undefined,
  standing: Standing = { isOtherAccount: false },
): Pick<HealthCheck, 'status' | 'detail'> {
  switch (state?.kind) {
    case 'online':
      return describeOnline(state.name, standing)
    case 'scan':
      return { status: 'down', detail: '等待扫码登录，请在管理页面的「渠道」里用手机扫码' }
    case 'standby':
      return { status: 'ok', detail: '由另一台机器登录，这台待命' }
    case 'down':
      return { status: 'down', detail: `${adviceFor(state.reason)}${RETRIES}` }
    default:
      return { status: 'down', detail: STARTING }
  }
}

function describeOnline(
  name: string,
  { isOtherAccount, idleMinutes, silentMinutes }: Standing,
): Pick<HealthCheck, 'status' | 'detail'> {
  const detail = `已登录：${name}${since(idleMinutes)}${isOtherAccount ? REBIND : ''}`
  if (silentMinutes === undefined) return { status: 'ok', detail }
  const pause = `发得太多，或微信提示过于频繁，约 ${Math.ceil(silentMinutes)} 分钟后再发`
  return { status: 'degraded', detail: `${detail}。${pause}` }
}

const RETRIES = '。正在自动重试，不用重启'
const STARTING = '正在启动，等网关登录或给出二维码。一分钟后还是这样，请检查网关和令牌'

const REBIND = '。微信号或编号与上次不同，以前的绑定可能失效，请用 people pair 让大家重新绑定'

function since(idleMinutes: number | undefined): string {
  if (idleMinutes === undefined) return ''
  const minutes = Math.floor(idleMinutes)
  return minutes < 1 ? '，刚收到过消息' : `，${minutes} 分钟前收到过消息`
}

function adviceFor(reason: string): string {
  const puppet = /^package: (?!wechaty$)(.+)/.exec(reason)?.[1]
  if (puppet !== undefined) return `没有装 ${puppet}，请运行 npm install ${puppet}`
  return REASONS.find(([pattern]) => pattern.test(reason))?.[1] ?? '会话断了'
}
