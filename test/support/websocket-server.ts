/**
 * The server side of RFC 6455, as far as tests need it: whole binary or text messages, close, and
 * the misbehaviour no library offers (a socket that falls silent without closing).
 */
import { createHash } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** Fixed by RFC 6455, section 1.3. */
const HANDSHAKE_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

export interface ServerSocket {
  send(data: Uint8Array): void
  /** Cuts the connection without a closing handshake. */
  drop(): void
  readonly isOpen: boolean
}

export interface SocketHandlers {
  message(data: Buffer, socket: ServerSocket): void
  closed(socket: ServerSocket): void
  /** What is sent here goes out in one piece with the handshake. */
  opened?(socket: ServerSocket): void
}

/** Accepts upgrades on `server`; `accept` returns the handlers of a connection, or undefined to refuse it. */
export function acceptWebSockets(
  server: Server,
  accept: (request: IncomingMessage, socket: ServerSocket) => SocketHandlers | undefined,
): void {
  server.on('upgrade', (request: IncomingMessage, stream: Duplex) => {
    const socket: ServerSocket = {
      send: (data) => stream.writable && stream.write(encodeFrame(OPCODES.binary, data)),
      drop: () => stream.destroy(),
      get isOpen() {
        return stream.writable && !stream.destroyed
      },
    }
    stream.on('error', () => stream.destroy())
    stream.on('end', () => stream.end()) // HTTP servers keep half-closed sockets otherwise
    const handlers = accept(request, socket)
    if (handlers === undefined) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    stream.cork()
    stream.write(handshake(String(request.headers['sec-websocket-key'])))
    handlers.opened?.(socket)
    stream.uncork()
    stream.on('close', () => handlers.closed(socket))
    readFrames(stream, (opcode, payload) => {
      if (opcode === OPCODES.close) stream.end(encodeFrame(OPCODES.close, payload))
      else if (opcode === OPCODES.ping) stream.write(encodeFrame(OPCODES.pong, payload))
      else if (opcode !== OPCODES.pong) handlers.message(payload, socket)
    })
  })
}

function handshake(key: string): string {
  const accept = createHash('sha1')
    .update(key + HANDSHAKE_SUFFIX)
    .digest('base64')
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
    '\r\n',
  ].join('\r\n')
}

function readFrames(stream: Duplex, deliver: (opcode: number, payload: Buffer) => void): void {
  let pending = Buffer.alloc(0)
  let parts: Buffer[] = []
  let first = 0
  stream.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    for (let frame = takeFrame(pending); frame; frame = takeFrame(pending)) {
      pending = frame.rest
      if (frame.opcode >= OPCODES.close) {
        deliver(frame.opcode, frame.payload)
        continue
      }
      if (frame.opcode !== OPCODES.continuation) first = frame.opcode
      parts.push(frame.payload)
      if (!frame.final) continue
      deliver(first, Buffer.concat(parts))
      parts = []
    }
  })
}

function takeFrame(
  data: Buffer,
): { final: boolean; opcode: number; payload: Buffer; rest: Buffer<ArrayBuffer> } | undefined {
  if (data.length < 2) return undefined
  const short = data.readUInt8(1) & 0x7f
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0
  const masked = (data.readUInt8(1) & 0x80) !== 0
  const start = 2 + lengthBytes + (masked ? 4 : 0)
  if (data.length < start) return undefined
  const length =
    short === 127 ? Number(data.readBigUInt64BE(2)) : short === 126 ? data.readUInt16BE(2) : short
  if (data.length < start + length) return undefined
  const payload = Buffer.from(data.subarray(start, start + length))
  if (masked) {
    const mask = data.subarray(start - 4, start)
    for (let at = 0; at < payload.length; at++) payload[at] = payload[at]! ^ mask[at % 4]!
  }
  return {
    final: (data.readUInt8(0) & 0x80) !== 0,
    opcode: data.readUInt8(0) & 0x0f,
    payload,
    rest: Buffer.from(data.subarray(start + length)),
  }
}

function encodeFrame(opcode: number, payload: Uint8Array): Buffer {
  const length = payload.length
  const head = Buffer.alloc(length > 65_535 ? 10 : length > 125 ? 4 : 2)
  head.writeUInt8(0x80 | opcode, 0)
  if (length > 65_535) {
    head.writeUInt8(127, 1)
    head.writeBigUInt64BE(BigInt(length), 2)
  } else if (length > 125) {
    head.writeUInt8(126, 1)
    head.writeUInt16BE(length, 2)
  } else {
    head.writeUInt8(length, 1)
  }
  return Buffer.concat([head, payload])
}
