/** What has to be right before a session process is worth starting, and the start itself. */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, resolve } from 'node:path'
import { BotError } from '../../errors.ts'
import { forkSession } from './fork-session.ts'
import { UNREACHABLE } from './keep-session.ts'
import type { SessionOptions, WechatLink } from './wechat-link.ts'

const CONNECT_WITHIN_MS = 3_000

/**
 * @param folder HOME of the process. A HOME that cannot be written makes the library hang without a
 *   word, so it is tried first.
 * @throws {BotError} whose message begins with `folder`.
 */
export async function openSession(options: SessionOptions, folder: string): Promise<WechatLink> {
  const home = resolve(folder)
  try {
    accessSync(dirname(home), constants.W_OK)
    mkdirSync(home, { recursive: true, mode: 0o700 })
    accessSync(home, constants.W_OK)
  } catch (cause) {
    throw new BotError('wechat_folder', 'folder', { retryable: true, cause })
  }
  return forkSession(options, home)
}

/** Whether anything listens at host:port; a reason when not. Stuck starts are far slower to notice. */
export function probeEndpoint(endpoint: string | undefined): Promise<string | undefined> {
  if (endpoint === undefined) return Promise.resolve(undefined)
  const [host = '', port = ''] = endpoint.split(':')
  return new Promise((settle) => {
    const socket = connect({ host, port: Number(port), timeout: CONNECT_WITHIN_MS })
    const end = (reason: string | undefined) => {
      socket.destroy()
      settle(reason)
    }
    socket.once('connect', () => end(undefined))
    socket.once('timeout', () => end(UNREACHABLE))
    socket.once('error', () => end(UNREACHABLE))
  })
}

/** Gateways on this machine or a private network speak without TLS; others have certificates. */
export function isPrivateEndpoint(endpoint: string): boolean {
  return /^(localhost:|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(endpoint)
}
