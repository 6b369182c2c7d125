/**
 * Every environment variable, parsed once into a frozen Config. With an empty environment all
 * defaults work. Faults are listed together, in Chinese, each naming its variable. `.env.example`
 * and the table of the README are checked against this schema by a test.
 */
import { z } from 'zod'
import { BadInputError } from './errors.ts'
import { LOG_LEVELS } from './logger.ts'

const onOff = z
  .enum(['on', 'off'], { error: '只能是 on 或 off' })
  .transform((value) => value === 'on')
const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `要填 ${from} 到 ${to} 之间的整数`)
    .transform(Number)
    .refine((value) => value >= from && value <= to, `要在 ${from} 到 ${to} 之间`)
const price = z
  .string()
  .regex(/^\d{1,6}(?:\.\d{1,6})?$/, '要填不带单位的数，如 2 或 0.5')
  .transform(Number)
  .optional()
const webAddress = z.url({ protocol: /^https?$/, error: '要填 http:// 或 https:// 开头的地址' })
const timeZone = z.string().refine(isTimeZone, '不是认识的时区，例如 Asia/Shanghai')

/** One entry a variable: its schema, and what the README says of it. */
export const VARIABLES = {
  DATA_DIR: [z.string().default('./var'), '数据放在哪个文件夹（数据库文件、原件、日志）'],
  DATABASE_URL: [
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, '要以 postgres:// 开头')
      .optional(),
    '填了就用 PostgreSQL，多台机器共用；不填用 DATA_DIR 里的文件',
  ],
  REDIS_URL: [
    z
      .string()
      .regex(/^rediss?:\/\//, '要以 redis:// 开头')
      .optional(),
    '多台机器共用的缓存；不填放在主数据库里',
  ],
  HOST: [z.string().default('127.0.0.1'), '网页和接口监听的地址；不是本机地址时接口要带令牌'],
  PORT: [wholeNumber(0, 65_535).default(3000), '网页和接口的端口'],
  PUBLIC_URL: [webAddress.optional(), '消息和卡片里的链接用的网址'],
  API_TOKEN: [
    z.string().min(16, '至少 16 个字符').optional(),
    'HOST 不是本机地址时，/api 要带的令牌（Authorization: Bearer …）；不填则首次启动生成一个，存在 DATA_DIR/api-token',
  ],
  UNION_NAME: [z.string().min(1).default('本单位工会'), '本工会的名称'],
  UNION_JURISDICTION: [z.string().optional(), '本工会所在地，如 甘肃省/平凉市，或区划代码 620800'],
  UNION_HOTLINE: [z.string().optional(), '服务热线，如 0933-12351'],
  UNION_CONTACT: [z.string().optional(), '办事找谁：窗口、地址、时间'],
  ADMINS: [
    z
      .string()
      .transform((value) => value.split(',').map((account) => account.trim()))
      .refine((accounts) => accounts.every((account) => /^[a-z]+:\S+$/.test(account)), {
        error: '每个账号写成 渠道:账号，如 feishu:ou_abc，用逗号隔开',
      })
      .default([]),
    '一开始就是管理员的账号，如 feishu:ou_abc；不填则首次启动给出一次性认领码',
  ],
  OPENAI_API_KEY: [z.string().min(1).optional(), '大模型的密钥；不填就不用大模型'],
  OPENAI_BASE_URL: [
    webAddress.optional(),
    '兼容 OpenAI 的接口地址（DeepSeek、通义、vLLM、Ollama 等）',
  ],
  OPENAI_MODEL: [z.string().min(1).optional(), '写回答用的模型名'],
  OPENAI_EMBEDDING_MODEL: [z.string().min(1).optional(), '向量模型名；不填只用词语检索'],
  OPENAI_DAILY_TOKENS: [
    wholeNumber(0, 999_999_999).default(2_000_000),
    '每天最多用多少 token，用完改为摘录原文',
  ],
  OPENAI_PRICE_PROMPT: [price, '大模型输入的价钱，元/百万 token；填了就算出每天、每月花多少钱'],
  OPENAI_PRICE_COMPLETION: [price, '大模型输出的价钱，元/百万 token'],
  OPENAI_PRICE_EMBEDDING: [price, '向量模型的价钱，元/百万 token'],
  FEISHU_APP_ID: [
    z
      .string()
      .regex(/^cli_\w+$/, '要以 cli_ 开头')
      .optional(),
    '飞书应用的 App ID',
  ],
  FEISHU_APP_SECRET: [z.string().min(1).optional(), '飞书应用的 App Secret'],
  FEISHU_DOMAIN: [
    z
      .union([z.enum(['feishu', 'lark']), webAddress], { error: '填 feishu、lark 或一个网址' })
      .default('feishu'),
    '飞书（feishu）、Lark（lark），或私有部署的网址',
  ],
  FEISHU_MODE: [
    z
      .enum(['long-connection', 'webhook'], { error: '填 long-connection 或 webhook' })
      .default('long-connection'),
    '接收消息的方式：长连接，或回调地址 /webhooks/feishu',
  ],
  FEISHU_VERIFICATION_TOKEN: [z.string().min(1).optional(), '回调方式的 Verification Token'],
  FEISHU_ENCRYPT_KEY: [z.string().min(1).optional(), '回调方式的 Encrypt Key（回调方式必填）'],
  FEISHU_STREAMING: [onOff.default(false), '大模型写回答时逐字显示（多用接口次数）'],
  FEISHU_TASKS: [onOff.default(false), '把任务同步一份到飞书任务'],
  FEISHU_MONTHLY_CALLS: [
    wholeNumber(0, 999_999_999).default(10_000),
    '每月接口次数上限，用于提醒（免费版 10000）',
  ],
  WECHATY_PUPPET: [
    z.string().min(1).optional(),
    '微信通道用的 puppet，如 wechaty-puppet-service；不填不启用',
  ],
  WECHATY_PUPPET_SERVICE_TOKEN: [z.string().min(1).optional(), 'puppet 服务的令牌'],
  WECHATY_PUPPET_SERVICE_ENDPOINT: [
    z
      .string()
      .regex(/^[^\s:/]+:\d{1,5}$/, '写成 地址:端口，如 127.0.0.1:18788')
      .optional(),
    'puppet 服务的地址',
  ],
  WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: [
    z
      .enum(['true', 'false'], { error: '填 true 或 false' })
      .transform((value) => value === 'true')
      .optional(),
    'true 是不走 TLS，false 是走；不填时本机和内网地址不走，别的走',
  ],
  TIME_ZONE: [timeZone.default('Asia/Shanghai'), '日期和提醒用的时区'],
  LOG_LEVEL: [
    z.enum(LOG_LEVELS, { error: `填 ${LOG_LEVELS.join('、')} 之一` }).default('info'),
    '日志级别',
  ],
} as const satisfies Record<string, readonly [z.ZodType, string]>

type VariableName = keyof typeof VARIABLES
export type Config = { readonly [Name in VariableName]: z.output<(typeof VARIABLES)[Name][0]> }

/**
 * @param environment usually process.env; an empty string counts as unset.
 * @throws {BadInputError} code `bad_config`, with every fault on a line of its own.
 */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const names = Object.keys(VARIABLES) as VariableName[]
  const faults: string[] = []
  const entries = names.map((name) => {
    const given = environment[name]?.trim() || undefined
    const result = VARIABLES[name][0].safeParse(given)
    if (!result.success) faults.push(`${name}：${result.error.issues[0]?.message ?? '填得不对'}`)
    return [name, result.data] as const
  })
  const config = Object.fromEntries(entries) as Config
  faults.push(...faultsBetween(config))
  if (faults.length > 0) throw new BadInputError('bad_config', listFaults(faults))
  return Object.freeze(config)
}

/** What is wrong only together: half a pair, a mode without its key. */
function faultsBetween(config: Config): string[] {
  const faults: string[] = []
  if ((config.FEISHU_APP_ID === undefined) !== (config.FEISHU_APP_SECRET === undefined)) {
    faults.push('FEISHU_APP_ID 和 FEISHU_APP_SECRET：要么都填，要么都不填')
  }
  if (config.FEISHU_MODE === 'webhook' && config.FEISHU_ENCRYPT_KEY === undefined) {
    faults.push('FEISHU_ENCRYPT_KEY：回调方式（FEISHU_MODE=webhook）必须填，否则无法辨认伪造的消息')
  }
  if (config.OPENAI_MODEL !== undefined && !hasModelAccess(config)) {
    faults.push('OPENAI_API_KEY：填了 OPENAI_MODEL，还要填密钥或 OPENAI_BASE_URL')
  }
  return faults
}

function listFaults(faults: readonly string[]): string {
  return [
    '配置有误，请改好下面这些环境变量（或 .env 文件）再启动：',
    ...faults.map((fault) => `  · ${fault}`),
  ].join('\n')
}

const hasModelAccess = (config: Config) =>
  config.OPENAI_API_KEY !== undefined || config.OPENAI_BASE_URL !== undefined

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('zh-CN', { timeZone: name })
    return true
  } catch {
    return false // Intl has no other way to ask
  }
}
