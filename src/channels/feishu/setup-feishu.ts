/**
 * `setup feishu`: from nothing to an answering bot. Tries the QR code first (the administrator scans
 * it and confirms what is already filled in); where that is refused, or an app exists, prints what
 * to tick. Ends with the same check that `doctor` makes.
 */
import type * as Lark from '@larksuiteoapi/node-sdk'
import { type CheckOptions, checkFeishu, type Finding } from './check-feishu.ts'
import { CALLBACKS, EVENTS, PERMISSIONS } from './feishu-permissions.ts'

export interface SetupOptions extends Omit<CheckOptions, 'appId' | 'appSecret'> {
  /** What is configured already; absent: an app has to be made. */
  readonly credentials?: { readonly appId: string; readonly appSecret: string }
  readonly publicUrl?: string
  print(line: string): void
  /** Shows a web address so that a phone can scan it. */
  showQrCode(url: string): Promise<void>
  /** Keeps the credentials of a new app (the .env file). */
  save(variables: Readonly<Record<string, string>>): Promise<void>
}

/** @returns whether the bot can answer now. */
export async function setupFeishu(
  lark: Pick<typeof Lark, 'registerApp'> & typeof Lark,
  options: SetupOptions,
): Promise<boolean> {
  const credentials = options.credentials ?? (await makeApp(lark.registerApp, options))
  if (credentials === undefined) {
    for (const line of checklist(options)) options.print(line)
    return false
  }
  const findings = await checkFeishu(lark, { ...options, ...credentials })
  for (const finding of findings) options.print(describe(finding))
  const hasErrors = findings.some(({ level }) => level === 'error')
  if (hasErrors) for (const line of checklist(options)) options.print(line)
  else options.print('飞书已经接好。现在运行 npm start，在飞书里给机器人发一句「你好」试试。')
  return !hasErrors
}

const MARKS = { ok: '✓', warning: '!', error: '✗' } as const
const describe = ({ level, text }: Finding) => `  ${MARKS[level]} ${text}`

/** A new app from a QR code, its credentials kept; undefined when that did not work out. */
export async function makeApp(
  registerApp: typeof Lark.registerApp,
  options: Pick<SetupOptions, 'domain' | 'signal' | 'print' | 'showQrCode' | 'save'>,
): Promise<SetupOptions['credentials']> {
  if (options.domain !== 'feishu' && options.domain !== 'lark') return undefined
  options.print(
    '请企业管理员用飞书扫码，确认后会自动创建机器人应用（不想扫码请按 Ctrl+C，按清单手工创建）：',
  )
  const shown: Promise<void>[] = []
  try {
    const made = await registerApp({
      ...(options.domain === 'lark' ? { domain: 'accounts.larksuite.com' } : {}),
      signal: options.signal,
      appPreset: { name: '娘家人', desc: '会读文件、会引原文、会催办的工会助手' },
      addons: {
        scopes: { tenant: PERMISSIONS.map(({ scope }) => scope) },
        events: { items: { tenant: EVENTS.map(({ event }) => event) } },
        callbacks: { items: [...CALLBACKS] },
      },
      onQRCodeReady: ({ url }) => void shown.push(options.showQrCode(url)),
    })
    await Promise.all(shown)
    const credentials = { appId: made.client_id, appSecret: made.client_secret }
    await options.save({
      FEISHU_APP_ID: credentials.appId,
      FEISHU_APP_SECRET: credentials.appSecret,
    })
    options.print('应用已创建，App ID 和 App Secret 已写入 .env。')
    return credentials
  } catch {
    // Refused, expired, aborted or offline: the way by hand is always open.
    options.print('扫码创建没有完成，请按下面的清单手工创建。')
    return undefined
  }
}

/** Everything to do by hand, in order. */
export function checklist({
  domain,
  mode,
  publicUrl,
}: Pick<SetupOptions, 'domain' | 'mode' | 'publicUrl'>): string[] {
  const console =
    domain === 'lark' ? 'https://open.larksuite.com/app' : 'https://open.feishu.cn/app'
  const scopes = (isRequired: boolean) =>
    PERMISSIONS.filter((one) => one.isRequired === isRequired).map(
      ({ scope, purpose }) => `       ${scope}  ${purpose}`,
    )
  return [
    '',
    `  1. 打开 ${console}，点「创建企业自建应用」，名称填「娘家人」。`,
    '  2. 「凭证与基础信息」：复制 App ID、App Secret，填到 .env 的 FEISHU_APP_ID、FEISHU_APP_SECRET。',
    '  3. 「添加应用能力」：添加「机器人」。',
    '  4. 「权限管理」：开通',
    ...scopes(true),
    '     按需要开通',
    ...scopes(false),
    ...subscriptionSteps(mode, publicUrl),
    '  7. 「版本管理与发布」：创建版本，可用范围选全体职工，提交发布，由企业管理员审核。',
    '  8. 再运行一次 npm run bot -- setup feishu，逐项检查。',
    '',
  ]
}

function subscriptionSteps(mode: SetupOptions['mode'], publicUrl: string | undefined): string[] {
  const events = EVENTS.map(({ event, purpose }) => `       ${event}  ${purpose}`)
  if (mode === 'webhook') {
    const address = `${(publicUrl ?? 'https://你的网址').replace(/\/+$/, '')}/webhooks/feishu`
    return [
      '  5. 「事件与回调 → 加密策略」：复制 Encrypt Key、Verification Token，填到 .env 的 FEISHU_ENCRYPT_KEY、FEISHU_VERIFICATION_TOKEN，启动机器人。',
      `  6. 「事件配置」和「回调配置」：请求地址都填 ${address}；添加事件`,
      ...events,
      `     添加回调 ${CALLBACKS.join('、')}`,
    ]
  }
  return [
    '  5. 先运行 npm start（后台要看到有连接才让保存订阅方式）。',
    '  6. 「事件与回调」：事件配置、回调配置的订阅方式都选「使用长连接」；添加事件',
    ...events,
    `     添加回调 ${CALLBACKS.join('、')}`,
  ]
}
