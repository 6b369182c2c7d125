/**
 * The platform's end of the long connection: frames out, acknowledgements in, one random connection an
 * event. Connections can be dropped, or left open and dead.
 */
import type { Server } from 'node:http'
import type { PlatformEvent } from './feishu-platform-events.ts'
import { nextNumber } from './feishu-platform-events.ts'
import { decodeFrame, encodeFrame, eventFrames, METHOD } from './feishu-platform-frames.ts'
import { acceptWebSockets, type ServerSocket } from './websocket-server.ts'

export interface Acknowledgement {
  readonly code: number
  /** The handler's answer: toast and card of a click. */
  readonly data: unknown
  readonly milliseconds: number
}

/** The real platform gives up after 3 seconds; a busy test machine is given longer. */
const ACK_LIMIT_MS = 20_000

export interface LongConnections {
  connections(): number
  pings(): number
  deliver(event: PlatformEvent): Promise<Acknowledgement>
  /** Sends an event in one piece with the handshake of the next connection. */
  deliverAtOnce(event: PlatformEvent): Promise<Acknowledgement>
  drop(): void
  freeze(): void
  sendRaw(bytes: Uint8Array): void
}

/** @param settings as they are now: what is pushed to clients, and into how many parts events are cut. */
export function acceptConnections(
  server: Server,
  settings: () => {
    readonly clientConfig: Readonly<Record<string, number>>
    readonly parts: number
  },
): LongConnections {
  const sockets = new Set<ServerSocket>()
  const frozen = new Set<ServerSocket>()
  const waiting = new Map<string, (ack: Acknowledgement) => void>()
  /** Deliveries over a socket that wait for it; they end with it. */
  const lost = new Map<ServerSocket, (() => void)[]>()
  const missed: { event: PlatformEvent; taken: (ack: Acknowledgement) => void }[] = []
  let pings = 0

  acceptWebSockets(server, (_request, socket) => {
    sockets.add(socket)
    return {
      message: (data) => {
        if (!frozen.has(socket)) hear(data, socket)
      },
      closed: () => {
        sockets.delete(socket)
        for (const give of lost.get(socket) ?? []) give()
      },
      opened: () => {
        for (const { event, taken } of missed.splice(0)) void deliverOver(socket, event).then(taken)
      },
    }
  })

  function hear(data: Buffer, socket: ServerSocket): void {
    const frame = decodeFrame(data)
    if (frame.method === METHOD.control && frame.headers['type'] === 'ping') {
      pings += 1
      if (Object.keys(settings().clientConfig).length === 0) return
      const payload = Buffer.from(JSON.stringify(settings().clientConfig))
      socket.send(encodeFrame({ method: METHOD.control, headers: { type: 'pong' }, payload }))
      return
    }
    const ack = JSON.parse(frame.payload.toString()) as { code: number; data?: string }
    const data64 = ack.data ? JSON.parse(Buffer.from(ack.data, 'base64').toString()) : undefined
    waiting.get(frame.headers['message_id'] ?? '')?.({
      code: ack.code,
      data: data64,
      milliseconds: 0,
    })
  }

  async function deliver(event: PlatformEvent): Promise<Acknowledgement> {
    const open = [...sockets].filter((socket) => socket.isOpen)
    const socket = open[Math.floor(Math.random() * open.length)]
    if (!socket) return { code: 0, data: 'no connection', milliseconds: 0 }
    return deliverOver(socket, event)
  }

  async function deliverOver(socket: ServerSocket, event: PlatformEvent): Promise<Acknowledgement> {
    const frameId = `frame-${nextNumber()}`
    const start = performance.now()
    const acknowledged = new Promise<Acknowledgement>((resolve) => {
      const timer = setTimeout(
        () => resolve({ code: 0, data: 'no acknowledgement', milliseconds: ACK_LIMIT_MS }),
        ACK_LIMIT_MS,
      )
      const giveUp = () => resolve({ code: 0, data: 'connection lost', milliseconds: 0 })
      lost.set(socket, [...(lost.get(socket) ?? []).slice(-100), giveUp])
      waiting.set(frameId, (ack) => {
        clearTimeout(timer)
        waiting.delete(frameId)
        resolve({ ...ack, milliseconds: performance.now() - start })
      })
    })
    for (const frame of eventFrames(event, frameId, settings().parts))
      socket.send(encodeFrame(frame))
    return acknowledged
  }

  return {
    connections: () => [...sockets].filter((socket) => socket.isOpen).length,
    pings: () => pings,
    deliver,
    deliverAtOnce: (event) => new Promise((taken) => missed.push({ event, taken })),
    drop: () => {
      for (const socket of sockets) socket.drop()
    },
    freeze: () => {
      for (const socket of sockets) frozen.add(socket)
    },
    sendRaw: (bytes) => {
      for (const socket of sockets) socket.send(bytes)
    },
  }
}
