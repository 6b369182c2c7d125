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
import { readJson, storedJson } from '../storage/sql/stored-values.ts'
import type { HolidayNotice } from '../text/working-days.ts'

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
  /** For one document. A text of 3 MB, a thousand pages, takes some seconds; files of 20 MB are let in. */
  readonly timeoutMs: number
  readonly memoryMb: number
  /** How long a thread without work is kept. */
  readonly restMs: number
}

/** Longer than a thread takes to start. Many short documents are read on one; a second one would compete with their storing. */
const PATIENCE_MS = 2_000

const LIMITS: ReadAsideLimits = {
  // Two at least: a long document must not hold up a short one.
  threads: Math.min(Math.max(availableParallelism() - 1, 2), 3),
  timeoutMs: 120_000,
  memoryMb: 1_024,
  restMs: 20_000,
}

/** @param notices of holidays, as the app has them: a limit in working days is the same on every thread. */
export function createReadAside(
  notices: readonly HolidayNotice[],
  limits: ReadAsideLimits = LIMITS,
): ReadAside {
  const threads = new Set<Worker>()
  const resting = new Map<Worker, NodeJS.Timeout>()
  const waiting: (() => void)[] = []
  let isClosed = false

  async function take(): Promise<Worker> {
    let mayStart = threads.size === 0
    while (!isClosed && resting.size === 0 && !(mayStart && threads.size < limits.threads)) {
      mayStart = (await released()) === 'late' || threads.size === 0
    }
    if (isClosed) throw new Error('Nothing is read any more.')
    const [rested] = resting.keys()
    const thread = rested ?? start()
    clearTimeout(resting.get(thread))
    resting.delete(thread)
    thread.ref()
    return thread
  }

  /** When a thread is free, or has ended, or a document takes so long that another thread is worth its start. */
  function released(): Promise<'free' | 'late'> {
    const { promise, resolve } = Promise.withResolvers<'free' | 'late'>()
    const wake = () => resolve('free')
    waiting.push(wake)
    const timer = setTimeout(() => {
      const at = waiting.indexOf(wake)
      if (at >= 0) waiting.splice(at, 1)
      resolve('late')
    }, PATIENCE_MS)
    return promise.finally(() => clearTimeout(timer))
  }

  function start(): Worker {
    const thread = startThread(notices, limits)
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
    resting.set(thread, setTimeout(() => retire(thread), limits.restMs).unref())
    waiting.shift()?.()
  }

  /** Out of reach first: whoever came now must not be given a thread that is ending. */
  function retire(thread: Worker): void {
    resting.delete(thread)
    void thread.terminate()
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
      for (const wake of waiting.splice(0)) wake()
      await Promise.all([...threads].map((thread) => thread.terminate()))
    },
  }
}

function startThread(notices: readonly HolidayNotice[], { memoryMb }: ReadAsideLimits): Worker {
  return new Worker(new URL('./reading-thread.ts', import.meta.url), {
    workerData: storedJson(notices),
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
