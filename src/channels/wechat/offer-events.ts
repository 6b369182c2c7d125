/** Offers each event until the bot has taken it: the platform itself delivers nothing twice. */
import type { WechatEvent } from './wechat-link.ts'

/** An event the bot could not take is offered again. */
const OFFER_AGAIN_MS = 2_000
const MOST_OFFERS = 30

export interface Offers {
  /** `make` gets the number under which the event will be settled. */
  add(make: (number: number) => WechatEvent): void
  settle(number: number, ok: boolean): void
  stop(): void
}

export function createOffers(send: (event: WechatEvent) => void): Offers {
  const open = new Map<number, { event: WechatEvent; offers: number }>()
  const timers = new Set<NodeJS.Timeout>()
  let last = 0
  const offer = (number: number) => {
    const entry = open.get(number)
    if (entry === undefined) return
    if (entry.offers >= MOST_OFFERS) {
      open.delete(number)
      return
    }
    entry.offers += 1
    send(entry.event)
  }
  return {
    add: (make) => {
      last += 1
      open.set(last, { event: make(last), offers: 0 })
      offer(last)
    },
    settle: (number, ok) => {
      if (ok) {
        open.delete(number)
        return
      }
      const timer = setTimeout(() => {
        timers.delete(timer)
        offer(number)
      }, OFFER_AGAIN_MS)
      timers.add(timer)
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
