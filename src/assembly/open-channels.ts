/** The channels that the configuration turns on, their SDKs loaded only then. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { App } from '../app.ts'
import { connectApi } from '../channels/feishu/connect-api.ts'
import { createCallCounter, keepCallLedger } from '../channels/feishu/count-calls.ts'
import { createFeishuChannel, type FeishuChannel } from '../channels/feishu/feishu-channel.ts'
import { createDirectory, type Directory } from '../channels/feishu/read-directory.ts'
import { keepSentMessages } from '../channels/feishu/sent-messages.ts'
import { isPrivateEndpoint, openSession, probeEndpoint } from '../channels/wechat/open-session.ts'
import { createWechatChannel, type WechatChannel } from '../channels/wechat/wechat-channel.ts'
import type { HealthCheck } from '../domain/health.ts'
import { BadInputError, BotError } from '../errors.ts'
import { startTaskCopies } from './copy-tasks.ts'
import { createReadMarks } from './read-marks.ts'
import type { RunningChannel } from './start-messaging.ts'
import { warnOfQuota } from './warn-of-quota.ts'

export interface OpenChannels {
  readonly running: readonly RunningChannel[]
  readonly feishu?: FeishuChannel
  readonly wechat?: WechatChannel
}

/** @throws {BotError} when a configured channel's SDK is not installed. */
export async function openChannels(app: App): Promise<OpenChannels> {
  const feishu = await openFeishu(app)
  const wechat = openWechat(app)
  const running = [...(feishu ? [withTaskCopies(app, feishu)] : []), ...(wechat ? [wechat] : [])]
  return { running, ...(feishu && { feishu }), ...(wechat && { wechat }) }
}

/** As it runs: with its health, and its copies of tasks where they are wanted. */
function withTaskCopies(app: App, feishu: FeishuChannel) {
  const running = { ...feishu, check: () => checkFeishu(feishu) }
  if (!app.config.FEISHU_TASKS) return running
  const copies = startTaskCopies(app, feishu)
  const stop = async () => {
    await copies.stop()
    await feishu.stop()
  }
  return { ...running, stop }
}

async function openFeishu(app: App): Promise<FeishuChannel | undefined> {
  const { config, clock, logger, cache } = app
  const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret } = config
  if (appId === undefined || appSecret === undefined) return undefined
  const lark = await loadSdk('@larksuiteoapi/node-sdk', () => import('@larksuiteoapi/node-sdk'))
  const kept = cache.keyv('feishu')
  const marks = createReadMarks(cache.keyv('read'))
  return createFeishuChannel(lark, {
    appId,
    appSecret,
    domain: config.FEISHU_DOMAIN,
    mode: config.FEISHU_MODE,
    ...(config.FEISHU_ENCRYPT_KEY && { encryptKey: config.FEISHU_ENCRYPT_KEY }),
    ...(config.FEISHU_VERIFICATION_TOKEN && {
      verificationToken: config.FEISHU_VERIFICATION_TOKEN,
    }),
    monthlyCalls: config.FEISHU_MONTHLY_CALLS,
    streaming: config.FEISHU_STREAMING,
    clock,
    logger,
    sent: keepSentMessages(kept),
    ledger: keepCallLedger(kept),
    onRead: ({ deliveryId }) => {
      marks
        .note(deliveryId, clock.now())
        .catch((error: unknown) => logger.warn('read_mark_unsaved', { error }))
    },
    onSaving: (usage) => {
      warnOfQuota(usage, app).catch((error: unknown) => logger.warn('quota_unsaid', { error }))
    },
  })
}

/**
 * The organisation's people, without a connection: for importing them.
 *
 * @throws {BadInputError} when Feishu is not configured.
 */
export async function openFeishuDirectory({ config, clock, logger }: App): Promise<Directory> {
  const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_DOMAIN: domain } = config
  if (appId === undefined || appSecret === undefined) {
    throw new BadInputError(
      'feishu_not_configured',
      '还没有接上飞书，请先运行 npm run bot -- setup feishu。',
    )
  }
  const lark = await loadSdk('@larksuiteoapi/node-sdk', () => import('@larksuiteoapi/node-sdk'))
  const calls = createCallCounter({ clock, limit: 0 }) // contacts are free
  const { api } = connectApi(lark, { appId, appSecret, domain }, { clock, logger, calls })
  return createDirectory(api, clock)
}

/** Never wechaty's default puppet: WeChat is on only when one is named. Its SDK loads in its own process. */
function openWechat({ config, clock, logger, cache, store }: App): WechatChannel | undefined {
  const { WECHATY_PUPPET: puppet, WECHATY_PUPPET_SERVICE_ENDPOINT: endpoint } = config
  if (puppet === undefined) return undefined
  const owner = randomUUID()
  const token = config.WECHATY_PUPPET_SERVICE_TOKEN
  const session = {
    puppet,
    ...(token && { token }),
    ...(endpoint && { endpoint }),
    withoutTls:
      config.WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT ??
      (endpoint !== undefined && isPrivateEndpoint(endpoint)),
  }
  return createWechatChannel({
    clock,
    logger,
    random: Math.random,
    open: () => openSession(session, join(config.DATA_DIR, 'wechat')),
    lease: {
      hold: (until) => store.leases.hold('wechat', { owner, now: clock.now(), until }),
      release: () => store.leases.release('wechat', owner),
    },
    probe: () => probeEndpoint(endpoint),
    values: cache.keyv('wechat'),
  })
}

/** An optional package that is missing fails with its name and the way to install it. */
async function loadSdk<Sdk>(name: string, load: () => Promise<Sdk>): Promise<Sdk> {
  try {
    return await load()
  } catch (cause) {
    throw new BotError('package_missing', `没有装 ${name}。请运行 npm ci 重新安装。`, { cause })
  }
}

function checkFeishu(channel: FeishuChannel): HealthCheck {
  const { isReady, isSaving, connection, calls, fault } = channel.health()
  const saving = isSaving ? '，快用完了，加急提醒和逐字显示已停用' : ''
  const usage = calls.limit > 0 ? `，本月接口 ${calls.calls}/${calls.limit} 次${saving}` : ''
  if (isReady) return { name: '飞书', status: 'ok', detail: `已连接${usage}` }
  if (fault !== undefined) {
    return { name: '飞书', status: 'down', detail: `没有启动：${fault}改好后重新启动。` }
  }
  return {
    name: '飞书',
    status: 'down',
    detail: `没有连上${connection.reason === undefined ? '' : `（${connection.reason}）`}，正在重试${usage}`,
  }
}
