/** Whom to ask next: always from the configuration, never from a document. */
import type { Contact } from '../domain/contact.ts'

export function nextStep(contact: Contact): string {
  const where = contact.contact === undefined ? '' : `,${contact.contact}`
  const hotline = contact.hotline === undefined ? '' : `;也可以拨打 ${contact.hotline}`
  return `请问本单位工会;没有工会的,问街道(乡镇)或县区总工会。${contact.unionName}${where}${hotline}。`.replace(
    /。本单位工会。$/,
    '。',
  )
}
