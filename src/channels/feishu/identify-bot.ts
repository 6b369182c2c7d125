/** Who the bot is: without it no message of a group counts as addressed to it. */
import type { Clock } from '../../clock.ts'
import type { Logger } from '../../logger.ts'
import { FeishuError } from './classify-error.ts'
import type { BotIdentity, FeishuApi } from './feishu-api.ts'

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000

/**
 * Asks until the platform answers. undefined when it refuses for good (the app has no bot yet) or
 * the signal aborts.
 * @throws {FeishuError} of kind `credentials`: asking again cannot help.
 */
export async function identifyBot(
  api: FeishuApi,
  tools: { readonly clock: Clock; readonly logger: Logger; readonly signal: AbortSignal },
): Promise<BotIdentity | undefined> {
  const { clock, logger, signal } = tools
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      return await api.identify(signal)
    } catch (error) {
      if (signal.aborted) return undefined
      if (!(error instanceof FeishuError) || error.kind === 'credentials') throw error
      logger.warn('feishu_bot_unknown', { error, attempt })
      if (!error.retryable) return undefined
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt)
      await clock.sleepUntil(clock.now().add({ milliseconds: wait }), signal)
    }
  }
  return undefined
}
