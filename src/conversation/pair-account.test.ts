import { Keyv } from 'keyv'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InboundMessage } from '../domain/message.ts'
import { toPlainText } from '../domain/plain-text.ts'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import { asksToPair, createGroupCode, createPairingCode, pairAccount } from './pair-account.ts'

const WRONG = '绑定 000000'

function said(text: string, accountId = 'wx_li', kind: 'private' | 'group' = 'private') {
  const message: InboundMessage = {
    id: `m/${accountId}/${text}`,
    conversation: { channel: 'wechat', conversationId: accountId, kind },
    sender: { accountId, displayName: '管理员' },
    sentAt: Temporal.Instant.from('2026-11-21T01:00:00Z'),
    content: { kind: 'text', text },
  }
  return message
}

describe('pairAccount', () => {
  let store: Store
  let memory: Keyv
  const now = () => Temporal.Instant.from('2026-11-21T01:00:00Z')
  const pair = async (message: InboundMessage) => {
    const reply = await pairAccount(message, { store, memory, now })
    return reply && toPlainText(reply)
  }
  const ownerOf = async (accountId: string) =>
    (await store.people.byAccount({ channel: 'wechat', accountId }))?.name

  beforeEach(async () => {
    store = await openStore({})
    memory = new Keyv()
    const accounts = [
      { channel: 'wechat', accountId: 'wx_old' },
      { channel: 'feishu', accountId: 'ou_li' },
    ]
    await store.people.save({ id: 'li', name: '李明', role: 'cadre', accounts })
  })
  afterEach(() => store.close())

  it('binds the account that sends the code, in the place of the earlier one, and writes it down', async () => {
    const code = await createPairingCode('li', memory)
    expect(await pair(said(`绑定 ${code}`))).toContain('您是李明')

    expect((await store.people.byId('li'))?.accounts).toEqual([
      { channel: 'wechat', accountId: 'wx_li' },
      { channel: 'feishu', accountId: 'ou_li' },
    ])
    expect(await ownerOf('wx_old')).toBeUndefined()
    const [entry] = await store.audit.entries({ limit: 1 })
    expect(entry).toMatchObject({
      actor: 'wechat:wx_li',
      action: 'account_paired',
      subject: 'person:li',
    })
  })

  it('takes a code once, and says so kindly to whoever comes second', async () => {
    const code = await createPairingCode('li', memory)
    await pair(said(`绑定${code}`))
    expect(await pair(said(`绑定${code}`))).toContain('已经绑定为李明')
    expect(await pair(said(`绑定${code}`, 'wx_eve'))).toContain('已经用过')

    expect(await ownerOf('wx_eve')).toBeUndefined()
  })

  it('keeps the code as a hash only', async () => {
    const keys: string[] = []
    const code = await createPairingCode('li', { set: async (key) => keys.push(key) })

    expect(keys.join()).not.toContain(code)
  })

  it('makes a code void that was shown to a group', async () => {
    const code = await createPairingCode('li', memory)
    expect(await pair(said(`绑定 ${code}`, 'wx_li', 'group'))).toContain('作废')

    expect(await pair(said(`绑定 ${code}`))).toContain('不对')
    expect(await ownerOf('wx_li')).toBeUndefined()
  })

  it('lets nobody guess: after five wrong codes the right one waits too', async () => {
    const code = await createPairingCode('li', memory)
    for (let i = 0; i < 5; i++) await pair(said(WRONG, 'wx_eve'))
    expect(await pair(said(`绑定 ${code}`, 'wx_eve'))).toContain('试错太多次')

    expect(await pair(said(`绑定 ${code}`))).toContain('您是李明')
  })

  it('lets nobody guess from many accounts either', async () => {
    const code = await createPairingCode('li', memory)
    for (let i = 0; i < 50; i++) await pair(said(WRONG, `wx_${i}`))

    expect(await pair(said(`绑定 ${code}`))).toContain('试错太多次')
  })

  describe('of a group', () => {
    const offer = { name: '权益保障部工作群', unit: '权益保障部', role: 'cadre' } as const
    const inGroup = (text: string, groupName: string, conversationId = 'r1@chatroom') => ({
      ...said(text, 'wx_li', 'group'),
      conversation: { channel: 'wechat', conversationId, kind: 'group' as const },
      groupName,
    })
    const groups = async () =>
      (await store.people.find({ unit: '权益保障部' })).map((group) => group)

    it('binds the group of that name to the unit, and again when its id has changed', async () => {
      const code = await createGroupCode(offer, memory)
      expect(await pair(inGroup(`绑定 ${code}`, '权益保障部 工作群'))).toContain('发到这个群')
      const again = await createGroupCode(offer, memory)
      await pair(inGroup(`绑定 ${again}`, '权益保障部工作群', 'r2@chatroom'))

      expect(await groups()).toMatchObject([
        {
          name: '权益保障部工作群',
          role: 'cadre',
          accounts: [{ channel: 'wechat', accountId: 'r2@chatroom', kind: 'group' }],
        },
      ])
      const [entry] = await store.audit.entries({ limit: 1 })
      expect(entry).toMatchObject({ actor: 'wechat:wx_li', action: 'group_paired' })
    })

    it('binds no group of another name, and is void then', async () => {
      const code = await createGroupCode(offer, memory)
      expect(await pair(inGroup(`绑定 ${code}`, '钓鱼群'))).toContain('码已作废')
      expect(await pair(inGroup(`绑定 ${code}`, '权益保障部工作群'))).toContain('作废')

      expect(await groups()).toEqual([])
    })

    it('binds nobody in private, and is still good afterwards', async () => {
      const code = await createGroupCode(offer, memory)
      expect(await pair(said(`绑定 ${code}`))).toContain('请在群里')
      await pair(inGroup(`绑定 ${code}`, '权益保障部工作群'))

      expect(await groups()).toHaveLength(1)
    })
  })

  it('reads full-width figures, and leaves everything else alone', async () => {
    expect(asksToPair(said('绑定：１２３４５６'))).toBe(true)
    for (const text of ['绑定', '怎么绑定 123456', '绑定 12345', '123456']) {
      expect(asksToPair(said(text))).toBe(false)
      expect(await pair(said(text))).toBeUndefined()
    }
  })
})
