/**
 * Who is at the door: somebody on this machine, or somebody from outside.
 *
 * A local visitor may speak in any role, because whoever sits here could read the data folder too. A
 * visitor from outside is a worker unless signed in, and needs a token for the API. Being bound to
 * loopback is not enough to call a visit local: behind a reverse proxy every visit comes from
 * loopback, and a web page anywhere can point its own name at 127.0.0.1 (DNS rebinding). So the
 * Host header has to name loopback too, nothing may have been forwarded, and the configured public
 * address must not be somewhere else.
 */

export interface DoorOptions {
  /** The address the server is bound to. */
  readonly host: string
  /** The address that people use, when it is another one. */
  readonly publicUrl?: string
}

export type Visit = 'local' | 'outside' | 'wrong-host'

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'] as const

export function judgeVisit(headers: Headers, options: DoorOptions): Visit {
  if (!isLoopbackName(options.host)) return 'outside'
  const publicHost = options.publicUrl && new URL(options.publicUrl).hostname
  const asked = hostName(headers.get('host'))
  if (publicHost && !isLoopbackName(publicHost)) return 'outside'
  if (FORWARDED.some((name) => headers.has(name))) return 'outside'
  return isLoopbackName(asked) ? 'local' : 'wrong-host'
}

/**
 * Whether a request that changes something came from a page of ours. Browsers say where it came from
 * in Sec-Fetch-Site or Origin; programs that send neither are no browsers, so nobody's click was stolen.
 */
export function isOwnOrigin(headers: Headers, options: DoorOptions): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const origin = headers.get('origin')
  if (origin === null) return true
  if (!URL.canParse(origin)) return false
  const { host, protocol } = new URL(origin)
  if (options.publicUrl && new URL(options.publicUrl).host === host) return true
  return host === headers.get('host') && /^https?:$/.test(protocol)
}

/** 127.0.0.0/8, ::1 and localhost, with or without brackets. */
export function isLoopbackName(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}

function hostName(host: string | null): string {
  return host !== null && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''
}
