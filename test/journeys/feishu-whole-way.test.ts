/**
 * From a question in a group to a kept deadline, all of it in Feishu: card → 👎 → the admin's list; a
 * document sent → preview → in force → its tasks confirmed on the card → the ping → 「书屋已建12个」 → the
 * digest. The bot knows the platform by FEISHU_DOMAIN alone.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createReadMarks } from '../../src/assembly/read-marks.ts'
import { type FeishuBot, startFeishuBot } from '../support/feishu-bot.ts'
import { buttonOf, labelsOf, submitOf, wordsOf } from '../support/feishu-harness.ts'
import { readEvent } from '../support/feishu-platform-events.ts'
import type { Shown } from '../support/feishu-platform-world.ts'
import { createJumpingClock } from '../support/jumping-clock.ts'

/** A Friday morning, in working hours. */
const clock = createJumpingClock('2026-11-20T10:00+08:00')
const PLAN = [
  '平凉市总工会2026年冬季工作安排',
  '平凉市总工会',
  '2026年11月10日',
  '今年冬季要办好以下三件实事：',
  '一是12月底前新建职工书屋30个。',
  '二是12月底前走访慰问困难职工200户。',
  '三是12月底前组织安全生产培训10场。',
].join('\n')

let bot: FeishuBot
beforeAll(async () => {
  bot = await startFeishuBot({}, { clock })
  await bot.connected()
  await bot.app.store.people.save({
    id: 'li',
    name: '李明',
    role: 'cadre',
    unit: '宣教部',
    accounts: [{ channel: 'feishu', accountId: 'ou_li' }],
  })
}, 60_000)
afterAll(() => bot?.stop())

const shownTo = (chatId: string) =>
  bot.platform.world.shown.filter((message) => message.chatId === chatId)

/** The newest message of a chat once `isIt` holds for it as it looks now. */
async function until(chatId: string, isIt: (words: string) => boolean): Promise<Shown> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const message = shownTo(chatId).at(-1)
    if (message && isIt(wordsOf(message))) return message
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`not shown; the last is: ${shownTo(chatId).map(wordsOf).at(-1)}`)
}
const saying = (word: string) => (words: string) => words.includes(word)

const click = (card: Shown, from: string, value: unknown, formValue = {}) =>
  bot.platform.click({ from, messageId: card.id, chatId: card.chatId, value, formValue })
const press = (card: Shown, label: string, from: string) => {
  const value = buttonOf(card, label)
  if (value === undefined) throw new Error(`no button 「${label}」: ${labelsOf(card).join('、')}`)
  return click(card, from, value)
}
const fill = (card: Shown, from: string, formValue: Readonly<Record<string, string>>) =>
  click(card, from, submitOf(card), formValue)

const GROUP = 'oc_group'
const ADMIN = 'oc_p2p_admin'
const LI = 'oc_p2p_li'

/** Of every reminder that went out: whether the operator is told that it was read. */
async function readMarksOfPings(): Promise<readonly boolean[]> {
  const { store, cache } = bot.app
  const marks = createReadMarks(cache.keyv('read'))
  const tasks = await store.tasks.find({ statuses: ['needs-action'], limit: 9 })
  const reminders = (await Promise.all(tasks.map(({ id }) => store.reminders.ofTask(id)))).flat()
  return Promise.all(
    reminders.map(async ({ deliveryId = '' }) => (await marks.readAt(deliveryId)) !== undefined),
  )
}

describe('the whole way in Feishu', () => {
  it('a worker asks in a group, and says that the answer did not help: the admin sees it', async () => {
    const text = '2014年要新建多少个职工书屋?'
    await bot.platform.say({ from: 'ou_wang', group: GROUP, mention: true, text })
    const answer = await until(GROUP, saying('新建30个市级标准化职工书屋'))
    expect(labelsOf(answer).slice(0, 3)).toEqual(['👍 有用', '👎 没帮上', '转人工'])
    await press(answer, '👎 没帮上', 'ou_wang')
    const why = await until(GROUP, saying('哪里没帮上'))
    expect(labelsOf(why)).toEqual(['过时', '不准', '没答到', '看不懂'])
    await press(why, '不准', 'ou_wang')
    const [judged] = await bot.app.store.questions.recent({ filter: 'unhelpful', limit: 9 })
    expect(judged).toMatchObject({ question: text, vote: { helpful: false, reason: 'wrong' } })
  })

  it('the admin sends a document, looks at what was read, and publishes it on the same card', async () => {
    const bytes = new TextEncoder().encode(PLAN)
    bot.platform.world.files.set('om_plan/file_1', { name: '冬季安排.txt', bytes })
    const content = { file_key: 'file_1', file_name: '冬季安排.txt' }
    await bot.platform.say({ from: 'ou_admin', type: 'file', content, messageId: 'om_plan' })
    const preview = await until(ADMIN, saying('看一眼再发布'))
    expect(wordsOf(preview)).toContain('3 项任务')
    expect(labelsOf(preview)).toEqual(['发布', '放弃'])

    const { data } = await press(preview, '发布', 'ou_admin')
    expect(data).toMatchObject({ toast: { type: 'success' }, card: { type: 'raw' } })
    const published = await until(ADMIN, saying('已发布'))
    expect(published.id).toBe(preview.id)
    expect(labelsOf(published)).toEqual(['核对任务'])
  })

  it('the admin confirms its tasks there: one put right, the others at once', async () => {
    await press(shownTo(ADMIN).at(-1)!, '核对任务', 'ou_admin')
    const list = await until(ADMIN, saying('3 项待核对'))
    await press(list, '逐项核对', 'ou_admin')
    const one = await until(ADMIN, saying('还有 3 项待核对'))
    expect(wordsOf(one)).toContain('职工书屋')
    expect(await bot.app.store.tasks.find({ statuses: ['needs-action'], limit: 9 })).toEqual([])
    await fill(one, 'ou_admin', { owner: '李明', due: '2026-12-31 +0800' })
    const next = await until(ADMIN, saying('还有 2 项待核对'))
    await press(next, '返回清单', 'ou_admin')
    const rest = await until(ADMIN, saying('2 项待核对'))
    await fill(rest, 'ou_admin', { owner: '李明' })
    await until(ADMIN, saying('已交办 2 项'))
    expect(shownTo(ADMIN)).toHaveLength(1)
  })

  it('the cadre is pinged, signs for it, and reports in words', async () => {
    const ping = await until(LI, saying('签收'))
    await bot.platform.deliver(readEvent(bot.platform, 'ou_li', [ping.id]))
    expect(await readMarksOfPings()).toContain(true)
    await press(ping, labelsOf(ping)[0]!, 'ou_li')
    await bot.platform.say({ from: 'ou_li', text: '书屋已建12个' })
    const echo = await until(LI, saying('我的理解'))
    expect(wordsOf(echo)).toContain('12/30个')
    await press(echo, '是，保存', 'ou_li')
    const saved = await until(LI, saying('已保存'))
    expect(saved.id).toBe(echo.id)
    expect(labelsOf(saved)).toContain('报进度')
  })

  it('a month before the limit one digest names all three, with the figure that was reported', async () => {
    clock.jumpTo(Temporal.Instant.from('2026-12-01T09:00:30+08:00'))
    const digest = await until(LI, saying('有 3 件事项要办'))
    expect(wordsOf(digest)).toContain('12/30个')
    expect(wordsOf(digest)).toContain('还有30天')
    const rooms = labelsOf(digest).find((label) => label.includes('书屋'))!
    await press(digest, rooms, 'ou_li')
    const card = await until(LI, saying('情况'))
    await press(card, '报进度', 'ou_li')
    const form = await until(LI, saying('累计完成'))
    await fill(form, 'ou_li', { value: '30', note: '' })
    const full = await until(LI, saying('30/30个'))
    await press(full, '完成', 'ou_li')
    expect(labelsOf(await until(LI, saying('不再提醒')))).toEqual([])
  })

  it('and whoever asks hears the plan and how far it is', async () => {
    await bot.platform.say({ from: 'ou_wang', text: '职工书屋建了多少?' })
    const answer = await until('oc_p2p_wang', saying('新建职工书屋30个'))
    expect(wordsOf(answer)).toContain('30/30个')
  })
})
