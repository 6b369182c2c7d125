/**
 * A message as text: what is sent when a card is too large or refused, and, shortened, what a
 * notification shows of a card.
 */
import type { Block, OutboundMessage } from '../../domain/message.ts'
import { toPlainText } from '../../domain/plain-text.ts'
import { plainText } from './card-markdown.ts'

/** Shown in the chat list and in notifications. */
const SUMMARY_LENGTH = 80
/** What a toast shows whole on a phone. */
export const LONGEST_TOAST = 40

export const fallbackText = (message: OutboundMessage) => plainText(toPlainText(message))

export function summaryOf(message: OutboundMessage): string {
  const isWorded = ({ kind }: Block) => kind === 'heading' || kind === 'paragraph'
  const from = message.blocks.findIndex(isWorded)
  const length = message.blocks.slice(from).findIndex((block) => !isWorded(block))
  // The first words; what stands below quotations and figures is not the gist.
  const worded = message.blocks.slice(from, length < 0 ? undefined : from + length)
  const text = plainText(toPlainText({ blocks: from < 0 ? message.blocks : worded }))
  return shortened(text, SUMMARY_LENGTH)
}

/** One line of at most `longest` UTF-16 units. */
export function shortened(text: string, longest: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}

/** Cuts at the end of a line or a sentence, so that no part is longer than `longest`. */
export function splitText(text: string, longest: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > longest) {
    const head = rest.slice(0, longest)
    const end = Math.max(head.lastIndexOf('\n'), head.lastIndexOf('。'), head.lastIndexOf('\uFF1B'))
    const cut = end > longest / 2 ? end + 1 : safeCut(head)
    parts.push(rest.slice(0, cut))
    rest = rest.slice(cut)
  }
  return [...parts, rest].filter((part) => part.trim() !== '')
}

/** Not between the halves of a surrogate pair. */
const safeCut = (head: string) => (/[\uD800-\uDBFF]$/.test(head) ? head.length - 1 : head.length)

/** The content audit refuses phone numbers and addresses of mail; a masked answer is better than none. */
export function maskForAudit(text: string): string {
  return text
    .replace(
      /(?<!\d)1[3-9]\d{9}(?!\d)/g,
      (number) => `${number.slice(0, 3)}****${number.slice(-4)}`,
    )
    .replace(/(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)/g, '（电话请见原文）')
    .replace(/[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}/g, '（邮箱请见原文）')
}
