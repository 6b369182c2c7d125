/** A day with the bot in Feishu, from the first message to the vote, over the real protocol. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FeishuBot, startFeishuBot } from '../support/feishu-bot.ts'
import { buttonOf, labelsOf, wordsOf } from '../support/feishu-harness.ts'
import {
  botAddedEvent,
  privateChatEnteredEvent,
  recallEvent,
} from '../support/feishu-platform-events.ts'
import type { Shown } from '../support/feishu-platform-routes.ts'

let bot: FeishuBot
beforeAll(async () => {
  bot = await startFeishuBot()
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

describe('a worker in a group', () => {
  it('asks, and gets the short answer with the sentence it rests on', async () => {
    const before = count()
    const { code, milliseconds } = await bot.platform.say({
      ...inGroup,
      text: '2014年要新建多少个职工书屋?',
    })
    expect(code).toBe(200)
    expect(milliseconds).toBeLessThan(1_000)

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
    expect(wordsOf(asking)).toContain('哪里没帮上?')
    const { data } = await press(asking, '过时')
    expect(data).toMatchObject({ toast: { content: '记下了,我们会去核对。' } })
    expect(bot.votes.map(({ helpful, reason }) => [helpful, reason])).toEqual([
      [false, undefined],
      [false, 'outdated'],
    ])
    expect(count()).toBe(before + 1)
  })

  it('presses 👍 five times and votes once', async () => {
    const card = bot.platform.world.shown[0]!
    const before = bot.votes.length
    const answers = await Promise.all(Array.from({ length: 5 }, () => press(card, '👍 有用')))
    expect(answers.map(({ code }) => code)).toEqual([200, 200, 200, 200, 200])
    expect(bot.votes.slice(before)).toHaveLength(1)
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
    expect(first?.chatId).toBe('oc_p2p_wang')
    expect(second?.chatId).toBe('oc_group')
    expect(wordsOf(second!)).toContain('已私信您')
    expect(wordsOf(second!)).not.toContain('重病')
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

  it('sends a file, and a link to a document, that are read', async () => {
    const before = count()
    const { world } = bot.platform
    const bytes = new TextEncoder().encode('要点全文')
    world.files.set('om_file/file_1', { name: '要点.txt', bytes })
    world.documents.set('Docx000000001', {
      title: '飞书上的要点',
      text: '飞书上的要点\n新建四十个',
    })
    const content = { file_key: 'file_1', file_name: '要点.txt' }
    await bot.platform.say({ from: 'ou_new', type: 'file', content, messageId: 'om_file' })
    await newest(before)
    await bot.platform.say({ from: 'ou_new', text: 'https://u.feishu.cn/docx/Docx000000001' })
    await newest(before + 1)
    expect(bot.files).toEqual(['要点.txt:要点全文', '飞书上的要点.txt:飞书上的要点\n新建四十个'])
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
    expect(wordsOf(await newest(before))).toContain('0933-12351')
    expect(count()).toBe(before + 1)
    expect(bot.calls).toHaveLength(1)
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
    const until = performance.now() + 10_000
    while (
      !(bot.channel.health().isReady && bot.platform.connections() > 0) &&
      performance.now() < until
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await bot.platform.say({ from: 'ou_new', text: '六抓六突破是哪些?' })
    const card = await newest(before)
    expect(wordsOf(card)).toContain('六')
    await bot.platform.say({ from: 'ou_new', text: '谢谢' })
    await newest(before + 1)
    expect(count()).toBe(before + 2)
  })
})
