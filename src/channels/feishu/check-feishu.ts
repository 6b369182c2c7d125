/**
 * Whether Feishu is set up: each finding is a sentence that says what to do. Used by `doctor` and by
 * `setup feishu`. Opens no connection: a second one would take every other event from a bot that is
 * running.
 */
import type * as Lark from '@larksuiteoapi/node-sdk'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { Logger } from '../../logger.ts'
import { FeishuError } from './classify-error.ts'
import { baseUrl, type Credentials, connectApi } from './connect-api.ts'
import { createCallCounter } from './count-calls.ts'
import type { FeishuApi } from './feishu-api.ts'
import { CALLBACKS, EVENTS, PERMISSIONS } from './feishu-permissions.ts'
import { ENDPOINT_PATH } from './http-instance.ts'
import { readEndpointAnswer } from './open-long-connection.ts'

export interface Finding {
  readonly level: 'ok' | 'warning' | 'error'
  readonly text: string
}

export interface CheckOptions extends Credentials {
  readonly mode: 'long-connection' | 'webhook'
  readonly clock: Clock
  readonly logger: Logger
  readonly signal: AbortSignal
}

const ok = (text: string): Finding => ({ level: 'ok', text })
const warning = (text: string): Finding => ({ level: 'warning', text })
const error = (text: string): Finding => ({ level: 'error', text })

/** Never rejects but for the signal: what cannot be found out is said too. */
export async function checkFeishu(
  lark: typeof Lark,
  options: CheckOptions,
): Promise<readonly Finding[]> {
  const { clock, logger, signal } = options
  const calls = createCallCounter({ clock, limit: 0 })
  const { api, httpInstance } = connectApi(lark, options, { clock, logger, calls })
  const bot = await checkBot(api, options)
  if (bot.some(({ level }) => level === 'error')) return bot
  return [
    ...bot,
    ...(await checkScopes(api, signal)),
    ...(await checkVersion(api, options.appId, signal)),
    ...(options.mode === 'webhook'
      ? [
          warning(
            '回调方式：请在「事件与回调」里把请求地址设为 本机公网地址/webhooks/feishu，保存时会自动验证。',
          ),
        ]
      : await checkEndpoint(httpInstance, options)),
  ]
}

async function checkBot(api: FeishuApi, { domain, signal }: CheckOptions): Promise<Finding[]> {
  try {
    const { name, isActive } = await api.identify(signal)
    if (isActive) return [ok(`凭证有效，机器人是「${name}」`)]
    return [error('应用还没有启用：请在「版本管理与发布」创建版本并发布，由企业管理员审核通过。')]
  } catch (caught) {
    signal.throwIfAborted()
    if (!(caught instanceof FeishuError)) throw caught
    if (caught.kind === 'no-answer') return [error(unreachable(domain))]
    if (caught.kind === 'credentials' || caught.retryable) return [error(caught.message)]
    return [error('应用没有机器人能力：请在「添加应用能力」里添加「机器人」，再发布版本。')]
  }
}

function unreachable(domain: string): string {
  const isOwn = domain !== 'feishu' && domain !== 'lark'
  const address = isOwn ? '、FEISHU_DOMAIN 写的网址' : ''
  return `连不上飞书（${baseUrl(domain)}）：请检查这台机器的网络、代理和防火墙${address}，然后再运行一次。`
}

const scopesShape = z.object({
  scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })).nullish(),
})
/** Of `grant_status`: granted by the tenant. */
const GRANTED = 1

async function checkScopes(api: FeishuApi, signal: AbortSignal): Promise<Finding[]> {
  const path = '/open-apis/application/v6/scopes'
  const answer = await attempt(api.call({ method: 'GET', path, signal }, scopesShape), signal)
  if (answer === undefined) {
    return [warning('查不到权限开通情况，请在「权限管理」里对照 setup feishu 列出的清单检查。')]
  }
  const granted = (answer.scopes ?? [])
    .filter((scope) => scope.grant_status === GRANTED)
    .map((scope) => scope.scope_name)
  const missing = PERMISSIONS.filter(({ scope }) => !isGranted(scope, granted))
  if (missing.length === 0) return [ok('权限齐全')]
  return missing.map(({ scope, purpose, isRequired }) =>
    isRequired
      ? error(`缺少权限 ${scope}（${purpose}）：请在「权限管理」开通后重新发布版本。`)
      : warning(`没有权限 ${scope}，因此不能：${purpose}。需要时在「权限管理」开通。`),
  )
}

/** Broad permissions of older apps hold the narrow ones. */
const HELD_BY: Readonly<Record<string, readonly string[]>> = {
  'im:message:send_as_bot': ['im:message'],
  'im:message:readonly': ['im:message'],
  'im:message.p2p_msg:readonly': ['im:message.p2p_msg'],
  'im:message.group_at_msg:readonly': ['im:message.group_at_msg', 'im:message.group_msg'],
  'docx:document:readonly': ['docx:document'],
  'wiki:wiki:readonly': ['wiki:wiki'],
  'drive:file:download': [
    'drive:drive',
    'drive:drive:readonly',
    'drive:file',
    'drive:file:readonly',
  ],
}
const isGranted = (scope: string, granted: readonly string[]) =>
  [scope, ...(HELD_BY[scope] ?? [])].some((name) => granted.includes(name))

const applicationShape = z.object({
  app: z.object({ online_version_id: z.string().nullish() }),
})
const versionsShape = z.object({
  items: z
    .array(
      z.object({
        version_id: z.string(),
        events: z.array(z.string()).nullish().catch(undefined),
        event_infos: z.array(z.object({ event_type: z.string().nullish() })).nullish(),
      }),
    )
    .nullish(),
})

async function checkVersion(
  api: FeishuApi,
  appId: string,
  signal: AbortSignal,
): Promise<Finding[]> {
  const path = `/open-apis/application/v6/applications/${encodeURIComponent(appId)}`
  const params = { lang: 'zh_cn' }
  const application = await attempt(
    api.call({ method: 'GET', path, params, signal }, applicationShape),
    signal,
  )
  if (application === undefined) return [warning(SUBSCRIBE)]
  const online = application.app.online_version_id
  if (!online) {
    return [error('机器人还没有发布：请在「版本管理与发布」创建版本并发布，职工才看得到它。')]
  }
  const request = { method: 'GET', path: `${path}/app_versions`, params, signal } as const
  const versions = await attempt(api.call(request, versionsShape), signal)
  const version = versions?.items?.find((item) => item.version_id === online)
  if (version === undefined) return [ok('已发布'), warning(SUBSCRIBE)]
  const infos = (version.event_infos ?? []).map((info) => info.event_type)
  const events = [...infos, ...(version.events ?? [])]
  const missing = EVENTS.filter(({ event }) => !events.includes(event))
  return [
    ok('已发布'),
    ...(missing.length === 0 ? [ok('事件都已订阅')] : []),
    ...missing.map(({ event, purpose, isRequired }) =>
      (isRequired ? error : warning)(
        `没有订阅事件 ${event}（${purpose}）：请在「事件与回调 → 事件配置」添加后重新发布版本。`,
      ),
    ),
    warning(
      `请确认「事件与回调 → 回调配置」里已添加 ${CALLBACKS.join('、')}，否则按钮点了没有反应。`,
    ),
  ]
}

const SUBSCRIBE = `查不到事件订阅情况（需要权限 admin:app.info:readonly），请在「事件与回调」里确认已订阅：${EVENTS.map(({ event }) => event).join('、')}，回调已添加：${CALLBACKS.join('、')}。`

async function checkEndpoint(
  httpInstance: Lark.HttpInstance,
  { appId, appSecret, domain, signal }: CheckOptions,
): Promise<Finding[]> {
  const url = `${baseUrl(domain)}${ENDPOINT_PATH}`
  const data = { AppID: appId, AppSecret: appSecret }
  const answer = await attempt(httpInstance.post(url, data, { headers: { locale: 'zh' } }), signal)
  const { code, reason } = readEndpointAnswer(answer)
  if (code === 0) {
    return [ok('长连接可用。请确认「事件与回调」里的订阅方式是「使用长连接接收事件/回调」。')]
  }
  return [
    error(`长连接暂时不可用：${reason ?? '没有应答'}。机器人会自动重试；一个应用最多 50 个连接。`),
  ]
}

/** undefined when the platform refuses: the finding says so. */
async function attempt<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await work
  } catch (caught) {
    signal.throwIfAborted()
    if (caught instanceof FeishuError) return undefined
    throw caught
  }
}
