/** Somebody who is on both platforms, while WeChat is down and after it has come back. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { startChannelWatch } from '../../src/assembly/start-channel-watch.ts'
import { type Messaging, startMessaging } from '../../src/assembly/start-messaging.ts'
import type { ChannelWatch } from '../../src/assembly/watch-channels.ts'
import type { FeishuChannel } from '../../src/channels/feishu/feishu-channel.ts'
import { parseConfig } from '../../src/config.ts'
import { silentLogger } from '../../src/logger.ts'
import { createTask } from '../../src/tasks/record-change.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createChannelAt, wordsOf } from '../support/feishu-harness.ts'
import { type FeishuPlatform, startFeishuPlatform } from '../support/feishu-platform.ts'
import { scriptedSession, wechatChannel } from '../support/wechat-session.ts'

/** A Wednesday evening in the union's time zone: nothing is due before the next morning. */
const clock = createFakeClock('2026-11-25T11:00:00Z')
const session = scriptedSession(() => clock.now())
const wechat = wechatChannel(async () => session, {
  clock,
  times: { silentAfter: 1e12, startWithin: 1e12 },
})
const folder = mkdtempSync(join(tmpdir(), 'wechat-feishu-'))
let platform: FeishuPlatform
let feishu: FeishuChannel
let app: App
let messaging: Messaging
let watch: ChannelWatch

async function until(isTrue: () => boolean, mostSeconds = 300): Promise<void> {
  for (let i = 0; i < mostSeconds && !isTrue(); i++) {
    await clock.advance({ seconds: 1 })
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
}
const inWechat = () => session.sent.filter(({ to }) => to === 'wx_li').map(({ text }) => text)
const inFeishu = (account: string) =>
  platform.world.shown
    .filter(({ chatId }) => platform.world.privateChats.get(chatId) === account)
    .map((shown) => wordsOf(shown))
const login = () => session.emit({ kind: 'login', id: 'bot', name: '工会小助手' })

beforeAll(async () => {
  platform = await startFeishuPlatform()
  feishu = createChannelAt(platform)
  const config = parseConfig({ DATA_DIR: folder, ADMINS: 'feishu:ou_admin' })
  app = await createApp(config, { clock, logger: silentLogger })
  const accounts = [
    { channel: 'wechat', accountId: 'wx_li' },
    { channel: 'feishu', accountId: 'ou_li' },
  ]
  await app.store.people.save({ id: 'li', name: '李明', role: 'cadre', accounts })
  const running = [wechat, { ...feishu, check: () => ({ name: '飞书', status: 'ok' as const }) }]
  messaging = startMessaging(app, running)
  watch = startChannelWatch(app, running)
  login()
  const context = {
    actor: { kind: 'person', personId: 'zhao', name: '赵主席' },
    at: clock.now(),
    basis: 'test',
  } as const
  const setup = {
    title: '书屋验收',
    assignees: [{ kind: 'person', personId: 'li' }],
    deadline: { phrase: '11月27日前', dueOn: Temporal.PlainDate.from('2026-11-27') },
    startsOn: app.today(),
    readableBy: 'all',
  } as const
  await createTask('book', { setup, status: 'needs-action' }, context, {
    store: app.store,
    onScheduleChanged: async () => undefined,
  })
}, 60_000)
afterAll(async () => {
  await watch?.stop()
  await messaging?.stop()
  await app?.close()
  await platform?.stop()
  rmSync(folder, { recursive: true, force: true })
})

it('reminds by Feishu while WeChat is down, tells the admin there, and by WeChat once it is back', async () => {
  await until(() => wechat.check().status === 'ok')
  session.emit({ kind: 'logout', reason: 'phone' })
  await until(() => inFeishu('ou_admin').length > 0)
  expect(inFeishu('ou_admin')).toEqual([expect.stringContaining('微信已退出登录')])

  await clock.jumpTo(Temporal.Instant.from('2026-11-26T01:00:00Z'))
  const byFeishu = [expect.stringContaining('交办事项'), expect.stringContaining('还有1天')]
  await until(() => inFeishu('ou_li').length >= byFeishu.length)
  await until(() => false, 120)
  expect(inFeishu('ou_li')).toEqual(byFeishu)
  expect(inWechat()).toEqual([])

  login()
  await until(() => false, 120)
  expect(inWechat()).toEqual([])
  await clock.jumpTo(Temporal.Instant.from('2026-11-27T01:00:00Z'))
  await until(() => inWechat().length > 0)
  await until(() => false, 120)
  expect(inWechat()).toEqual([expect.stringContaining('书屋验收')])
  expect(inFeishu('ou_li')).toEqual(byFeishu)
  expect(inFeishu('ou_admin')).toHaveLength(1)
}, 90_000)
