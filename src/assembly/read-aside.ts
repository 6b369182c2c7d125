/**
 * Reads documents on threads beside the one that answers: a long one holds nobody up, and of many one is
 * read while another is stored. A thread is started when it is needed and ended when it rests; one that
 * takes too long or too much ends with its document, and costs no other document anything.
 */
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { DocumentReading } from '../domain/document.ts'
import { BadInputError } from '../errors.ts'
import { isOutOfMemory, tooComplex } from '../ingestion/formats/over-limit.ts'
import type { DocumentSource } from '../ingestion/ingest-document.ts'
import type { FrontMatter } from '../ingestion/read-front-matter.ts'
import { readJson } from '../storage/sql/stored-values.ts'

export interface ReadingOrder {
  readonly source: DocumentSource
  readonly overrides?: FrontMatter
}

export type ReadingReply =
  /** As JSON: days do not pass between threads. */
  | { readonly kind: 'read'; readonly reading: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }

export interface ReadAside {
  /** @throws {BadInputError} as ingest-document.ts, and `file_too_complex` at a limit. */
  read(source: DocumentSource, overrides?: FrontMatter): Promise<DocumentReading>
  /** Ends every thread, and with it what it reads. */
  close(): Promise<void>
}

export interface ReadAsideLimits {
  readonly threads: number
  /** For one document. A text of 3 MB, a thousand pages, takes 7 seconds; files of 20 MB are let in. */
  readonly timeoutMs: number
  readonly memoryMb: number
  /** How long a thread without work is kept. */
  readonly restMs: number
}

const LIMITS: ReadAsideLimits = {
  threads: Math.min(Math.max(availableParallelism() - 1, 1), 3),
  timeoutMs: 120_000,
  memoryMb: 1_024,
  restMs: 20_000,
}

/** @param dataDir where an admin's own holiday notices are. */
export function createReadAside(dataDir: string, limits: ReadAsideLimits = LIMITS): ReadAside {
  const threads = new Set<Worker>()
  const resting = new Map<Worker, NodeJS.Timeout>()
  const waiting: (() => void)[] = []
  let isClosed = false

  async function take(): Promise<Worker> {
    while (resting.size === 0 && threads.size >= limits.threads) {
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    if (isClosed) throw new Error('Nothing is read any more.')
    const [rested] = resting.keys()
    const thread = rested ?? start()
    clearTimeout(resting.get(thread))
    resting.delete(thread)
    thread.ref()
    return thread
  }

  function start(): Worker {
    const thread = startThread(dataDir, limits)
    threads.add(thread)
    thread.on('error', () => undefined) // whoever waits for a reply hears of it
    thread.once('exit', () => {
      clearTimeout(resting.get(thread))
      resting.delete(thread)
      threads.delete(thread)
      waiting.shift()?.()
    })
    return thread
  }

  function rest(thread: Worker): void {
    thread.unref()
    resting.set(thread, setTimeout(() => void thread.terminate(), limits.restMs).unref())
    waiting.shift()?.()
  }

  return {
    read: async (source, overrides) => {
      const thread = await take()
      const reply = await ask(thread, { source, ...(overrides && { overrides }) }, limits.timeoutMs)
      if (reply instanceof Error) {
        await thread.terminate()
        throw reply
      }
      rest(thread)
      if (reply.kind === 'read') return readJson<DocumentReading>(reply.reading)
      throw new BadInputError(reply.code, reply.message)
    },
    close: async () => {
      isClosed = true
      await Promise.all([...threads].map((thread) => thread.terminate()))
    },
  }
}

function startThread(dataDir: string, { memoryMb }: ReadAsideLimits): Worker {
  return new Worker(new URL('./reading-thread.ts', import.meta.url), {
    workerData: dataDir,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    env: {},
    execArgv: [],
  })
}

/** An error instead of a reply: the thread is of no more use. */
async function ask(
  thread: Worker,
  order: ReadingOrder,
  timeoutMs: number,
): Promise<ReadingReply | Error> {
  const settled = new AbortController()
  const { signal } = settled
  const { promise: late, resolve } = Promise.withResolvers<Error>()
  const timer = setTimeout(() => resolve(tooComplex()), timeoutMs)
  try {
    thread.postMessage(order)
    return await Promise.race([
      late,
      once(thread, 'message', { signal }).then(([reply]) => reply as ReadingReply),
      once(thread, 'exit', { signal }).then(() => new Error('The reading thread ended.')),
    ])
  } catch (cause) {
    return isOutOfMemory(cause) ? tooComplex(cause) : (cause as Error)
  } finally {
    clearTimeout(timer)
    settled.abort()
  }
}
