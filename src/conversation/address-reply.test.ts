import { describe, expect, it } from 'vitest'
import type { InboundContent, InboundMessage } from '../domain/message.ts'
import { addressReply } from './address-reply.ts'

const blocks = [{ kind: 'paragraph', text: '好的' }] as const
const said = (content: InboundContent, kind: 'group' | 'private' = 'private'): InboundMessage => ({
  id: 'm1',
  conversation: { channel: 'memory', conversationId: 'c1', kind },
  sender: { accountId: 'li' },
  sentAt: Temporal.Instant.from('2026-11-20T02:00:00Z'),
  content,
})
const text = { kind: 'text', text: '书屋进度' } as const
const press = { kind: 'action', name: 'task-accept', values: {} } as const

describe('addressReply', () => {
  it('answers the message it came from, and mentions its sender in a group only', () => {
    expect(addressReply(said(text, 'group'), { blocks })).toEqual({
      blocks,
      replyTo: 'm1',
      mention: 'li',
    })
    expect(addressReply(said(text), { blocks })).toEqual({ blocks, replyTo: 'm1' })
  })

  it('answers nobody when nobody spoke', () => {
    expect(addressReply(said({ kind: 'joined', who: 'bot' }, 'group'), { blocks })).toEqual({
      blocks,
    })
  })

  it('leaves a card that everybody sees as it is', () => {
    const reply = { blocks, card: blocks }
    expect(addressReply(said(press), reply)).toHaveProperty('card')
    expect(addressReply(said(press, 'group'), reply)).not.toHaveProperty('card')
  })
})
