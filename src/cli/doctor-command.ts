/** `doctor`: one line a check, each fault with what to do about it. Exit 1 when anything is wrong. */
import { statfs } from 'node:fs/promises'
import type { Command } from 'commander'
import { type App, createApp } from '../app.ts'
import { describeSpending, spentTokens } from '../assembly/describe-spending.ts'
import { storeOptions } from '../assembly/read-settings.ts'
import { checkFeishu } from '../channels/feishu/check-feishu.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { BotError } from '../errors.ts'
import { silentLogger } from '../logger.ts'
import { checkDatabase } from '../storage/sql/check-database.ts'
import { STATE_COUNCIL_HOLIDAYS } from '../text/state-council-holidays.ts'
import type { Terminal } from './program.ts'

interface Finding {
  readonly level: 'ok' | 'warning' | 'error'
  readonly text: string
}

const MARKS = { ok: '✓', warning: '!', error: '✗' } as const
/** Below this a day of messages may not fit, bytes. */
const LOW_DISK = 500 * 1024 * 1024
const FEISHU_WITHIN_MS = 20_000

export function addDoctorCommand(
  program: Command,
  configure: () => Config,
  { terminal, clock }: { readonly terminal: Terminal; readonly clock: Clock },
): void {
  program
    .command('doctor')
    .description('检查这台机器上的安装：哪里不对，怎么办')
    .option('--json', '只印 JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine(configure(), clock)
      if (json) terminal.print(JSON.stringify(findings))
      else for (const { level, text } of findings) terminal.print(`${MARKS[level]} ${text}`)
      const faults = findings.filter(({ level }) => level === 'error').length
      if (faults > 0)
        throw new BotError('doctor_found_faults', `有 ${faults} 处要处理（上面标 ✗ 的）`)
    })
}

async function examine(config: Config, clock: Clock): Promise<Finding[]> {
  const parts = [
    async () => [{ level: 'ok', text: `Node ${process.versions.node}` } as const],
    () => examineDisk(config),
    () => examineStore(config),
    () => examineKnowledge(config, clock),
    async () => examineSettings(config, clock),
    () => examineFeishu(config, clock),
  ]
  const found: Finding[] = []
  for (const part of parts) found.push(...(await part().catch(asFinding)))
  return found
}

function asFinding(error: unknown): Finding[] {
  return [{ level: 'error', text: error instanceof Error ? error.message : String(error) }]
}

async function examineDisk({ DATA_DIR }: Config): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(DATA_DIR).catch(() => statfs('.'))
  const free = bavail * bsize
  const shown = `磁盘剩余 ${(free / 1024 ** 3).toFixed(1)} GB（${DATA_DIR}）`
  if (free < LOW_DISK) return [{ level: 'error', text: `${shown}：太少了，请清理出 1 GB 以上` }]
  return [{ level: 'ok', text: shown }]
}

async function examineStore(config: Config): Promise<Finding[]> {
  const { engine, version, faults, audit } = await checkDatabase(storeOptions(config))
  const name = engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'
  const sound: Finding = { level: 'ok', text: `数据库 ${name} ${version}，完好` }
  const broken: Finding[] = faults.map((fault) => ({
    level: 'error',
    text: `数据库有损坏（${fault}）：请停下程序，用 restore 恢复最近的备份`,
  }))
  const chain: Finding[] =
    audit.kind === 'intact' ? [] : [{ level: 'error', text: '审计记录对不上：有人直接改过数据库' }]
  return [...(broken.length > 0 ? broken : [sound]), ...chain]
}

function examineSpending({ models, config }: App): Finding[] {
  const state = models.state()
  if (state === undefined) return []
  const { today } = state.usage
  const left = config.OPENAI_DAILY_TOKENS - spentTokens(today)
  const text = `大模型用量：${describeSpending(state.usage)}`
  if (left <= 0) return [{ level: 'warning', text: `${text}；今天的已用完，现在只摘录原文` }]
  const priced = today.cost !== undefined
  return [{ level: 'ok', text: priced ? text : `${text}（填 OPENAI_PRICE_PROMPT 等可算出金额）` }]
}

async function examineKnowledge(config: Config, clock: Clock): Promise<Finding[]> {
  const app: App = await createApp(config, { clock, logger: silentLogger })
  try {
    await app.knowledge.refresh()
    const documents = [...app.knowledge.index.documents()]
    const expired = documents.filter(({ metadata: { validity } }) => {
      return validity.to !== undefined && Temporal.PlainDate.compare(validity.to, app.today()) < 0
    })
    const terms: Finding[] = app.terms().faults.map(({ message }) => ({
      level: 'warning',
      text: `用语词典 terms.txt ${message}`,
    }))
    const more = [...terms, ...examineSpending(app)]
    const text = `在用文件 ${documents.length} 份`
    if (documents.length === 0)
      return [{ level: 'warning', text: `${text}：用 ingest 放入文件` }, ...more]
    if (expired.length === 0) return [{ level: 'ok', text }, ...more]
    const old = `${text}，其中 ${expired.length} 份已过有效期，回答会注明`
    return [{ level: 'warning', text: old }, ...more]
  } finally {
    await app.close()
  }
}

function examineSettings(config: Config, clock: Clock): Finding[] {
  const missing = (['UNION_NAME', 'UNION_JURISDICTION', 'UNION_HOTLINE'] as const).filter(
    (name) => config[name] === undefined || config[name] === '本单位工会',
  )
  const year = clock.now().toZonedDateTimeISO(config.TIME_ZONE).year
  const known = Math.max(...STATE_COUNCIL_HOLIDAYS.map((notice) => notice.year))
  const model = config.OPENAI_MODEL
  return [
    missing.length === 0
      ? { level: 'ok', text: '本工会的名称、地区、热线都填了' }
      : { level: 'warning', text: `建议填写 ${missing.join('、')}` },
    known >= year
      ? { level: 'ok', text: `放假安排到 ${known} 年` }
      : { level: 'warning', text: `放假安排只到 ${known} 年，之后的工作日是推定的` },
    model === undefined
      ? { level: 'ok', text: '没有配置大模型：回答一律摘录原文，问题不出这台机器' }
      : {
          level: 'ok',
          text: `大模型 ${model}，问题会发到 ${new URL(config.OPENAI_BASE_URL ?? 'https://api.openai.com').host}`,
        },
  ]
}

async function examineFeishu(config: Config, clock: Clock): Promise<Finding[]> {
  const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret } = config
  if (appId === undefined || appSecret === undefined) return [{ level: 'ok', text: '没有配置飞书' }]
  const lark = await import('@larksuiteoapi/node-sdk')
  const findings = await checkFeishu(lark, {
    appId,
    appSecret,
    domain: config.FEISHU_DOMAIN,
    mode: config.FEISHU_MODE,
    clock,
    logger: silentLogger,
    signal: AbortSignal.timeout(FEISHU_WITHIN_MS),
  })
  return findings.map(({ level, text }) => ({ level, text: `飞书：${text}` }))
}
