/** What runs: the web server and every configured channel. Started in order, stopped in reverse. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from '../app.ts'
import { createWebServer } from '../channels/web/create-web-server.ts'
import { isLoopback } from '../config.ts'
import { createConsole } from '../console/create-console.ts'
import { collectMetrics } from './collect-metrics.ts'
import { consoleServices } from './console-services.ts'
import { startHousekeeping } from './keep-house.ts'
import { openChannels } from './open-channels.ts'
import { createQuestionLog } from './question-log.ts'
import { reportHealth } from './report-health.ts'
import { startChannelWatch } from './start-channel-watch.ts'
import { type RunningChannel, startMessaging } from './start-messaging.ts'
import { webServices } from './web-services.ts'

export interface Bot {
  /** What the operator reads at the start: address, what is not configured, what to do next. */
  readonly greeting: string
  stop(): Promise<void>
}

/**
 * @param print writes to the operator's terminal; absent when nobody sits there.
 * @throws {BotError} when the port is taken.
 */
export async function startBot(app: App, print?: (text: string) => void): Promise<Bot> {
  await app.seedSamples()
  await app.knowledge.refresh()
  const { config } = app
  const apiToken = apiTokenOf(config)
  const publicUrl = config.PUBLIC_URL && { publicUrl: config.PUBLIC_URL }
  const log = createQuestionLog({
    questions: app.store.questions,
    logger: app.logger,
    now: () => app.clock.now(),
  })
  await log.prune()
  const channels = await openChannels(app)
  const messaging = startMessaging(app, channels.running)
  const housekeeping = startHousekeeping(app, initiating(channels.running))
  const watch = startChannelWatch(app, channels.running, print)
  const health = () => reportHealth(app, messaging.checks())
  const pages = createConsole(consoleServices(app, { health, channels: channels.running }), {
    ...publicUrl,
  })
  const metrics = collectMetrics(app, health)
  app.onAnswer(metrics.count)
  const services = webServices(app, {
    log,
    health,
    metrics: metrics.page,
    console: pages.respond,
    ...(channels.feishu && { feishuWebhook: channels.feishu.webhook }),
  })
  const web = createWebServer(services, {
    host: config.HOST,
    port: config.PORT,
    identify: pages.identify,
    ...publicUrl,
    ...(apiToken && { apiToken }),
  })
  await web.start()
  return {
    greeting: greet(app, web.address(), await pages.setupPath()),
    stop: async () => {
      await web.stop()
      await watch.stop()
      await messaging.stop()
      await housekeeping.stop()
      await log.settle()
      await app.close()
    },
  }
}

/** On loopback the API is open; elsewhere it needs a token: the configured one, or one made at the first start. */
function apiTokenOf(config: App['config']): string | undefined {
  if (config.API_TOKEN !== undefined) return config.API_TOKEN
  if (isLoopback(config.HOST)) return undefined
  const file = join(config.DATA_DIR, 'api-token')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const token = randomBytes(24).toString('base64url')
  writeFileSync(file, `${token}\n`, { mode: 0o600 })
  return token
}

function greet({ config, knowledge }: App, address: string, setupPath?: string): string {
  const documents = [...knowledge.index.documents()]
  const samples = documents.filter(({ metadata }) => metadata.sample).length
  const shown =
    samples > 0
      ? `${documents.length} 份（其中示例 ${samples} 份，放入真实文件后自动停用）`
      : `${documents.length} 份`
  return [
    '',
    '娘家人已启动',
    `  网页问答  ${address}`,
    setupPath === undefined
      ? `  管理页面  ${address}/console`
      : `  管理页面  ${config.PUBLIC_URL ?? address}${setupPath} （设置管理员，15 分钟内有效）`,
    `  数据      ${config.DATABASE_URL === undefined ? config.DATA_DIR : 'PostgreSQL'}`,
    `  文件      ${shown}`,
    ...missing(config).map((line) => `  ${line}`),
    '  按 Ctrl+C 停止',
    '',
  ].join('\n')
}

function missing(config: App['config']): string[] {
  const lines = [
    config.FEISHU_APP_ID === undefined && '飞书',
    config.WECHATY_PUPPET === undefined && '微信',
    config.OPENAI_MODEL === undefined && '大模型（回答一律摘录原文）',
  ].filter((name) => typeof name === 'string')
  const unset = lines.length > 0 ? [`未配置    ${lines.join('、')}`] : []
  const contact = config.UNION_HOTLINE === undefined && config.UNION_CONTACT === undefined
  return contact
    ? [...unset, '建议填写  UNION_NAME、UNION_HOTLINE、UNION_CONTACT（回答里的「下一步」会用到）']
    : unset
}

const initiating = (channels: readonly RunningChannel[]) =>
  channels.filter(({ capabilities }) => capabilities.initiates).map(({ name }) => name)
