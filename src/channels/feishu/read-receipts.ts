/** Who has read a message of the bot. */
import { z } from 'zod'
import type { FeishuApi } from './feishu-api.ts'

/** The most the platform gives in one answer. */
const PAGE_SIZE = 100

const readersShape = z.object({
  items: z.array(z.object({ user_id: z.string() })).nullish(),
})

/** Open ids, the first hundred. @throws {FeishuError} */
export async function readReceipts(
  api: FeishuApi,
  messageId: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const path = `/open-apis/im/v1/messages/${encodeURIComponent(messageId)}/read_users`
  const params = { user_id_type: 'open_id', page_size: PAGE_SIZE }
  const { items } = await api.call({ method: 'GET', path, params, signal }, readersShape)
  return (items ?? []).map((item) => item.user_id)
}
