/**
 * A message as plain text: what the terminal, the API and every channel without rich content show.
 * Nothing that was said is lost; buttons become a line that names them.
 */
import type { Block, OutboundMessage } from './message.ts'

export function toPlainText(message: Pick<OutboundMessage, 'blocks'>): string {
  return message.blocks
    .map(blockText)
    .filter((text) => text !== '')
    .join('\n')
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return block.text
    case 'quote':
      return `依据：${block.source}\n“${block.text}”`
    case 'notice':
      return block.tone === 'warning' ? `⚠ ${block.text}` : block.text
    case 'rows':
      return block.rows.map(({ label, value }) => `${label}：${value}`).join('\n')
    case 'details':
      return [block.title, ...block.blocks.map(blockText)].filter((text) => text !== '').join('\n')
    case 'actions':
      return block.actions.length === 0
        ? ''
        : `可以回复：${block.actions.map(({ label }) => label).join(' / ')}`
    case 'form':
      return `请填写：${block.fields.map(({ label }) => label).join('、')}`
    case 'stamps': // the source line and the notices say the same in words
    case 'divider':
      return ''
  }
}
