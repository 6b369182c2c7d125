/**
 * The outside world of the fault suite: a platform on loopback that writes down every send when it
 * begins to arrive, and what a reader would see of it.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Arrival {
  readonly channel: string
  readonly deliveryId: string
  readonly conversationId: string
  /** Milliseconds of `performance.now()` of this process. */
  readonly atMs: number
}

export interface WireServer {
  readonly url: string
  readonly arrivals: readonly Arrival[]
  stop(): Promise<void>
}

/** Time a platform takes to answer, milliseconds: long enough for a kill to fall into it. */
const ANSWER_AFTER_MS = 3

export async function startWireServer(): Promise<WireServer> {
  const arrivals: Arrival[] = []
  const server = createServer((request, response) => {
    const [, channel = '', deliveryId = '', conversationId = ''] = (request.url ?? '').split('/')
    arrivals.push({ channel, deliveryId, conversationId, atMs: performance.now() })
    request.resume()
    setTimeout(() => response.end('ok'), ANSWER_AFTER_MS)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    arrivals,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
