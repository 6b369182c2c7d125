import { describe, expect, it } from 'vitest'
import { clickEvent } from '../../../test/support/feishu-platform-events.ts'
import { buttonValue } from './button-value.ts'
import { createChangeCounter, parseCardAction } from './parse-card-action.ts'

const platform = { appId: 'cli_a', botOpenId: 'ou_bot', botName: '娘家人', verificationToken: 't' }
const now = Temporal.Instant.from('2026-11-20T01:00:00Z')
const place = { deliveryId: 'd1', to: { kind: 'group', threadId: 'omt_1' } } as const
const vote = (value: string) =>
  buttonValue({ label: value, name: 'vote', values: { value } }, place)

function clicker() {
  const changes = createChangeCounter()
  return (value: unknown, more: { from?: string; formValue?: Record<string, unknown> } = {}) => {
    const { header, event } = clickEvent(platform, {
      from: more.from ?? 'ou_w',
      messageId: 'om_card',
      chatId: 'oc_g',
      value,
      ...(more.formValue ? { formValue: more.formValue } : {}),
    })
    return parseCardAction({ ...header, ...event }, { appId: 'cli_a', now, changes })
  }
}

describe('parseCardAction', () => {
  it('hands on what the button said, where it stands and who pressed it', () => {
    const click = clicker()(vote('down'))
    expect(click?.message).toMatchObject({
      conversation: { channel: 'feishu', conversationId: 'oc_g', kind: 'group', threadId: 'omt_1' },
      sender: { accountId: 'ou_w' },
      replyTo: 'cli_a/om_card',
      content: { kind: 'action', name: 'vote', values: { value: 'down' } },
    })
    expect(click).toMatchObject({ cardMessageId: 'om_card', deliveryId: 'd1' })
  })

  it('gives five presses of one button one id', () => {
    const click = clicker()
    const ids = Array.from({ length: 5 }, () => click(vote('up'))?.message.id)
    expect(new Set(ids).size).toBe(1)
  })

  it('gives a changed mind, another person and a new card ids of their own', () => {
    const click = clicker()
    const anew = buttonValue(
      { label: 'up', name: 'vote', values: { value: 'up' } },
      {
        ...place,
        deliveryId: 'd2',
      },
    )
    const ids = [
      click(vote('up')),
      click(vote('down')),
      click(vote('up')),
      click(vote('up'), { from: 'ou_z' }),
      click(anew),
    ].map((one) => one?.message.id)
    expect(new Set(ids).size).toBe(5)
  })

  it('adds what was filled in, with dates as dates', () => {
    const formValue = { done: ' 12 ', until: '2026-12-31 +0800', note: null }
    expect(clicker()(vote('x'), { formValue })?.message.content).toMatchObject({
      values: { value: 'x', done: '12', until: '2026-12-31', note: '' },
    })
  })

  it.each([undefined, 'text', {}, { name: 'vote' }, { ...vote('x'), values: { a: 1 } }, []])(
    'takes no button that is not one of ours: %j',
    (value) => {
      expect(clicker()(value)).toBeUndefined()
    },
  )
})
