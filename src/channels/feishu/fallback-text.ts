/**
 * The same message as plain text: what is sent when a card is too large or refused, and, shortened,
 * what a notification shows. Plain text cannot be clicked, so buttons become a line that says which
 * words do the same.
 */
import type { Block, OutboundMessage } from '../../domain/message.ts'
import { cleanText } from './card-markdown.ts'

/** Shown in the chat list and in notifications. */
const SUMMARY_LENGTH = 80

export function summaryOf(message: OutboundMessage): string {
  const worded = message.blocks.filter(({ kind }) => kind === 'heading' || kind === 'paragraph')
  const text = (worded.length > 0 ? worded : message.blocks).map(asText).join(' ')
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > SUMMARY_LENGTH ? `${line.slice(0, SUMMARY_LENGTH - 1)}…` : line
}

export function fallbackText(message: OutboundMessage): string {
  return message.blocks
    .map(asText)
    .filter((text) => text !== '')
    .join('\n')
}

function asText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `【${cleanText(block.text)}】`
    case 'paragraph':
      return cleanText(block.text)
    case 'quote':
      return `「${cleanText(block.text)}」\n——${cleanText(block.source)}`
    case 'notice':
      return `${block.tone === 'warning' ? '⚠️ ' : ''}${cleanText(block.text)}`
    case 'rows':
      return block.rows
        .map(({ label, value }) => `${cleanText(label)}:${cleanText(value)}`)
        .join('\n')
    case 'details':
      return [cleanText(block.title), ...block.blocks.map(asText)].join('\n')
    case 'actions':
      return `可以直接回复:${block.actions.map(({ label }) => cleanText(label)).join('、')}`
    case 'form':
      return `可以直接回复:${cleanText(block.submit.label)},并写明${block.fields.map(({ label }) => cleanText(label)).join('、')}`
    case 'divider':
      return ''
  }
}

/** Cuts at the end of a line or a sentence, so that no part is longer than `longest`. */
export function splitText(text: string, longest: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > longest) {
    const head = rest.slice(0, longest)
    const end = Math.max(head.lastIndexOf('\n'), head.lastIndexOf('。'), head.lastIndexOf(';'))
    const cut = end > longest / 2 ? end + 1 : safeCut(head)
    parts.push(rest.slice(0, cut))
    rest = rest.slice(cut)
  }
  return [...parts, rest].filter((part) => part.trim() !== '')
}

/** Not between the halves of a surrogate pair. */
const safeCut = (head: string) => (/[\uD800-\uDBFF]$/.test(head) ? head.length - 1 : head.length)

/**
 * Text messages have one markup that others could abuse: `<at user_id="all">`. A full-width bracket
 * keeps it readable and dead.
 */
export const harmlessText = (text: string) => text.replace(/<(?=\/?at\b)/gi, '\uFF1C')

/** The content audit refuses phone numbers and addresses of mail; a masked answer is better than none. */
export function maskForAudit(text: string): string {
  return text
    .replace(
      /(?<!\d)1[3-9]\d{9}(?!\d)/g,
      (number) => `${number.slice(0, 3)}****${number.slice(-4)}`,
    )
    .replace(/(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)/g, '(电话请见原文)')
    .replace(/[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}/g, '(邮箱请见原文)')
}
