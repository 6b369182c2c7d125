/** The library, loaded only here and only when WeChat is on: it is optional. */
import { createRequire } from 'node:module'
import type { Wechaty } from 'wechaty'
import type { SessionOptions } from './wechat-link.ts'

/** Silence after which the library itself looks whether its puppet lives, seconds. */
const WATCHDOG_SECONDS = 30
/**
 * A gateway without TLS is told no token but in its address; it may be of any form then, and where none
 * is set this one is tried: the gateway says if it wants another.
 */
const NO_TOKEN = 'insecure_00000000-0000-4000-8000-000000000000'

/** A bot that is not started yet; or why there is none, for describe-state.ts: `package: ` and its name. */
export async function buildBot(options: SessionOptions): Promise<Wechaty | string> {
  const { puppet, endpoint, withoutTls } = options
  const token = options.token ?? (withoutTls ? NO_TOKEN : undefined)
  if (!isInstalled('wechaty')) return 'package: wechaty'
  if (!isInstalled(puppet)) return `package: ${puppet}`
  if (/puppet-service$/.test(puppet) && !withoutTls) {
    if (token === undefined) return 'no-token'
    // With TLS what stands before the last underscore is the name on the gateway's certificate.
    if (token.lastIndexOf('_') < 1) return 'token-form'
  }
  const { WechatyBuilder } = await import('wechaty')
  return WechatyBuilder.build({
    name: 'niangjiaren',
    puppet: puppet as never,
    puppetOptions: {
      timeoutSeconds: WATCHDOG_SECONDS,
      ...(token && { token }),
      ...(endpoint && { endpoint }),
      ...(withoutTls && { tls: { disable: true, serverName: 'none' } }),
    },
  })
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name)
    return true
  } catch (error) {
    // A package that has no entry for `require` is there all the same.
    return !(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')
  }
}
