/**
 * The SDK's log lines, as events of ours. It prints whole requests when something fails (the app
 * secret, bearer tokens, message text), so only plain strings are kept, and of those the known ones
 * that say something: an object is reduced to the name and code of an error.
 */
import type { Logger as SdkLogger } from '@larksuiteoapi/node-sdk'
import type { Logger } from '../../logger.ts'

/** Longest text kept of one line. */
const LONGEST = 200

export function bridgeLogger(logger: Logger): SdkLogger {
  const write = (level: 'debug' | 'info' | 'warn' | 'error') => (parts: unknown) => {
    const text = summarise(parts)
    if (text !== '') logger[level]('feishu_sdk', { text })
  }
  return {
    error: write('warn'), // whoever called gets the error itself; this is the echo
    warn: write('debug'), // mostly "no handler for …"
    info: write('debug'),
    debug: () => undefined, // carries event bodies
    trace: () => undefined,
  }
}

/** The SDK hands over one array of parts. */
function summarise(parts: unknown): string {
  const list: readonly unknown[] = Array.isArray(parts) ? parts.flat() : [parts]
  return list.map(brief).filter(Boolean).join(' ').slice(0, LONGEST)
}

function brief(part: unknown): string {
  if (typeof part === 'string') return part.includes('access_key=') ? '' : part
  if (part instanceof Error) return 'code' in part ? `${part.name} ${part.code}` : part.name
  return ''
}
