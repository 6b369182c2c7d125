/** Matches the session's replies to what was asked of it; nothing waits longer than its time. */
import type { WechatEvent, WechatLink } from './wechat-link.ts'

export type Reply = Extract<WechatEvent, { kind: 'sent' | 'file' }>

export interface Replies {
  /** undefined: no reply in time, aborted, or the process ended. */
  expect(
    link: WechatLink,
    withinMs: number,
    signal: AbortSignal,
  ): { readonly number: number; readonly reply: Promise<Reply | undefined> }
  settle(number: number, reply: Reply): void
  abandon(): void
}

export function createReplies(): Replies {
  const waiting = new Map<number, (reply: Reply | undefined) => void>()
  const watched = new WeakSet<WechatLink>()
  let last = 0
  const abandon = () => {
    for (const end of [...waiting.values()]) end(undefined)
  }
  /** Once a process: there is one at a time, so its end is the end of all that waits. */
  const watch = (link: WechatLink) => {
    if (watched.has(link)) return
    watched.add(link)
    link.onEnd(abandon)
  }
  return {
    expect: (link: WechatLink, withinMs: number, signal: AbortSignal) => {
      last += 1
      const number = last
      const { promise, resolve } = Promise.withResolvers<Reply | undefined>()
      const end = (reply: Reply | undefined) => {
        clearTimeout(timer)
        signal.removeEventListener('abort', giveUp)
        waiting.delete(number)
        resolve(reply)
      }
      const giveUp = () => end(undefined)
      const timer = setTimeout(giveUp, withinMs)
      signal.addEventListener('abort', giveUp, { once: true })
      watch(link)
      waiting.set(number, end)
      return { number, reply: promise }
    },
    settle: (number: number, reply: Reply) => waiting.get(number)?.(reply),
    abandon,
  }
}
