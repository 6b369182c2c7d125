/**
 * Tells the admins, once a month, that most of the platform's calls are used: while it can still be said
 * there. Key: the month and the account.
 */
import type { App } from '../app.ts'
import type { CallUsage } from '../channels/feishu/count-calls.ts'
import { adminAccounts } from './accounts.ts'
import { privateDelivery } from './private-delivery.ts'

export async function warnOfQuota({ month, calls, limit }: CallUsage, app: App): Promise<void> {
  const text = `飞书本月接口已用 ${calls}/${limit} 次，加急提醒和逐字显示已停用。用完后要到下月 1 日才能再发消息，可在飞书管理后台升级套餐。`
  const message = { blocks: [{ kind: 'notice', tone: 'warning', text }] } as const
  const admins = await adminAccounts(app)
  await app.store.outbox.enqueue(
    admins.map((account) =>
      privateDelivery(['quota', month, account.channel, account.accountId], account, message, app),
    ),
  )
}
