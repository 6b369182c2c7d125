/** What Feishu shows of what the bot sends, also when the platform is in a bad mood. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FeishuError } from '../../src/channels/feishu/classify-error.ts'
import type { Block, ConversationRef, OutboundMessage } from '../../src/domain/message.ts'
import {
  buttonOf,
  type FeishuHarness,
  startFeishuHarness,
  wordsOf,
} from '../support/feishu-harness.ts'
import { readEvent } from '../support/feishu-platform-events.ts'

const SEND = /^\/open-apis\/im\/v1\/messages/
const group: ConversationRef = { channel: 'feishu', conversationId: 'oc_group', kind: 'group' }
const cadre: ConversationRef = { channel: 'feishu', conversationId: 'ou_li', kind: 'private' }
const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
const refusal = (code: number, status = 400) =>
  ({ kind: 'answer', answer: { status, body: { code, msg: 'refused' } } }) as const

let harness: FeishuHarness
const reads: string[] = []
beforeEach(async () => {
  harness = await startFeishuHarness({
    onRead: ({ deliveryId, accountId }) => reads.push(`${deliveryId} ${accountId}`),
  })
})
afterEach(() => harness.close())

const send = (
  blocks: readonly Block[],
  options: Partial<OutboundMessage> & { id?: string; to?: ConversationRef } = {},
) => {
  const { id = 'd1', to = group, ...message } = options
  return harness.channel.send(
    to,
    { blocks, ...message },
    { deliveryId: id, signal: AbortSignal.timeout(10_000) },
  )
}
const shown = () => harness.platform.world.shown
const paidCalls = () =>
  harness.platform.calls.filter(({ path }) => /\/im\/|\/cardkit\//.test(path)).length
const { signal } = new AbortController()

describe('where a message goes', () => {
  it('answers the question it answers, in its thread where there is one', async () => {
    await harness.platform.say({
      from: 'ou_w',
      group: 'oc_group',
      mention: true,
      text: 'a',
      threadId: 'omt_1',
    })
    const [question] = harness.received
    await send([paragraph('答')], { to: question!.conversation, replyTo: question!.id })
    expect(shown()[0]).toMatchObject({ chatId: 'oc_group', threadId: 'omt_1' })
    expect(`cli_0123456789abcdef/${shown()[0]?.parentId}`).toBe(question?.id)
  })

  it('opens the private chat of a cadre', async () => {
    await send([paragraph('催办')], { to: cadre })
    expect(shown()[0]?.chatId).toBe('oc_p2p_li')
  })

  it('writes to the chat when what it answers is not a message', async () => {
    await send([paragraph('欢迎')], { replyTo: 'cli_0123456789abcdef/added/ev_1' })
    expect(shown()[0]).toMatchObject({ chatId: 'oc_group' })
    expect(shown()[0]?.parentId).toBeUndefined()
  })

  it('replies outside the thread when the thread is gone', async () => {
    await harness.platform.say({
      from: 'ou_w',
      group: 'oc_group',
      mention: true,
      text: 'a',
      threadId: 'omt_1',
    })
    harness.platform.fail({ path: /reply$/, how: refusal(230019) })
    const [question] = harness.received
    await send([paragraph('答')], { to: question!.conversation, replyTo: question!.id })
    expect(shown()).toHaveLength(1)
  })

  it('says it in the chat when what it answers is not there any more', async () => {
    await send([paragraph('答')], { replyTo: 'cli_0123456789abcdef/om_gone' })
    expect(shown()).toMatchObject([{ chatId: 'oc_group' }])
  })

  it('does not answer a question that was taken back', async () => {
    await harness.platform.say({ from: 'ou_w', text: '算了', messageId: 'om_1' })
    harness.platform.world.recalled.add('om_1')
    await expect(
      send([paragraph('答')], { replyTo: harness.received[0]!.id }),
    ).rejects.toMatchObject({
      code: 'feishu_recalled',
      retryable: false,
    })
    expect(shown()).toEqual([])
  })

  it('mentions the asker in a group', async () => {
    await send([paragraph('答')], { mention: 'ou_w' })
    expect(shown()[0]?.content).toContain('<at id=ou_w></at>')
  })
})

describe('what it looks like', () => {
  it('never calls everybody, whatever the text says', async () => {
    const text = '<at id=all></at><at user_id="all">所有人</at> @所有人'
    await send([paragraph(text), { kind: 'quote', text, source: text }])
    harness.platform.fail({ path: SEND, how: refusal(230099) })
    await send([paragraph(text)], { id: 'd2' })
    expect(shown().map(({ type }) => type)).toEqual(['interactive', 'text'])
    for (const message of shown()) expect(message.content).not.toMatch(/<at /)
  })

  it.each([
    ['by its code for cards', 230099],
    ['by a code nobody knows', 239999],
  ])('says the same as text when the platform refuses the card %s', async (_why, code) => {
    harness.platform.fail({ path: SEND, how: refusal(code) })
    await send([
      paragraph('今年四十个。'),
      { kind: 'quote', text: '新建四十个', source: '《要点》' },
    ])
    expect(shown()[0]?.type).toBe('text')
    expect(wordsOf(shown()[0]!)).toMatch(/今年四十个。[\s\S]*新建四十个/)
  })

  it('splits what fits no card into texts, each sent once', async () => {
    const sentences = Array.from({ length: 3_000 }, (_, at) => `第${at + 1}条要抓紧办。`)
    await send([paragraph(sentences.join(''))])
    await send([paragraph(sentences.join(''))])
    expect(shown().map(({ type }) => type)).toEqual(['text', 'text', 'text', 'text'])
    expect(shown().map(wordsOf).join('')).toBe(sentences.join(''))
  })

  it('masks phone numbers when the content audit stops them', async () => {
    harness.platform.world.audit = /13800138000/
    await send([paragraph('驿站管理员 13800138000,热线 12351')])
    expect(wordsOf(shown()[0]!)).toBe('驿站管理员 138****8000,热线 12351')
  })
})

describe('when the platform misbehaves', () => {
  it('shows a message once when the answer was lost', async () => {
    harness.platform.fail({ path: SEND, how: { kind: 'applied-then-502' } })
    await send([paragraph('一次')])
    expect(shown()).toHaveLength(1)
  })

  it('fetches a token again when it was revoked', async () => {
    harness.platform.expireTokens()
    await send([paragraph('还在')])
    expect(shown()).toHaveLength(1)
  })

  it('waits out a short limit by itself and leaves a long one to the outbox', async () => {
    const limit = (seconds: string) =>
      ({
        kind: 'answer',
        answer: {
          status: 429,
          headers: { 'x-ogw-ratelimit-reset': seconds },
          body: { code: 99991400 },
        },
      }) as const
    harness.platform.fail({ path: SEND, how: limit('0.1') })
    await send([paragraph('短')])
    expect(shown()).toHaveLength(1)

    harness.platform.fail({ path: SEND, how: limit('60') })
    const error = await send([paragraph('长')], { id: 'd2' }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(FeishuError)
    const inSeconds =
      (error as FeishuError).retryAt!.epochMilliseconds - Temporal.Now.instant().epochMilliseconds
    expect(inSeconds).toBeGreaterThan(50_000)

    const before = paidCalls()
    await expect(send([paragraph('再')], { id: 'd3' })).rejects.toMatchObject({ retryable: true })
    expect(paidCalls()).toBe(before)
  })

  it.each([
    [230002, 'feishu_not_in_chat'],
    [230013, 'feishu_unreachable_person'],
    [99991672, 'feishu_scope'],
    [99991403, 'feishu_quota'],
  ])('gives up on refusal %i and says why', async (code, name) => {
    harness.platform.fail({ path: SEND, how: refusal(code) })
    await expect(send([paragraph('x')])).rejects.toMatchObject({ code: name, retryable: false })
  })

  it("takes a success that is not the platform's for a failure", async () => {
    harness.platform.fail({
      path: SEND,
      times: 3,
      how: { kind: 'answer', answer: { body: '<html>login</html>' } },
    })
    await expect(send([paragraph('x')])).rejects.toMatchObject({
      retryable: true,
      outcomeUnknown: true,
    })
  })
})

describe('a click', () => {
  const votes: Block = {
    kind: 'actions',
    actions: [
      { label: '有用', name: 'vote', values: { value: 'up' } },
      { label: '没用', name: 'vote', values: { value: 'down' } },
    ],
  }
  const press = (label: string) => {
    const [card] = shown()
    return harness.platform.click({
      from: 'ou_w',
      messageId: card!.id,
      chatId: card!.chatId,
      value: buttonOf(card!, label),
    })
  }

  it('is answered with the new card, without another call', async () => {
    await send([paragraph('答'), votes])
    const before = paidCalls()
    const pressing = press('没用')
    await new Promise((resolve) => setTimeout(resolve, 50))
    await send([paragraph('哪里不对?')], { id: 'd2', replaces: 'd1' })
    const { code, data, milliseconds } = await pressing
    expect(code).toBe(200)
    expect(milliseconds).toBeLessThan(3_000)
    expect(JSON.stringify(data)).toContain('哪里不对?')
    expect(data).toMatchObject({ toast: { type: 'success' }, card: { type: 'raw' } })
    expect(paidCalls()).toBe(before)
    expect(harness.received[0]?.content).toMatchObject({ name: 'vote', values: { value: 'down' } })
  })

  it('is answered with a word when the card takes longer, and the card follows', async () => {
    await send([paragraph('答'), votes])
    const { data, milliseconds } = await press('有用')
    expect(data).toEqual({ toast: { type: 'info', content: '已收到，正在处理。' } })
    expect(milliseconds).toBeLessThan(3_000)
    await send([paragraph('谢谢')], { id: 'd2', replaces: 'd1' })
    expect(shown()).toHaveLength(1)
    expect(wordsOf(shown()[0]!)).toContain('谢谢')
  })

  it('answered in a few words shows them where it was pressed, and writes nothing', async () => {
    await send([paragraph('答'), votes])
    const pressing = press('有用')
    await new Promise((resolve) => setTimeout(resolve, 50))
    await send([paragraph('谢谢!')], { id: 'd2', replyTo: harness.received[0]!.id })
    expect((await pressing).data).toEqual({ toast: { type: 'success', content: '谢谢!' } })
    expect(shown()).toHaveLength(1)
  })

  it('answered at length or late becomes a reply to the card', async () => {
    await send([paragraph('答'), votes])
    await press('有用')
    await send([paragraph('谢谢!')], { id: 'd2', replyTo: harness.received[0]!.id })
    expect(shown()[1]).toMatchObject({ parentId: shown()[0]?.id })
  })

  it('can be answered by naming the message it was pressed on', async () => {
    await send([paragraph('答'), votes])
    const pressing = press('没用')
    await new Promise((resolve) => setTimeout(resolve, 50))
    const replaces = harness.received[0]!.replyTo!
    await send([paragraph('哪里不对?')], { id: 'd2', replaces })
    expect(JSON.stringify((await pressing).data)).toContain('哪里不对?')
    await send([paragraph('谢谢反馈')], { id: 'd3', replaces })
    expect(shown().map(wordsOf)).toEqual(['谢谢反馈'])
  })

  it('changes its card in place, with a word where it was pressed; late, without the word', async () => {
    await send([paragraph('书屋 8/30个'), votes])
    const revise = (id: string, blocks: Block[]) =>
      harness.channel.send(
        group,
        { blocks: [paragraph('已保存')], card: blocks, replyTo: harness.received.at(-1)!.id },
        { deliveryId: id, signal: AbortSignal.timeout(10_000) },
      )
    const before = paidCalls()
    const pressing = press('有用')
    await new Promise((resolve) => setTimeout(resolve, 50))
    await revise('d2', [paragraph('书屋 12/30个'), votes])
    const { data } = await pressing
    expect(data).toMatchObject({ toast: { content: '已保存' }, card: { type: 'raw' } })
    expect(JSON.stringify(data)).toContain('书屋 12/30个')
    expect(paidCalls()).toBe(before)

    await press('没用')
    await revise('d3', [paragraph('书屋 30/30个')])
    expect(shown().map(wordsOf)).toEqual(['书屋 30/30个'])
    expect(paidCalls()).toBe(before + 1)
  })

  it('is not needed for a card: what was asked in words is answered with buttons too', async () => {
    await send([paragraph('回复「是」')], { card: [paragraph('确认吗'), votes], replyTo: 'x/om_1' })
    expect(wordsOf(shown()[0]!)).toBe('确认吗\n有用\n没用')
  })

  it('pressed five times has one effect', async () => {
    await send([paragraph('答'), votes])
    await Promise.all(Array.from({ length: 5 }, () => press('有用')))
    expect(new Set(harness.received.map(({ id }) => id)).size).toBe(1)
  })

  it('on something that is no card of ours gets a polite word', async () => {
    const { data } = await harness.platform.click({
      from: 'ou_w',
      messageId: 'om_x',
      chatId: 'oc_x',
      value: 'nonsense',
    })
    expect(data).toMatchObject({ toast: { type: 'warning' } })
    expect(harness.received).toEqual([])
  })
})

describe('an update', () => {
  it('changes the card in place: two calls for a finished answer', async () => {
    const before = paidCalls()
    await send([paragraph('摘录')])
    await send([paragraph('整理过的回答')], { id: 'd2', replaces: 'd1' })
    await send([paragraph('再改')], { id: 'd3', replaces: 'd2' })
    expect(shown()).toHaveLength(1)
    expect(wordsOf(shown()[0]!)).toBe('再改')
    expect(paidCalls() - before).toBe(3)
  })

  it('becomes a new message when the old one is too old or gone', async () => {
    await send([paragraph('旧')])
    harness.platform.fail({ path: SEND, how: refusal(230031) })
    await send([paragraph('新')], { id: 'd2', replaces: 'd1' })
    harness.platform.world.recalled.add(shown()[1]!.id)
    await send([paragraph('更新')], { id: 'd3', replaces: 'd2' })
    expect(shown().map(wordsOf)).toEqual(['旧', '新', '更新'])
  })
})

describe('an update with streaming on', () => {
  const words = '工会驿站要因地制宜“建”强,责任到位“管”好,融合服务“用”活。'
  let typing: FeishuHarness
  const update = async (id: string, text: string, replaces?: string) =>
    typing.channel.send(
      group,
      { blocks: [paragraph(text)], ...(replaces ? { replaces } : {}) },
      { deliveryId: id, signal: AbortSignal.timeout(10_000) },
    )
  beforeEach(async () => {
    typing = await startFeishuHarness({ streaming: true })
  })
  afterEach(() => typing.close())

  it('is typed letter by letter and ends as an ordinary card', async () => {
    await update('d1', '摘录')
    await update('d2', words, 'd1')
    await update('d3', `${words}还要办好。`, 'd2')
    const [entity] = typing.platform.world.cardEntities.values()
    expect(entity?.writes[0]).toBe(words)
    const [card, ...more] = typing.platform.world.shown
    expect(more).toEqual([])
    expect(wordsOf(card!)).toBe(`${words}还要办好。`)
    expect(card?.content).not.toContain('"streaming_mode":true')
  })

  it('is shown as a whole when typing is refused half way', async () => {
    typing.platform.fail({ path: /elements\/typed/, how: refusal(300309) })
    await update('d1', '摘录')
    await update('d2', words, 'd1')
    expect(wordsOf(typing.platform.world.shown[0]!)).toBe(words)
    expect(typing.platform.world.shown[0]?.content).not.toContain('"streaming_mode":true')
  })
})

describe('a reminder', () => {
  it('is pushed when urgent, and still counts as sent when that is refused', async () => {
    await send([paragraph('明天到期')], { to: cadre, urgent: true })
    expect(shown()[0]?.urgentTo).toEqual(['ou_li'])
    harness.platform.fail({ path: /urgent_app/, how: refusal(230023) })
    await send([paragraph('今天到期')], { id: 'd2', to: cadre, urgent: true })
    expect(shown()).toHaveLength(2)
  })

  it('tells who has read it, by asking and by event', async () => {
    await send([paragraph('请看')], { to: cadre })
    expect(await harness.channel.readers('d1', signal)).toEqual([])
    shown()[0]?.readBy.push('ou_li')
    expect(await harness.channel.readers('d1', signal)).toEqual(['ou_li'])
    expect(await harness.channel.readers('unknown', signal)).toEqual([])
    await harness.platform.deliver(readEvent(harness.platform, 'ou_li', [shown()[0]!.id, 'om_x']))
    expect(reads).toEqual(['d1 ou_li'])
  })

  it("counts what the month's quota pays for, contacts apart", async () => {
    const before = harness.channel.health().calls.calls
    await send([paragraph('a')])
    await harness.channel.directory.departments(signal)
    expect(harness.channel.health().calls.calls - before).toBe(1)
  })
})

describe('people', () => {
  beforeEach(() => {
    const { world } = harness.platform
    world.departments.push(
      { id: 'od-1', name: '宣教部' },
      { id: 'od-2', name: '阅读组', parentId: 'od-1' },
    )
    world.groups.push({ id: 'g1', name: '工会干部' })
    world.users.push(
      { openId: 'ou_li', name: '李梅', departments: ['od-1'], groups: ['g1'] },
      { openId: 'ou_ma', name: '马强', departments: ['od-2', 'od-1'] },
      ...Array.from({ length: 120 }, (_, at) => ({
        openId: `ou_${at}`,
        name: `职工${at}`,
        departments: ['od-2'],
      })),
    )
  })

  it('are found by department with those below, over pages, each once', async () => {
    const people = await harness.channel.directory.peopleOf('宣教部', signal)
    expect(people).toHaveLength(122)
    expect(people[0]).toEqual({ accountId: 'ou_li', name: '李梅' })
  })

  it('are found by user group, and remembered', async () => {
    expect(await harness.channel.directory.peopleOf('工会干部', signal)).toEqual([
      { accountId: 'ou_li', name: '李梅' },
    ])
    const before = harness.platform.calls.length
    await harness.channel.directory.peopleOf('工会干部', signal)
    expect(harness.platform.calls.length).toBe(before)
  })

  it('are nobody where there is no such unit or person', async () => {
    expect(await harness.channel.directory.peopleOf('不存在', signal)).toEqual([])
    expect(await harness.channel.directory.person('ou_nobody', signal)).toBeUndefined()
  })
})

describe('a document', () => {
  const read = async (reference: string) => {
    const { bytes, name } = await harness.channel.readFile(reference, signal)
    return [name, new TextDecoder().decode(bytes)]
  }

  it('that is too large is not read to its end', async () => {
    harness.platform.world.files.set('om_f/huge', {
      name: '录像.mp4',
      bytes: new Uint8Array(31 * 1024 * 1024),
    })
    await expect(read('message:om_f/huge')).rejects.toThrow('文件超过 30 MB')
  })

  it('that was sent as a file is read from its message', async () => {
    const bytes = new TextEncoder().encode('要点全文')
    harness.platform.world.files.set('om_f/file_1', { name: '要点.txt', bytes })
    const content = { file_key: 'file_1', file_name: '要点.txt' }
    await harness.platform.say({ from: 'ou_w', type: 'file', content, messageId: 'om_f' })
    const file = harness.received[0]?.content
    expect(file?.kind === 'file' && (await read(file.reference))).toEqual(['要点.txt', '要点全文'])
  })

  it.each([
    ['https://u.feishu.cn/docx/Docx000000001', '工作要点.txt', '工作要点\n新建四十个'],
    ['https://u.feishu.cn/wiki/Wiki000000001', '工作要点.txt', '工作要点\n新建四十个'],
    ['https://u.feishu.cn/file/File000000001', '通知.txt', '文件全文'],
    ['https://u.feishu.cn/wiki/Wiki000000002', '通知.txt', '文件全文'],
  ])('behind a link is read: %s', async (link, name, text) => {
    const { world } = harness.platform
    world.documents.set('Docx000000001', { title: '工作要点', text: '工作要点\n新建四十个' })
    world.drive.set('File000000001', {
      name: '通知.txt',
      bytes: new TextEncoder().encode('文件全文'),
    })
    world.wiki.set('Wiki000000001', { type: 'docx', token: 'Docx000000001', title: '要点' })
    world.wiki.set('Wiki000000002', { type: 'file', token: 'File000000001', title: '通知' })
    expect(await read(`link:${link}`)).toEqual([name, text])
  })

  it('that cannot be read says what can', async () => {
    harness.platform.world.wiki.set('Wiki000000003', { type: 'bitable', token: 'b', title: '台账' })
    await expect(read('link:https://u.feishu.cn/wiki/Wiki000000003')).rejects.toThrow('导出成 Word')
    await expect(read('link:https://u.feishu.cn/docx/Docx000000009')).rejects.toThrow('权限')
    await expect(read('elsewhere:x')).rejects.toThrow('暂时读不了')
  })
})

describe('the copy of a task', () => {
  it('is made once and follows the task', async () => {
    const task = {
      id: 't1',
      title: '新建书屋四十个',
      description: '《要点》:新建书屋四十个。',
      dueOn: Temporal.PlainDate.from('2026-12-31'),
      accountIds: ['ou_li'],
    }
    await harness.channel.tasks.put(task, signal)
    await harness.channel.tasks.put(
      { ...task, completedAt: Temporal.Instant.from('2026-12-01T00:00:00Z') },
      signal,
    )
    expect(harness.platform.world.tasks).toHaveLength(1)
    expect(harness.platform.world.tasks[0]?.fields).toMatchObject({
      summary: '新建书屋四十个',
      due: { timestamp: '1798675200000', is_all_day: true },
      members: [{ id: 'ou_li', type: 'user', role: 'assignee' }],
      completed_at: '1796083200000',
    })
  })
})
