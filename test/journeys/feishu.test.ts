/** A day with the bot in Feishu, from the first message to the vote, over the real protocol. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FeishuBot, startFeishuBot } from '../support/feishu-bot.ts'
import { buttonOf, labelsOf, wordsOf } from '../support/feishu-harness.ts'
import type { Acknowledgement } from '../support/feishu-platform-connections.ts'
import {
  botAddedEvent,
  messageEvent,
  privateChatEnteredEvent,
  recallEvent,
} from '../support/feishu-platform-events.ts'
import type { Shown } from '../support/feishu-platform-world.ts'
import { createJumpingClock } from '../support/jumping-clock.ts'

let bot: FeishuBot
beforeAll(async () => {
  bot = await startFeishuBot()
  bot.platform.world.users.push({ openId: 'ou_new', name: '新来的' })
  await bot.connected()
}, 60_000)
afterAll(() => bot?.stop())

const inGroup = { from: 'ou_wang', group: 'oc_group', mention: true }
const count = () => bot.platform.world.shown.length
const newest = async (before: number) => (await bot.shown(before + 1)).at(before)!
const press = (card: Shown, label: string, from = 'ou_wang') =>
  bot.platform.click({
    from,
    messageId: card.id,
    chatId: card.chatId,
    value: buttonOf(card, label),
  })

/** What a click was answered with: where it was pressed, or on a busy machine as a message after it. */
async function heard(pressing: Promise<Acknowledgement>, before: number): Promise<string> {
  const { toast } = (await pressing).data as { toast: { content: string } }
  if (!toast.content.startsWith('已收到')) return toast.content
  return wordsOf(await newest(before)).replace(/^<at[^>]*><\/at> /, '')
}

describe('a worker in a group', () => {
  it('asks, and gets the short answer with the sentence it rests on', async () => {
    const before = count()
    const { code } = await bot.platform.say({
      ...inGroup,
      text: '2014年要新建多少个职工书屋?',
    })
    expect(code).toBe(200)

    const card = await newest(before)
    expect(card).toMatchObject({ type: 'interactive', chatId: 'oc_group' })
    expect(card.parentId).toMatch(/^om_in_/)
    const words = wordsOf(card)
    expect(words).toContain('30')
    expect(words).toContain('新建30个市级标准化职工书屋')
    expect(words).toContain('平凉市总工会2014年要办的事')
    expect(card.content).toContain('<at id=ou_wang></at>')
  })

  it('says that it did not help: a reason is asked, kept, and thanked for where it was pressed', async () => {
    const card = bot.platform.world.shown.at(-1)!
    const before = count()
    await press(card, '👎 没帮上')
    const asking = await newest(before)
    expect(wordsOf(asking)).toContain('哪里没帮上')
    expect(await heard(press(asking, '过时'), before + 1)).toContain('记下了')
    const [judged] = await bot.app.store.questions.recent({ filter: 'unhelpful', limit: 9 })
    expect(judged).toMatchObject({
      question: '2014年要新建多少个职工书屋?',
      vote: { helpful: false, reason: 'outdated' },
    })
  })

  it('presses 👍 five times and votes once', async () => {
    const card = bot.platform.world.shown[0]!
    const answers = await Promise.all(Array.from({ length: 5 }, () => press(card, '👍 有用')))
    expect(answers.map(({ code }) => code)).toEqual([200, 200, 200, 200, 200])
    const { helpful, unhelpful } = await bot.app.store.questions.counts(
      Temporal.Instant.fromEpochMilliseconds(0),
    )
    expect({ helpful, unhelpful }).toEqual({ helpful: 1, unhelpful: 0 })
  })

  it('is not answered when talking to others, and answered once when delivered five times', async () => {
    const before = count()
    await bot.platform.say({ from: 'ou_wang', group: 'oc_group', text: '中午吃什么?' })
    const saying = { ...inGroup, text: '八件实事是哪八件?', messageId: 'om_again' }
    for (let at = 0; at < 5; at += 1)
      await bot.platform.say({ ...saying, eventId: `ev_again_${at}` })
    const card = await newest(before)
    expect(wordsOf(card)).toContain('八件实事')
    await bot.platform.say({ ...inGroup, text: '五项活动是什么?' })
    await newest(before + 1)
    expect(count()).toBe(before + 2)
  })

  it('and a colleague ask at the same moment: each gets the own answer, in the own thread', async () => {
    const before = count()
    const ask = (from: string, threadId: string, text: string) =>
      bot.platform.say({ from, group: 'oc_group', mention: true, threadId, text })
    await Promise.all([
      ask('ou_a', 'omt_a', '2014年帮多少人办互助补充保险?'),
      ask('ou_b', 'omt_b', '2014年救助多少户困难职工家庭?'),
    ])
    const answers = (await bot.shown(before + 2)).slice(before)
    const inThread = (id: string) => wordsOf(answers.find(({ threadId }) => threadId === id)!)
    expect(inThread('omt_a')).toContain('互助')
    expect(inThread('omt_b')).toContain('5000')
  })

  it('who tells of hardship is answered in private', async () => {
    const before = count()
    await bot.platform.say({
      ...inGroup,
      text: '我家孩子得了重病,月收入只有一千,困难职工帮扶怎么申请?',
    })
    const [first, second] = (await bot.shown(before + 2)).slice(before)
    const [inPrivate, inPublic] = [first!, second!].toSorted((a, b) =>
      b.chatId.localeCompare(a.chatId),
    )
    expect(inPrivate?.chatId).toBe('oc_p2p_wang')
    expect(inPublic?.chatId).toBe('oc_group')
    expect(wordsOf(inPublic!)).toContain('已私信您')
    expect(wordsOf(inPublic!)).not.toContain('重病')
  })
})

describe('a person in private', () => {
  it('is greeted once, and may press an example', async () => {
    const before = count()
    for (let at = 0; at < 3; at += 1) {
      await bot.platform.deliver(privateChatEnteredEvent(bot.platform, 'ou_new'))
    }
    const greeting = await newest(before)
    expect(wordsOf(greeting)).toContain('娘家人')
    const example = labelsOf(greeting).find((label) => label.includes('八件实事'))!
    await press(greeting, example, 'ou_new')
    expect(wordsOf(await newest(before + 1))).toContain('职工书屋')
    expect(count()).toBe(before + 2)
  })

  it('sends a picture and hears what can be read', async () => {
    const before = count()
    await bot.platform.say({ from: 'ou_new', type: 'image', content: { image_key: 'img_1' } })
    expect(wordsOf(await newest(before))).toContain('暂时只能读文字和文件')
  })

  it('who is no admin sends a file, and hears that it is not taken', async () => {
    const before = count()
    const content = { file_key: 'file_1', file_name: '要点.txt' }
    await bot.platform.say({ from: 'ou_new', type: 'file', content })
    expect(wordsOf(await newest(before))).toContain('只有管理员')
  })

  it('takes a question back before it is answered', async () => {
    const before = count()
    const messageId = 'om_regret'
    bot.platform.world.recalled.add(messageId)
    await Promise.all([
      bot.platform.say({ from: 'ou_new', text: '五项活动是什么?', messageId }),
      bot.platform.deliver(recallEvent(bot.platform, messageId, 'oc_p2p_new')),
    ])
    await bot.platform.say({ from: 'ou_new', text: '转人工' })
    const said = (await bot.shown(before + 2)).slice(before)
    expect(said.map(({ chatId }) => chatId).toSorted()).toEqual(['oc_p2p_admin', 'oc_p2p_new'])
    expect(said.map(wordsOf).join()).toContain('0933-12351')
    const called = said.find(({ chatId }) => chatId === 'oc_p2p_admin')!
    expect(wordsOf(called)).toContain('<at id=ou_new></at> 新来的想找人工')
    expect(said.map(wordsOf).join()).not.toContain('五项')
  })
})

describe('a question that is recalled after it was answered', () => {
  it('takes its answer along', async () => {
    const before = count()
    const messageId = 'om_regret_late'
    await bot.platform.say({ ...inGroup, text: '五项活动是什么?', messageId })
    const card = await newest(before)
    await bot.platform.deliver(recallEvent(bot.platform, messageId, 'oc_group'))
    for (let tries = 0; tries < 500 && card.earlier.length === 0; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    expect(wordsOf(card)).toBe('提问已撤回，回答也收回了。')
    expect(count()).toBe(before + 1)
  })
})

describe('an admin in private', () => {
  const text =
    '平凉市总工会2026年工作要点\n2026年1月5日\n今年全市要新建流动服务车12辆,12月底前完成。'

  it('sends a document, looks at what was read, publishes it, and it answers', async () => {
    const before = count()
    const bytes = new TextEncoder().encode(text)
    bot.platform.world.files.set('om_file/file_1', { name: '2026年要点.txt', bytes })
    const content = { file_key: 'file_1', file_name: '2026年要点.txt' }
    await bot.platform.say({ from: 'ou_admin', type: 'file', content, messageId: 'om_file' })
    const preview = await newest(before)
    expect(wordsOf(preview)).toContain('2026年工作要点')
    expect(labelsOf(preview)).toEqual(['发布', '放弃'])
    await press(preview, '发布', 'ou_admin')
    expect(wordsOf(bot.platform.world.shown[before]!)).toContain('已发布')

    await bot.platform.say({ from: 'ou_new', text: '2026年要新建多少辆流动服务车?' })
    expect(wordsOf(await newest(before + 1))).toContain('新建流动服务车12辆')
  })

  it('gives a document up, and hears of it again when it is sent again', async () => {
    const before = count()
    const bytes = new TextEncoder().encode(text.replace('2026年工作要点', '2025年工作要点'))
    const content = { file_key: 'file_2', file_name: '2025年要点.txt' }
    const send = (messageId: string) => {
      bot.platform.world.files.set(`${messageId}/file_2`, { name: '2025年要点.txt', bytes })
      return bot.platform.say({ from: 'ou_admin', type: 'file', content, messageId })
    }
    await send('om_file_2')
    const preview = await newest(before)
    expect(await heard(press(preview, '放弃', 'ou_admin'), before + 1)).toContain('已放弃')
    expect(labelsOf(bot.platform.world.shown[before]!)).toEqual([])
    await send('om_file_3')
    const again = await newest(before + 1)
    expect(wordsOf(again)).toContain('没有在用')
    expect(labelsOf(again)).toEqual(['发布'])
  })

  it('hands over a link to a Feishu document', async () => {
    const before = count()
    bot.platform.world.documents.set('Docx000000001', {
      title: '平凉市总工会职工书屋管理办法',
      text: '平凉市总工会职工书屋管理办法\n2026年2月1日\n第一条 职工书屋每周开放不少于五天。',
    })
    await bot.platform.say({ from: 'ou_admin', text: 'https://u.feishu.cn/docx/Docx000000001' })
    const preview = await newest(before)
    expect(wordsOf(preview)).toContain('职工书屋管理办法')
    expect(labelsOf(preview)).toContain('发布')
  })

  it('hears why a document cannot be read', async () => {
    const before = count()
    await bot.platform.say({ from: 'ou_admin', text: 'https://u.feishu.cn/docx/Docx000000009' })
    expect(wordsOf(await newest(before))).toContain('权限')
  })
})

describe('a group', () => {
  it('is welcomed when the bot joins', async () => {
    const before = count()
    await bot.platform.deliver(botAddedEvent(bot.platform, 'oc_new', 'ou_wang'))
    const greeting = await newest(before)
    expect(greeting.chatId).toBe('oc_new')
    expect(wordsOf(greeting)).toContain('在群里@我提问就行')
  })
})

describe('a platform in a bad mood', () => {
  it('still shows every answer once', async () => {
    const before = count()
    const path = /^\/open-apis\/im\/v1\/messages/
    bot.platform.fail({ path, how: { kind: 'applied-then-502' } })
    bot.platform.fail({ path, how: { kind: 'reset' } })
    bot.platform.expireTokens()
    bot.platform.dropConnections()
    await new Promise((resolve) => setTimeout(resolve, 100))
    await bot.connected()
    await bot.platform.say({ from: 'ou_new', text: '2026年要新建多少辆流动服务车?' })
    const card = await newest(before)
    expect(wordsOf(card)).toContain('12辆')
    await bot.platform.say({ from: 'ou_new', text: '谢谢' })
    await newest(before + 1)
    expect(count()).toBe(before + 2)
  })
})

describe("most of the month's calls", () => {
  it('used up are told to the admin once, and shown', async () => {
    const clock = createJumpingClock('2026-11-20T10:00+08:00')
    const other = await startFeishuBot({ FEISHU_MONTHLY_CALLS: '3' }, { clock })
    await other.connected()
    await other.platform.say({ from: 'ou_wang', text: '五项活动是哪些?' })
    await other.platform.say({ from: 'ou_wang', text: '谢谢' })
    await other.shown(2)
    clock.jumpTo(clock.now().add({ minutes: 1 }))
    const [, , warning] = await other.shown(3)
    expect(warning!.chatId).toBe('oc_p2p_admin')
    expect(wordsOf(warning!)).toContain('本月接口已用')
    clock.jumpTo(clock.now().add({ minutes: 1 }))
    await other.platform.say({ from: 'ou_wang', text: '谢谢' })
    expect(await other.shown(4)).toHaveLength(4)
    const ready = await fetch(`${other.address}/health/ready`)
    expect(await ready.text()).toContain('快用完了')
    await other.stop()
  })
})

describe('over the webhook', () => {
  it('is answered the same, and a forged question is not', async () => {
    const keys = { FEISHU_ENCRYPT_KEY: 'encrypt-key-of-tests', FEISHU_MODE: 'webhook' }
    const other = await startFeishuBot(keys)
    const { platform } = other
    const url = `${other.address}/webhooks/feishu`
    const ask = (text: string) => messageEvent(platform, { from: 'ou_wang', text })
    const started = () => platform.calls.some(({ path }) => path.endsWith('/bot/v3/info'))
    while (!started()) await new Promise((resolve) => setTimeout(resolve, 10))

    const forged = await platform.post(url, ask('六抓六突破是哪些?'), { signature: 'x' })
    const taken = await platform.post(url, ask('五项活动是哪些?'))
    expect([forged.status, taken.status]).toEqual([401, 200])
    const [answer, ...more] = await other.shown(1)
    expect(wordsOf(answer!)).toContain('五项活动')
    expect(more).toEqual([])
    expect(platform.connections()).toBe(0)
    await other.stop()
  })
})
