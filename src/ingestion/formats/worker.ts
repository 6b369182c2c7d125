/** The worker's side: one file, one reply, no network. Errors other than refusals end it and are told by the parent. */
import net from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { BadInputError } from '../../errors.ts'
import type { WorkerFormat } from './detect-format.ts'
import { readFormat } from './read-format.ts'
import type { WorkerReply } from './read-in-worker.ts'

/** No parser has any business on the network: an external image, template or entity must fail. */
function closeNetwork(): void {
  net.Socket.prototype.connect = () => {
    throw new Error('no network while reading a file')
  }
  Reflect.deleteProperty(globalThis, 'fetch')
  Reflect.deleteProperty(globalThis, 'WebSocket')
}

async function replyTo(input: {
  readonly format: WorkerFormat
  readonly bytes: Uint8Array
}): Promise<WorkerReply> {
  try {
    return { kind: 'read', source: await readFormat(input.format, input.bytes) }
  } catch (error) {
    if (error instanceof BadInputError)
      return { kind: 'refused', code: error.code, message: error.message }
    throw error
  }
}

closeNetwork()
parentPort?.postMessage(await replyTo(workerData))
