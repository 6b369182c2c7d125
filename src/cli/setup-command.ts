/**
 * `setup feishu`: makes or checks the Feishu app, says what to tick, keeps new credentials in .env.
 */
import { chmod, readFile, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { toString as toQrCode } from 'qrcode'
import { setupFeishu } from '../channels/feishu/setup-feishu.ts'
import { systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { BotError } from '../errors.ts'
import { silentLogger } from '../logger.ts'
import type { Terminal } from './program.ts'

const ENVIRONMENT_FILE = '.env'
/** The platform's code for scanning lives as long. */
const PATIENCE_MS = 10 * 60 * 1000

export function addSetupCommand(
  program: Command,
  readConfig: () => Config,
  terminal: Terminal,
): void {
  program
    .command('setup')
    .description('接入飞书等平台')
    .command('feishu')
    .description('扫码创建飞书应用，或列出要勾选的每一项，并逐项检查')
    .action(async () => {
      const lark = await import('@larksuiteoapi/node-sdk')
      const isReady = await setupFeishu(lark, optionsOf(readConfig(), terminal))
      if (!isReady) throw new BotError('feishu_not_ready', '飞书还没有接好，请按上面的提示处理。')
    })
}

function optionsOf(config: Config, terminal: Terminal) {
  const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, PUBLIC_URL: publicUrl } = config
  return {
    domain: config.FEISHU_DOMAIN,
    mode: config.FEISHU_MODE,
    clock: systemClock,
    logger: silentLogger,
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(appId && appSecret && { credentials: { appId, appSecret } }),
    ...(publicUrl && { publicUrl }),
    print: (line: string) => terminal.print(line),
    showQrCode: async (url: string) => {
      terminal.print(await toQrCode(url, { type: 'terminal', small: true }))
      terminal.print(`扫不了的话，用浏览器打开：${url}`)
    },
    save: (variables: Readonly<Record<string, string>>) => saveVariables(variables),
  }
}

/** Puts variables into .env: a line that is there is replaced, others stay as they are. */
export async function saveVariables(
  variables: Readonly<Record<string, string>>,
  file = ENVIRONMENT_FILE,
): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => '') // no file yet: it begins empty
  const kept = before
    .split('\n')
    .filter((line) => !Object.keys(variables).some((name) => line.startsWith(`${name}=`)))
    .join('\n')
    .trimEnd()
  const added = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
  const text = [kept, ...added].filter((part) => part !== '').join('\n')
  await writeFile(file, `${text}\n`, { mode: 0o600 })
  await chmod(file, 0o600) // a file that was there keeps its mode otherwise
}
