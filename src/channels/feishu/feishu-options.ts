/** What the Feishu channel is given, and what of it cannot work. */
import type { Clock } from '../../clock.ts'
import { BadInputError } from '../../errors.ts'
import type { Logger } from '../../logger.ts'
import type { CallLedger, CallUsage } from './count-calls.ts'
import type { ReadReceipt } from './handle-events.ts'
import type { SentMessages } from './sent-messages.ts'

export interface FeishuOptions {
  readonly appId: string
  readonly appSecret: string
  /** `feishu`, `lark`, or a base URL. */
  readonly domain: string
  readonly mode: 'long-connection' | 'webhook'
  readonly encryptKey?: string
  readonly verificationToken?: string
  /** Calls a month that the organisation's edition allows; 0: unlimited. */
  readonly monthlyCalls: number
  /** Type replaced answers letter by letter: four calls instead of one. */
  readonly streaming?: boolean
  readonly clock: Clock
  readonly logger: Logger
  readonly sent?: SentMessages
  readonly ledger?: CallLedger
  readonly onRead?: (receipt: ReadReceipt) => void
  /** Most of the month's calls are used; called every minute from then on. */
  readonly onSaving?: (usage: CallUsage) => void
  readonly random?: () => number
}

/** What the SDK takes for a valid app id; with another it does nothing and says nothing. */
const APP_ID = /^cli_[0-9a-fA-F]{16}$/
/** @throws {BadInputError} saying what to change. */
export function checkOptions({ appId, mode, encryptKey }: FeishuOptions): void {
  if (mode === 'webhook' && !encryptKey) {
    throw new BadInputError(
      'feishu_encrypt_key_missing',
      '飞书回调方式必须设置 FEISHU_ENCRYPT_KEY，否则无法辨认伪造的消息。',
    )
  }
  if (mode === 'long-connection' && !APP_ID.test(appId)) {
    throw new BadInputError(
      'feishu_app_id_malformed',
      'FEISHU_APP_ID 不是有效的应用编号：应是 cli_ 加 16 位十六进制字符，请到开发者后台「凭证与基础信息」复制。',
    )
  }
}
