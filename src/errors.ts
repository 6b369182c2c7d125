/**
 * An error of our own: a stable code for programs, a sentence for people.
 *
 * The message says what happened, to which thing, and what to do next, in plain Chinese because an
 * operator or a user reads it. No secrets, no personal data, no message text.
 */
export class BotError extends Error {
  override readonly name: string = 'BotError'
  /** Stable snake_case name of what went wrong. */
  readonly code: string
  /** Whether the same call may succeed later without anybody changing anything. */
  readonly retryable: boolean

  constructor(
    code: string,
    message: string,
    options: { retryable?: boolean; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? false
  }
}

/** The caller gave something unusable: exit code 2 in the CLI, 400 in HTTP. */
export class BadInputError extends BotError {
  override readonly name = 'BadInputError'
}
