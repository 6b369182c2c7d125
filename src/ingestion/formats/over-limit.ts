/** What is said of a file that took its worker or its thread too long or too much. */
import { BadInputError } from '../../errors.ts'

export function tooComplex(cause?: unknown): BadInputError {
  return new BadInputError(
    'file_too_complex',
    '这个文件过大或过于复杂，读取超过了限制。请拆分或另存后再试。',
    { cause },
  )
}

export function isOutOfMemory(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
