/** The channels that the configuration turns on, their SDKs loaded only then. */
import type { App } from '../app.ts'
import { keepCallLedger } from '../channels/feishu/count-calls.ts'
import { createFeishuChannel, type FeishuChannel } from '../channels/feishu/feishu-channel.ts'
import { keepSentMessages } from '../channels/feishu/sent-messages.ts'
import type { HealthCheck } from '../domain/health.ts'
import { BotError } from '../errors.ts'
import type { RunningChannel } from './start-messaging.ts'

export interface OpenChannels {
  readonly running: readonly RunningChannel[]
  readonly feishu?: FeishuChannel
}

/** @throws {BotError} when a configured channel's SDK is not installed. */
export async function openChannels(app: App): Promise<OpenChannels> {
  const feishu = await openFeishu(app)
  return {
    running: feishu ? [{ ...feishu, check: () => checkFeishu(feishu) }] : [],
    ...(feishu && { feishu }),
  }
}

async function openFeishu({
  config,
  clock,
  logger,
  cache,
}: App): Promise<FeishuChannel | undefined> {
  const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret } = config
  if (appId === undefined || appSecret === undefined) return undefined
  const lark = await loadSdk('@larksuiteoapi/node-sdk', () => import('@larksuiteoapi/node-sdk'))
  const kept = cache.keyv('feishu')
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
  const { isReady, connection, calls } = channel.health()
  const usage = calls.limit > 0 ? `,本月接口 ${calls.calls}/${calls.limit} 次` : ''
  if (isReady) return { name: '飞书', status: 'ok', detail: `已连接${usage}` }
  return {
    name: '飞书',
    status: 'down',
    detail: `没有连上${connection.reason === undefined ? '' : `(${connection.reason})`},正在重试${usage}`,
  }
}
