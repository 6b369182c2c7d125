/**
 * Reads one hostile file in a worker with little memory and a kill timer, so that a bomb costs its
 * sender only: the bot goes on answering meanwhile (measured on 57 hostile files; without a worker a
 * 24 KB docx took 2.1 GB and a 1 KB xlsx ended the process).
 */
import { Worker } from 'node:worker_threads'
import { BadInputError } from '../../errors.ts'
import type { WorkerFormat } from './detect-format.ts'
import { isOutOfMemory, tooComplex } from './over-limit.ts'
import type { SourceText } from './source-text.ts'

export interface WorkerLimits {
  readonly timeoutMs: number
  readonly memoryMb: number
}

/** A hundred-page policy takes under three seconds; thirty are plenty on a slow machine. */
export const WORKER_LIMITS: WorkerLimits = { timeoutMs: 30_000, memoryMb: 384 }

export type WorkerReply =
  | { readonly kind: 'read'; readonly source: SourceText }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }

/** @throws {BadInputError} what the reader refused, `file_too_complex` at a limit, `broken_file` when it ends badly */
export function readInWorker(
  format: WorkerFormat,
  bytes: Uint8Array,
  limits: WorkerLimits = WORKER_LIMITS,
): Promise<SourceText> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { format, bytes },
    resourceLimits: {
      maxOldGenerationSizeMb: limits.memoryMb,
      maxYoungGenerationSizeMb: 64,
      stackSizeMb: 4,
    },
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  })
  return new Promise<SourceText>((resolve, reject) => {
    const timer = setTimeout(() => reject(tooComplex()), limits.timeoutMs)
    worker.once('message', (reply: WorkerReply) => {
      clearTimeout(timer)
      if (reply.kind === 'read') resolve(reply.source)
      else reject(new BadInputError(reply.code, reply.message))
    })
    worker.once('error', (cause) => {
      clearTimeout(timer)
      reject(isOutOfMemory(cause) ? tooComplex(cause) : brokenFile(cause))
    })
    worker.once('exit', () => {
      clearTimeout(timer)
      reject(brokenFile())
    })
  }).finally(() => worker.terminate())
}

function brokenFile(cause?: unknown): BadInputError {
  return new BadInputError(
    'broken_file',
    '这个文件已损坏或不完整，读不出来。请重新导出或另存后再试。',
    { cause },
  )
}
