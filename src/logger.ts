/**
 * Structured events, never prose: `logger.info('delivery_sent', { deliveryId })`. Fields are ids,
 * counts and codes; message text does not belong here. What slips through all the same (a phone
 * number in an error's text, a key in a URL) is masked on the finished line, because masking by
 * field name misses free text and nested objects.
 */
import pino from 'pino'

export type LogFields = Readonly<Record<string, unknown>>

export interface Logger {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Writes JSON lines to `write`; in production that is standard error, so that output stays clean. */
export function createLogger(level: LogLevel, write: (line: string) => void): Logger {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label },
    },
    { write: (line: string) => write(maskSecrets(line)) },
  )
  return {
    debug: (event, fields) => logger.debug({ event, ...readable(fields) }),
    info: (event, fields) => logger.info({ event, ...readable(fields) }),
    warn: (event, fields) => logger.warn({ event, ...readable(fields) }),
    error: (event, fields) => logger.error({ event, ...readable(fields) }),
  }
}

/** For tests and for parts that run before there is a logger. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }

const label = (name: string) => ({ level: name })

/** Errors become {name, code, message}: a stack may hold values of a query. */
function readable(fields: LogFields = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      value instanceof Error ? brief(value) : value,
    ]),
  )
}

function brief(error: Error): Record<string, unknown> {
  const code = 'code' in error ? { code: error.code } : {}
  const cause = error.cause instanceof Error ? { cause: brief(error.cause) } : {}
  return { name: error.name, ...code, message: error.message, ...cause }
}

const MASKS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // Passwords in URLs: postgres://user:secret@host
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"]{0,64}:)[^\s@"]{1,256}(@)/gi, '$1***$2'],
  // Bearer and provider keys
  [/\b(Bearer\s+)[\w.~+/-]{8,}=*/gi, '$1***'],
  [/\b(sk|t|u|a)-[A-Za-z0-9_-]{16,}/g, '$1-***'],
  [
    /((?:secret|password|token|api_?key|encrypt_?key)\\?["']?\s*[:=]\s*\\?["']?)[^\s"',}\\]{4,}/gi,
    '$1***',
  ],
  // Resident identity numbers (GB 11643: 17 digits and a check digit), then mobile numbers
  [
    /(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g,
    '[身份证号]',
  ],
  [/(?<!\d)1[3-9]\d{9}(?!\d)/g, '[手机号]'],
  [/(?<!\d)(?:62|60)\d{14,17}(?!\d)/g, '[银行卡号]'],
  [/[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}/g, '[邮箱]'],
]

/** Masks credentials and personal numbers in any text. 12351, years and figures of a plan stay. */
export function maskSecrets(text: string): string {
  return MASKS.reduce(
    (masked, [pattern, replacement]) => masked.replace(pattern, replacement),
    text,
  )
}
