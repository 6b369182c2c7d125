/** How a request fails: JSON with a stable code and a Chinese sentence for programs, never a stack trace. */
import { BadInputError, BotError } from '../../errors.ts'
import type { Logger } from '../../logger.ts'

export interface Problem {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 421 | 429 | 500 | 503
  readonly code: string
  readonly message: string
}

export const NOT_FOUND: Problem = {
  status: 404,
  code: 'not_found',
  message: '没有这个地址',
}
export const TOO_LARGE: Problem = {
  status: 413,
  code: 'body_too_large',
  message: '内容太大，请缩短后再发',
}
export const WRONG_ORIGIN: Problem = {
  status: 403,
  code: 'wrong_origin',
  message: '这个请求不是从本页面发出的，已拒绝。请从本系统的页面重新操作',
}

export function problemResponse({ status, code, message }: Problem, headers = {}): Response {
  return Response.json({ code, message }, { status, headers })
}

/** Bad input is the caller's and is explained; anything else is ours: logged under the id that is shown. */
export function problemOf(error: unknown, context: { logger: Logger; requestId: string }): Problem {
  if (error instanceof BadInputError) {
    return { status: 400, code: error.code, message: error.message }
  }
  const { logger, requestId } = context
  logger.error('request_failed', { requestId, error })
  if (error instanceof BotError && error.retryable) {
    return {
      status: 503,
      code: error.code,
      message: `暂时办不了，请过一会儿再试（编号 ${requestId}）`,
    }
  }
  const message = `系统出了点问题，请稍后再试；多次出现请把编号 ${requestId} 告诉管理员`
  return { status: 500, code: 'internal_error', message }
}
