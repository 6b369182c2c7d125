/** Whom to ask next: always from the configuration, never from a document. */
import type { Contact } from '../domain/contact.ts'

/** The configured name's default says nothing that the first words do not say. */
const UNNAMED = '本单位工会'

export function nextStep({ unionName, contact, hotline }: Contact): string {
  const parts = [
    '没有工会的，问街道（乡镇）或县区总工会',
    unionName !== UNNAMED && `也可以问${unionName}`,
    contact,
    hotline !== undefined && `电话 ${hotline}`,
  ].filter((part) => typeof part === 'string')
  return `请问本单位工会；${parts.join('，')}。`
}
