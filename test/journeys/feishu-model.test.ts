/** A model behind the bot in Feishu: the quoted answer is shown at once and replaced once at most. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type FakeModelServer, startFakeModel } from '../support/fake-model-server.ts'
import { type FeishuBot, startFeishuBot } from '../support/feishu-bot.ts'
import { labelsOf, wordsOf } from '../support/feishu-harness.ts'

let server: FakeModelServer
let bot: FeishuBot | undefined
beforeAll(async () => {
  server = await startFakeModel()
})
afterEach(async () => {
  await bot?.stop()
  bot = undefined
})
afterAll(() => server.stop())

const QUESTION = '2014年要新建多少个职工书屋?'
const start = async (more: Readonly<Record<string, string>>) => {
  bot = await startFeishuBot({ OPENAI_BASE_URL: server.url, OPENAI_API_KEY: 'test', ...more })
  await bot.connected()
  return bot
}
const paidCalls = ({ platform }: FeishuBot) =>
  platform.calls.filter(({ path }) => /\/im\/|\/cardkit\//.test(path)).length

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_500 && !isTrue(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  expect(isTrue()).toBe(true)
}

describe('an answer in Feishu with a model', () => {
  it('is quoted at once and replaced once by the wording: two calls', async () => {
    const { platform, shown } = await start({ OPENAI_MODEL: 'good' })
    const before = paidCalls(bot!)
    await platform.say({ from: 'ou_wang', group: 'oc_group', mention: true, text: QUESTION })
    const [first] = await shown(1)
    await until(() => first!.earlier.length > 0)
    expect(first!.earlier[0]).not.toContain('AI生成')
    expect(wordsOf(first!)).toContain('内容由AI生成')
    expect(wordsOf(first!)).toContain('<at id=ou_wang></at>')
    expect(labelsOf(first!)).toContain('👎 没帮上')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(first!.earlier).toHaveLength(1)
    expect(platform.world.shown).toHaveLength(1)
    expect(paidCalls(bot!) - before).toBe(2)
  })

  it('stays as it was quoted when the wording does not pass the guard', async () => {
    const { platform, shown } = await start({ OPENAI_MODEL: 'invented-figure' })
    const asked = server.requests.length
    await platform.say({ from: 'ou_wang', text: QUESTION })
    const [first] = await shown(1)
    await until(() => server.requests.length > asked)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(first!.earlier).toEqual([])
    expect(platform.world.shown).toHaveLength(1)
  })

  it('is typed letter by letter with FEISHU_STREAMING=on, and ends as an ordinary card', async () => {
    const { platform, shown } = await start({ OPENAI_MODEL: 'good', FEISHU_STREAMING: 'on' })
    await platform.say({ from: 'ou_wang', text: QUESTION })
    const [first] = await shown(1)
    await until(() => wordsOf(first!).includes('内容由AI生成'))
    await until(() => !first!.content.includes('"streaming_mode":true'))
    expect([...platform.world.cardEntities.values()][0]?.writes).toHaveLength(1)
  })

  it('says in private, worded or not, what was told of hardship in a group', async () => {
    const { platform, shown } = await start({ OPENAI_MODEL: 'good' })
    const text = '我家孩子得了重病，月收入只有一千，今年要救助多少户困难职工家庭？'
    await platform.say({ from: 'ou_wang', group: 'oc_group', mention: true, text })
    const both = await shown(2)
    const inGroup = both.filter(({ chatId }) => chatId === 'oc_group').map(wordsOf)
    expect(inGroup).toHaveLength(1)
    expect(inGroup[0]).toContain('已私信您')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(both.flatMap(({ earlier }) => earlier)).toEqual([])
  })
})
