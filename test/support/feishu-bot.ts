/**
 * The whole bot as `npm start` runs it, told by its environment alone to talk to a platform that is
 * not Feishu's: the fake one.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp } from '../../src/app.ts'
import { startBot } from '../../src/assembly/start-bot.ts'
import { type Clock, systemClock } from '../../src/clock.ts'
import { parseConfig } from '../../src/config.ts'
import { silentLogger } from '../../src/logger.ts'
import { type FeishuPlatform, startFeishuPlatform } from './feishu-platform.ts'
import type { Shown } from './feishu-platform-world.ts'

export interface FeishuBot {
  readonly platform: FeishuPlatform
  readonly app: App
  /** Where the bot's own pages are. */
  readonly address: string
  /** Resolves when the bot has shown as many messages as told, or after ten seconds. */
  shown(count: number): Promise<readonly Shown[]>
  /** Resolves when the bot is connected. */
  connected(): Promise<void>
  stop(): Promise<void>
}

export interface FeishuBotOptions {
  readonly clock?: Clock
  /** A platform that several bots are connected to; whoever made it stops it. */
  readonly platform?: FeishuPlatform
}

const PATIENCE_MS = 10_000

export async function startFeishuBot(
  environment: Readonly<Record<string, string>> = {},
  { clock = systemClock, ...shared }: FeishuBotOptions = {},
): Promise<FeishuBot> {
  const dataDir = mkdtempSync(join(tmpdir(), 'feishu-bot-'))
  const platform = shared.platform ?? (await startFeishuPlatform())
  const config = parseConfig({
    DATA_DIR: dataDir,
    PORT: '0',
    UNION_NAME: '平凉市总工会',
    UNION_HOTLINE: '0933-12351',
    UNION_JURISDICTION: '甘肃省/平凉市',
    ADMINS: 'feishu:ou_admin',
    FEISHU_APP_ID: platform.appId,
    FEISHU_APP_SECRET: platform.appSecret,
    FEISHU_DOMAIN: platform.url,
    ...environment,
  })
  const app = await createApp(config, { clock, logger: silentLogger })
  const bot = await startBot(app)
  return {
    platform,
    app,
    address: /http:\/\/[\w.:]+/.exec(bot.greeting)?.[0] ?? '',
    shown: async (count) => {
      await waitUntil(() => platform.world.shown.length >= count)
      return platform.world.shown
    },
    connected: () => waitUntil(() => platform.connections() > 0),
    stop: async () => {
      await bot.stop()
      if (shared.platform === undefined) await platform.stop()
      rmSync(dataDir, { recursive: true })
    },
  }
}

async function waitUntil(isTrue: () => boolean): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  while (!isTrue() && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
