/** Our event handlers as the SDK's dispatcher, and a tally of those that are still running. */
import type * as Lark from '@larksuiteoapi/node-sdk'
import type { Logger } from '../../logger.ts'
import { bridgeLogger } from './bridge-logger.ts'
import type { eventHandlers } from './handle-events.ts'

export function createDispatcher(
  lark: typeof Lark,
  handlers: ReturnType<typeof eventHandlers>,
  tools: { readonly logger: Logger; readonly underWay: Tally },
): Lark.EventDispatcher {
  const counted = Object.entries(handlers).map(([type, handle]) => [
    type,
    (event: unknown) => tools.underWay.run(() => handle(event)),
  ])
  const dispatcher = new lark.EventDispatcher({ logger: bridgeLogger(tools.logger) })
  return dispatcher.register(Object.fromEntries(counted))
}

export interface Tally {
  run<R>(work: () => Promise<R>): Promise<R>
  /** Resolves when nothing of what was begun is still running. */
  done(): Promise<void>
}

export function createTally(): Tally {
  const running = new Set<Promise<unknown>>()
  return {
    run: async (work) => {
      const mine = work()
      running.add(mine)
      try {
        return await mine
      } finally {
        running.delete(mine)
      }
    },
    done: async () => void (await Promise.allSettled(running)),
  }
}
