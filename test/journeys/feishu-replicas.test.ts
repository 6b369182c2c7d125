/**
 * Two bots on one store and one Feishu app: each event goes to one of them at random, and comes again
 * after 15 s, 5 min, 1 h and 6 h, to whichever. It is answered once.
 */
import { afterEach, describe, expect, it } from 'vitest'
import { type FeishuBot, startFeishuBot } from '../support/feishu-bot.ts'
import { buttonOf, wordsOf } from '../support/feishu-harness.ts'
import { type FeishuPlatform, startFeishuPlatform } from '../support/feishu-platform.ts'
import { createJumpingClock } from '../support/jumping-clock.ts'
import { type Place, SHARED_STORE_KINDS } from '../support/test-stores.ts'

let platform: FeishuPlatform
let place: Place
let bots: FeishuBot[] = []
afterEach(async () => {
  for (const bot of bots) await bot.stop()
  await platform.stop()
  await place.dispose()
})

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_500 && !isTrue(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  expect(isTrue()).toBe(true)
}

describe.each(SHARED_STORE_KINDS)('two replicas on $name', ({ reserve }) => {
  it('answer a message once, whenever and to whom it is delivered again', async () => {
    place = await reserve()
    platform = await startFeishuPlatform()
    const clock = createJumpingClock('2026-11-20T10:00+08:00')
    const { dataDir, databaseUrl } = place.options
    const where = {
      ...(dataDir && { DATA_DIR: dataDir }),
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    }
    // One after the other: the first makes the tables.
    bots = [await startFeishuBot(where, { clock, platform })]
    bots.push(await startFeishuBot(where, { clock, platform }))
    await until(() => platform.connections() === 2)

    const saying = {
      from: 'ou_wang',
      group: 'oc_group',
      mention: true,
      text: '2014年要新建多少个职工书屋?',
      messageId: 'om_once',
    }
    const deliver = async () => {
      const acks = await Promise.all([1, 2, 3].map(() => platform.say(saying)))
      expect(acks.map(({ code }) => code)).toEqual([200, 200, 200])
    }
    await deliver()
    for (const later of [{ seconds: 15 }, { minutes: 5 }, { hours: 1 }, { hours: 6 }]) {
      clock.jumpTo(clock.now().add(later))
      await deliver()
    }
    await platform.say({ ...saying, text: '五项活动是什么?', messageId: 'om_twice' })
    await until(() => platform.world.shown.length >= 2)
    const [first, second, ...more] = platform.world.shown
    expect(more).toEqual([])
    expect(wordsOf(first!)).toContain('书屋')
    expect(wordsOf(second!)).toContain('五项活动')

    const value = buttonOf(first!, '👍 有用')
    const { id: messageId, chatId } = first!
    const clicks = [1, 2, 3, 4, 5].map(() =>
      platform.click({ from: 'ou_wang', messageId, chatId, value }),
    )
    expect((await Promise.all(clicks)).map(({ code }) => code)).toEqual([200, 200, 200, 200, 200])
    const since = Temporal.Instant.fromEpochMilliseconds(0)
    expect((await bots[0]!.app.store.questions.counts(since)).helpful).toBe(1)
  })
})
