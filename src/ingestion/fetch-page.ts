/**
 * Fetches a page or file that an admin names, behind a guard against requests to the inside.
 *
 * Checked: the address as written (after the URL parser has made 2130706433 and 127。0。0。1 into
 * 127.0.0.1), every address the name resolves to, the address of the connected socket, and all of it
 * again on each redirect. A guard on name resolution alone lets literals through (measured).
 */
import { lookup as dnsLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector, request } from 'undici'
import { BadInputError, BotError } from '../errors.ts'
import { isPublicAddress } from './public-address.ts'

export interface FetchedPage {
  /** Where it was found after redirects. */
  readonly url: string
  readonly bytes: Uint8Array
}

/** What may be reached. Tests reach their own server on this machine with another one. */
export interface FetchGuard {
  readonly allowsAddress: (address: string) => boolean
  readonly allowsPort: (port: string) => boolean
}

export const PUBLIC_INTERNET: FetchGuard = {
  allowsAddress: isPublicAddress,
  allowsPort: (port) => port === '' || port === '80' || port === '443',
}

const MOST_REDIRECTS = 3
const LARGEST_PAGE = 10_000_000
const WHOLE_FETCH_MS = 20_000

/**
 * @throws {BadInputError} `bad_url`, `forbidden_address`, `page_too_large`, `page_not_found`
 * @throws {BotError} `page_unreachable`, retryable
 */
export async function fetchPage(
  address: string,
  options: { readonly signal: AbortSignal; readonly guard?: FetchGuard },
): Promise<FetchedPage> {
  const guard = options.guard ?? PUBLIC_INTERNET
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(WHOLE_FETCH_MS)])
  const agent = new Agent({ connect: guardedConnector(guard) })
  try {
    return await follow(checkedUrl(address, guard), { agent, guard, signal })
  } catch (error) {
    throw classified(error)
  } finally {
    await agent.destroy()
  }
}

async function follow(
  start: URL,
  { agent, guard, signal }: { agent: Agent; guard: FetchGuard; signal: AbortSignal },
): Promise<FetchedPage> {
  let url = start
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const response = await request(url, {
      dispatcher: agent,
      signal,
      headers: {
        accept: 'text/html,application/pdf,*/*;q=0.5',
        'user-agent': 'niangjiaren/1 (union document reader)',
      },
    })
    const target = redirectTarget(response.statusCode, response.headers['location'])
    if (target === undefined) {
      checkStatus(response.statusCode)
      return { url: url.href, bytes: await readLimited(response.body) }
    }
    await response.body.dump({ limit: 65_536 })
    url = checkedUrl(target, guard, url)
  }
  throw new BadInputError('bad_url', '这个网址转来转去太多次，没有读取。请直接给出最终的网址。')
}

/** A URL that may be asked for, judged by what is written in it. */
function checkedUrl(address: string, guard: FetchGuard, base?: URL): URL {
  const url = URL.parse(address, base)
  if (
    url === null ||
    !/^https?:$/.test(url.protocol) ||
    url.username !== '' ||
    url.password !== ''
  ) {
    throw new BadInputError('bad_url', '网址不对。请给出以 http:// 或 https:// 开头的完整网址。')
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isInside =
    isIP(host) === 0
      ? /^(?:[^.]+|.*\.(?:localhost|local|internal|intranet|lan|home|corp))\.?$/i.test(host)
      : !guard.allowsAddress(host)
  if (isInside || !guard.allowsPort(url.port)) throw forbidden()
  return url
}

function guardedConnector(guard: FetchGuard): buildConnector.connector {
  const connect = buildConnector({ lookup: guardedLookup(guard), timeout: 10_000 })
  return (options, callback) => {
    connect(options, (...[error, socket]: Parameters<buildConnector.Callback>) => {
      if (error !== null) callback(error, null)
      else if (guard.allowsAddress(socket.remoteAddress ?? '')) callback(null, socket)
      else {
        socket.destroy()
        callback(forbidden(), null)
      }
    })
  }
}

/** Refuses a name of which even one address lies inside: the next lookup might give that one. */
function guardedLookup(guard: FetchGuard): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) callback(error, [])
      else if (
        addresses.length === 0 ||
        addresses.some(({ address }) => !guard.allowsAddress(address))
      ) {
        callback(forbidden(), [])
      } else
        callback(
          null,
          options.all === true ? addresses : (addresses[0]?.address ?? ''),
          addresses[0]?.family,
        )
    })
  }
}

function redirectTarget(
  status: number,
  location: string | string[] | undefined,
): string | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined
  return typeof location === 'string' ? location : undefined
}

function checkStatus(status: number): void {
  if (status >= 200 && status < 300) return
  if (status >= 500 || status === 429) throw unreachable(`HTTP ${status}`)
  throw new BadInputError(
    'page_not_found',
    `这个网址打不开（${status}）。请在浏览器里确认能看到正文后再试。`,
  )
}

async function readLimited(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > LARGEST_PAGE) {
      throw new BadInputError(
        'page_too_large',
        '这个网页或文件超过 10 MB，没有读取。请下载后拆分上传。',
      )
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function classified(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof BotError) return cause
  }
  return unreachable(error)
}

function forbidden(): BadInputError {
  return new BadInputError(
    'forbidden_address',
    '这个网址指向内网或本机，不允许读取。请换成公开的网址，或下载文件后上传。',
  )
}

function unreachable(cause: unknown): BotError {
  return new BotError('page_unreachable', '这个网址现在连不上。请稍后再试，或下载文件后上传。', {
    retryable: true,
    cause,
  })
}
