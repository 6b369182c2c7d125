/**
 * A message as WeChat shows it: plain text, no Markdown, buttons as numbers to reply with. Nobody is
 * ever called by 「@所有人」 because a document or a person wrote it.
 */
import type { Action, Block, OutboundMessage } from '../../domain/message.ts'
import { toPlainText } from '../../domain/plain-text.ts'

/** UTF-16 units of one message: 1,800 bytes of Chinese, below where the platform cuts silently. */
export const LONGEST_TEXT = 600
/** More choices than this nobody reads on a phone. */
const MOST_CHOICES = 6

/** In front of what may have been shown already. */
export const REPEATED = '（重发）'

export interface RenderedWechat {
  /** Never longer than {@link LONGEST_TEXT}, also behind {@link REPEATED}; together everything that was said. */
  readonly parts: readonly string[]
  /** What each number stands for: the first is 1. */
  readonly choices: readonly Action[]
}

/** @param forOne whether a reply by number has one person to come from: a room as such has nobody. */
export function renderWechat(message: OutboundMessage, forOne = true): RenderedWechat {
  const choices = forOne ? message.blocks.flatMap(choicesOf).slice(0, MOST_CHOICES) : []
  const said = toPlainText({ blocks: message.blocks.flatMap(withoutActions) })
  const text = [said, ...offer(choices)].join('\n')
  return { parts: splitText(harmless(text), LONGEST_TEXT - REPEATED.length), choices }
}

/** Actions are said once, as numbers, wherever in the message they stood. */
function withoutActions(block: Block): readonly Block[] {
  if (block.kind === 'actions') return []
  return block.kind === 'details'
    ? [{ ...block, blocks: block.blocks.flatMap(withoutActions) }]
    : [block]
}

function choicesOf(block: Block): readonly Action[] {
  if (block.kind === 'actions') return block.actions
  return block.kind === 'details' ? block.blocks.flatMap(choicesOf) : []
}

function offer(choices: readonly Action[]): string[] {
  if (choices.length === 0) return []
  const named = choices.map(({ label }, i) => `${i + 1} ${plainLabel(label)}`)
  return [`回复 ${named.join('，')}（10 分钟内有效）`]
}

/** Emoji in front of a label say nothing on a line of text. */
const plainLabel = (label: string) => label.replace(/^\p{Extended_Pictographic}\uFE0F?\s*/u, '')

/** A zero-width space keeps the platform from reading a call to everybody. */
const harmless = (text: string) => text.replace(/@(?=所有人|all\b)/gi, '@\u200B')

/** Cuts behind a line or a sentence where it can; the parts joined are the text. */
export function splitText(text: string, longest: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > longest) {
    const cut = lastEnd(rest.slice(0, longest))
    parts.push(rest.slice(0, cut))
    rest = rest.slice(cut)
  }
  return [...parts, rest]
}

function lastEnd(head: string): number {
  for (const ends of [/[\n。!！?？]/g, /[;；,，、\s]/g]) {
    const last = [...head.matchAll(ends)].at(-1)
    if (last !== undefined && last.index >= head.length / 3) return last.index + 1
  }
  // Not between the halves of a surrogate pair.
  return /[\uD800-\uDBFF]$/.test(head) ? head.length - 1 : head.length
}
