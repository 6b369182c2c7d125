/**
 * Tells the admins what a watched page came to: its text is a new draft, or it has not opened for about a
 * day. Nothing is published by itself.
 *
 * Key: the draft, or the page and when it was last read, with the account: said once by any replica.
 */
import type { App } from '../app.ts'
import { FAILURES_TO_REPORT } from '../knowledge/plan-recheck.ts'
import type { Recheck } from '../knowledge/recheck-sources.ts'
import { adminAccounts } from './accounts.ts'
import { privateDelivery } from './private-delivery.ts'

type TellingApp = Parameters<typeof adminAccounts>[0] & Pick<App, 'store' | 'config' | 'clock'>

/** @param channels those that may begin a conversation. */
export async function tellOfPage(
  recheck: Recheck,
  app: TellingApp,
  channels: readonly string[],
): Promise<void> {
  const news = await newsOf(recheck, app)
  if (!news) return
  const message = { blocks: [{ kind: 'notice', tone: 'warning', text: news.text }] } as const
  const accounts = (await adminAccounts(app)).filter(({ channel }) => channels.includes(channel))
  await app.store.outbox.enqueue(
    accounts.map((account) =>
      privateDelivery(
        ['page', ...news.about, account.channel, account.accountId],
        account,
        message,
        app,
      ),
    ),
  )
}

async function newsOf(recheck: Recheck, { store, config }: TellingApp) {
  if (recheck.kind === 'changed') {
    const { versionId, metadata } = recheck.arrival.version
    const page = `/console/documents/${versionId}`
    const where = config.PUBLIC_URL ? new URL(page, config.PUBLIC_URL).href : '管理页面的「知识库」'
    const text = `《${metadata.title}》的网页改了，新内容已存为草稿，还没有发布，现在的回答不变。请到 ${where} 核对后发布。`
    return { about: [versionId], text }
  }
  if (recheck.kind === 'unchanged' || !recheck.worthTelling) return undefined
  const { url, documentId, checkedAt } = recheck.source
  const [newest] = (await store.knowledge.history(documentId)).slice(-1)
  const name = newest ? `《${newest.metadata.title}》的网页` : '一个网页'
  const text = `${name}连续 ${FAILURES_TO_REPORT} 次打不开：${url} 。已发布的内容不受影响。请在浏览器里看一看：换了网址的，用新网址重新放入；不再需要的，运行 npm run bot -- sources unwatch 网址 停止检查。`
  return { about: [documentId, checkedAt?.toString() ?? ''], text }
}
