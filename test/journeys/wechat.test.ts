/** A week with the bot in WeChat, over the whole bot and a session that the test plays. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { startChannelWatch } from '../../src/assembly/start-channel-watch.ts'
import { type Messaging, startMessaging } from '../../src/assembly/start-messaging.ts'
import type { WechatChannel } from '../../src/channels/wechat/wechat-channel.ts'
import type { WechatMessage } from '../../src/channels/wechat/wechat-link.ts'
import { parseConfig } from '../../src/config.ts'
import { createGroupCode, createPairingCode } from '../../src/conversation/pair-account.ts'
import { silentLogger } from '../../src/logger.ts'
import { createTask } from '../../src/tasks/record-change.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { scriptedSession, wechatChannel } from '../support/wechat-session.ts'

const ROOM = { id: 'union@chatroom', topic: '工会群' }
const talker = (id: string, name = id) => ({ talker: { id, name, isPerson: true } })
/** A Monday morning in the union's time zone. */
const clock = createFakeClock('2026-11-23T02:00:00Z')
const session = scriptedSession(() => clock.now())
const folder = mkdtempSync(join(tmpdir(), 'wechat-journey-'))
/** The played session gives no signs of life of its own. */
const NEVER_SILENT = { silentAfter: 1e12, startWithin: 1e12 }
let app: App
let messaging: Messaging
let channel: WechatChannel
let last = 0

/** Lets time pass in steps of a second until it is so; the loops behind the bot sleep by this clock. */
async function until(isTrue: () => boolean, mostSeconds = 300): Promise<void> {
  for (let i = 0; i < mostSeconds && !isTrue(); i++) {
    await clock.advance({ seconds: 1 })
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
}

/** Somebody writes; resolves to what the bot sent to `place` after that. */
async function write(message: Partial<WechatMessage>, place: string): Promise<string> {
  const before = session.sent.length
  last += 1
  await session.arrive({ id: `m${last}`, ...message })
  const replies = () => session.sent.slice(before).filter(({ to }) => to === place)
  await until(() => replies().length > 0)
  return replies()
    .map(({ text }) => text)
    .join('')
}
const inPrivate = (id: string, text: string) => write({ text, ...talker(id) }, id)

beforeAll(async () => {
  const config = parseConfig({
    DATA_DIR: folder,
    UNION_NAME: '平凉市总工会',
    UNION_HOTLINE: '0933-12351',
    UNION_JURISDICTION: '甘肃省/平凉市',
    ADMINS: 'wechat:boss,feishu:ou_admin',
  })
  app = await createApp(config, { clock, logger: silentLogger })
  await app.seedSamples()
  await app.knowledge.refresh()
  await app.store.people.save({ id: 'li', name: '李明', role: 'cadre', accounts: [] })
  channel = wechatChannel(async () => session, { clock, times: NEVER_SILENT })
  messaging = startMessaging(app, [channel])
  session.emit({ kind: 'login', id: 'bot', name: '工会小助手' })
  await until(() => channel.check().status === 'ok')
}, 60_000)
afterAll(async () => {
  await messaging?.stop()
  await app?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a worker', () => {
  it('asks in a room by a mention, and is answered there with one', async () => {
    const text = '@工会小助手\u20052014年要新建多少个职工书屋?'
    const said = await write({ text, room: ROOM, mentionsMe: true, ...talker('wang') }, ROOM.id)

    expect(said).toContain('30')
    expect(session.sent.at(-1)).toMatchObject({ to: ROOM.id, mention: 'wang' })
  })

  it('asks in private and follows up by numbers: the original text, no help, a human', async () => {
    const answer = await inPrivate('wang', '2014年要新建多少个职工书屋?')
    expect(answer).toContain('回复 1 看原文，2 没帮上忙，3 转人工')

    const original = await inPrivate('wang', '1')
    expect(original).toContain('新建30个市级标准化职工书屋')
    expect(original).toMatch(/位置：.*第 \d+ 段，全文共 \d+ 段/)

    expect(await inPrivate('wang', '2')).toContain('哪里没帮上')
    expect(await inPrivate('wang', '1')).toContain('记下了')
    const [judged] = await app.store.questions.recent({ filter: 'unhelpful', limit: 1 })
    expect(judged?.vote).toMatchObject({ helpful: false, reason: 'outdated' })

    await inPrivate('wang', '五项活动是什么?')
    expect(await inPrivate('wang', '3')).toContain('0933-12351')
    await until(() => session.sent.some(({ to }) => to === 'boss'))
    expect(session.sent.findLast(({ to }) => to === 'boss')?.text).toContain('想找人工')
  })

  it('who writes 200 messages in ten seconds hears so once, and others are answered', async () => {
    const before = session.sent.length
    for (let i = 0; i < 200; i++) {
      await session.arrive({ id: `flood${i}`, text: '你好', ...talker('flood') })
      if (i % 20 === 19) await clock.advance({ seconds: 1 })
    }
    expect(await inPrivate('calm', '八件实事有哪些?')).toContain('职工书屋')
    const heard = () => session.sent.slice(before).filter(({ to }) => to === 'flood')
    await until(() => heard().length >= 13)

    expect(heard().filter(({ text }) => text.includes('太快'))).toHaveLength(1)
    expect(heard()).toHaveLength(13)
  })
})

describe('an admin', () => {
  it('sends a file, publishes it by a number, and it answers', async () => {
    session.files.set('plan', {
      name: '2026年要点.txt',
      text: '平凉市总工会2026年工作要点\n2026年1月5日\n今年全市要新建流动服务车12辆,12月底前完成。',
    })
    const file = { id: 'plan', kind: 'file', fileName: '2026年要点.txt', text: '' } as const
    const preview = await write({ ...file, ...talker('boss') }, 'boss')
    expect(preview).toContain('2026年工作要点')
    expect(preview).toContain('1 发布')
    expect(await inPrivate('wang', '2026年要新建多少辆流动服务车?')).not.toContain('12辆')

    expect(await inPrivate('boss', '1')).toContain('已发布')
    expect(await inPrivate('wang', '2026年要新建多少辆流动服务车?')).toContain('12辆')
  })
})

describe('a cadre', () => {
  it('is unknown until the code binds the account, then sees the own tasks', async () => {
    const code = await createPairingCode('li', app.cache.keyv('pairing'))
    expect(await inPrivate('wx_li', `绑定 ${code}`)).toContain('您是李明')

    expect(await inPrivate('wx_li', '我的任务')).toContain('没有在办的事项')
    expect(await inPrivate('wx_li', '提醒我11月27日前交驿站总结')).toContain('驿站总结')
    expect(await inPrivate('wx_li', '是')).toContain('已记下')
    expect(await inPrivate('wx_li', '我的任务')).toContain('驿站总结')
  })

  it('is reminded in time, in the private chat', async () => {
    const before = session.sent.length
    await clock.jumpTo(Temporal.Instant.from('2026-11-26T01:30:00Z'))
    const reminder = () => session.sent.slice(before).find(({ to }) => to === 'wx_li')
    await until(() => reminder() !== undefined)

    expect(reminder()?.text).toContain('驿站总结')
  })
})

describe('a room', () => {
  it('is bound to a unit by its name and a code, and told there what the unit has to do', async () => {
    const offer = { name: ROOM.topic, unit: '宣教部', role: 'worker' } as const
    const code = await createGroupCode(offer, app.cache.keyv('pairing'))
    const inRoom = { room: ROOM, mentionsMe: true, ...talker('wx_li') }
    const text = `@工会小助手\u2005绑定 ${code}`
    expect(await write({ ...inRoom, text }, ROOM.id)).toContain('发到这个群')

    const before = session.sent.length
    await createTask(
      'room-task',
      {
        setup: {
          title: '宣教简报',
          assignees: [{ kind: 'unit', unit: '宣教部' }],
          deadline: { phrase: '11月30日前', dueOn: Temporal.PlainDate.from('2026-11-30') },
          startsOn: Temporal.PlainDate.from('2026-11-26'),
          readableBy: 'all',
        },
        status: 'needs-action',
      },
      {
        actor: { kind: 'person', personId: 'li', name: '李明' },
        at: clock.now(),
        basis: 'test',
      },
      { store: app.store, onScheduleChanged: async () => undefined },
    )
    await clock.jumpTo(Temporal.Instant.from('2026-11-27T01:00:30Z'))
    const told = () => session.sent.slice(before).filter(({ to }) => to === ROOM.id)
    await until(() => told().length > 0)

    expect(told()).toHaveLength(1)
    expect(told()[0]?.text).toMatch(/宣教简报[\s\S]*@我/)
    expect(told()[0]?.text).not.toContain('10 分钟内有效')
  })
})

describe('an account that is logged out', () => {
  it('keeps what has to be said, and says it in order, once, after the login', async () => {
    const feishu = {
      ...channel,
      name: 'feishu',
      check: () => ({ name: '飞书', status: 'ok' as const }),
    }
    const watch = startChannelWatch(app, [channel, feishu])
    session.emit({ kind: 'logout', reason: 'phone' })
    const before = session.sent.length
    const texts = Array.from({ length: 8 }, (_, i) => `第${i + 1}条`)
    for (const [i, text] of texts.entries()) {
      await app.store.outbox.enqueue([
        {
          id: `queued-${i}`,
          to: { channel: 'wechat', conversationId: i % 2 ? 'wang' : 'li', kind: 'private' },
          content: { kind: 'message', message: { blocks: [{ kind: 'paragraph', text }] } },
          notBefore: clock.now(),
          fallbacks: [],
        },
      ])
      await until(() => false, 20)
    }
    await until(() => false, 120)
    expect(session.sent).toHaveLength(before)
    expect(messaging.checks()).toMatchObject([{ status: 'down' }])
    const to = { channel: 'feishu', conversationId: 'ou_admin' }
    const alarms = await app.store.outbox.list({ to, limit: 9 })
    expect(alarms.map(({ content }) => JSON.stringify(content))).toEqual([
      expect.stringContaining('微信已退出登录，请到管理页面的「渠道」重新扫码'),
    ])
    await watch.stop()

    session.emit({ kind: 'login', id: 'bot', name: '工会小助手' })
    /** Reminders of that day may come in between. */
    const queued = () =>
      session.sent
        .slice(before)
        .map(({ text }) => text)
        .filter((text) => /^第\d条$/.test(text))
    await until(() => queued().length >= texts.length)
    await until(() => false, 60)
    expect(queued()).toEqual(texts)
  })
})
