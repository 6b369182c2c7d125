/** The seam to a language model. Without one configured the bot makes no call and answers by quoting. */
import { BotError } from '../errors.ts'

export interface Prompt {
  /** Rules: the prompt file's text with its variables filled in. */
  readonly system: string
  /** Untrusted material, fenced and numbered by the caller. */
  readonly user: string
  /** JSON schema the reply must satisfy, with a name; absent for plain text. */
  readonly schema?: { readonly name: string; readonly json: Readonly<Record<string, unknown>> }
}

export interface Completion {
  readonly text: string
  readonly promptTokens: number
  readonly completionTokens: number
}

export interface LanguageModel {
  readonly id: string
  /** @throws {ModelError} */
  complete(
    prompt: Prompt,
    options: { readonly maxTokens: number; readonly signal: AbortSignal },
  ): Promise<Completion>
}

/** A model call that failed; `retryable` is decided here, once, from the provider's status. */
export class ModelError extends BotError {
  override readonly name = 'ModelError'
  /** How long the endpoint asks to be left alone, milliseconds. */
  readonly pauseMs: number | undefined

  constructor(
    code: string,
    message: string,
    { pauseMs, ...options }: { retryable?: boolean; cause?: unknown; pauseMs?: number } = {},
  ) {
    super(code, message, options)
    this.pauseMs = pauseMs
  }
}
