/** The way to a human: asked for in words or by a button, and offered after two misses. */
import type { Contact } from '../domain/contact.ts'
import type { OutboundMessage } from '../domain/message.ts'

/** Answers in a row without an answer before a human is offered. */
export const MISSES_BEFORE_OFFER = 2

/** What the person is told; `noted` says whether the union was told too. */
export function handOver(contact: Contact, noted: boolean): OutboundMessage {
  const where = [
    contact.hotline === undefined ? undefined : `打 ${contact.hotline}`,
    contact.contact,
    '问本单位工会，没有工会的问街道（乡镇）或县区总工会',
  ].filter((way) => way !== undefined)
  const told = noted ? `已经把您的问题转给${contact.unionName}的工作人员，他们会联系您。` : ''
  return {
    blocks: [
      {
        kind: 'paragraph',
        text: `${told}${told === '' ? '请' : '着急的话，也可以'}这样找人：${where.join('；')}。`,
      },
    ],
  }
}
