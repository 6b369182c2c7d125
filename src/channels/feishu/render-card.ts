/**
 * A message of ours → a card (JSON 2.0). The short answer stands first, quotations fold below it,
 * nothing needs more width than a phone has: no tables, no columns but buttons that wrap.
 *
 * `update_multi` is set because a card without it can never be replaced; the gist is repeated in
 * `summary`, which is all that a notification and an old client show.
 */
import type { Block, OutboundMessage, Stamp } from '../../domain/message.ts'
import type { CardPlace } from './button-value.ts'
import { actionElements, formElement } from './card-controls.ts'
import {
  bold,
  citationMarks,
  cleanText,
  coloured,
  escapeMarkdown,
  plainText,
} from './card-markdown.ts'
import { summaryOf } from './text-message.ts'

export type Element = Readonly<Record<string, unknown>> & { readonly tag: string }

export interface Card {
  readonly schema: '2.0'
  readonly config: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
  readonly body: { readonly elements: readonly Element[] }
}

/** A first quotation shorter than this is shown unfolded: it fits one phone screen with the answer. */
const UNFOLDED_LENGTH = 120

interface Context {
  readonly place: CardPlace
  /** How many quotations the message has. */
  readonly citations: number
  /** Counters of what has been rendered so far. */
  readonly made: { quotes: number; forms: number }
}

export function renderCard(message: OutboundMessage, place: CardPlace): Card {
  const [first, ...rest] = message.blocks
  const titled = first?.kind === 'heading'
  const citations = message.blocks.filter(({ kind }) => kind === 'quote').length
  const context: Context = { place, citations, made: { quotes: 0, forms: 0 } }
  const body = (titled ? rest : message.blocks).flatMap((block) => renderBlock(block, context))
  return {
    schema: '2.0',
    config: { update_multi: true, summary: { content: summaryOf(message) } },
    ...(titled
      ? { header: { title: plain(first.text), template: message.urgent ? 'red' : 'blue' } }
      : {}),
    body: { elements: nonEmpty(addressed(body, message)) },
  }
}

function renderBlock(block: Block, context: Context): Element[] {
  switch (block.kind) {
    case 'heading':
      return [markdown(bold(block.text))]
    case 'paragraph':
      return [markdown(citationMarks(escapeMarkdown(block.text), context.citations))]
    case 'quote':
      return [renderQuote(block, context)]
    case 'notice':
      return [
        {
          ...markdown(
            block.tone === 'warning'
              ? coloured('orange', `⚠️ ${escapeMarkdown(block.text)}`)
              : coloured('grey', escapeMarkdown(block.text)),
          ),
          text_size: 'notation',
        },
      ]
    case 'stamps':
      return block.stamps.length === 0 ? [] : [markdown(block.stamps.map(renderStamp).join(' '))]
    case 'rows':
      return [markdown(block.rows.map(renderRow).join('\n'))]
    case 'details':
      return renderDetails(block, context)
    case 'actions':
      return actionElements(block.actions, context.place)
    case 'form':
      context.made.forms += 1
      return [formElement(block, context.place, context.made.forms)]
    case 'divider':
      return [{ tag: 'hr' }]
  }
}

const renderStamp = ({ text, tone }: Stamp) =>
  `<text_tag color='${tone === 'warning' ? 'orange' : 'neutral'}'>${escapeMarkdown(text)}</text_tag>`

/** A short label stands before its value; a title has its value on a line of its own. */
function renderRow({ label, value }: { readonly label: string; readonly value: string }): string {
  const [name, said] = [escapeMarkdown(label), escapeMarkdown(value)]
  if (label.length <= LONGEST_LABEL) return `${coloured('grey', name)} ${said}`
  return value === '' ? name : `${name}\n${coloured('grey', said)}`
}

/** Characters; 「责任单位」, 「发文机关」. */
const LONGEST_LABEL = 6

function renderQuote(quote: Block & { readonly kind: 'quote' }, context: Context): Element {
  context.made.quotes += 1
  const number = context.citations > 1 ? ` ${context.made.quotes}` : ''
  const link = linkTo(quote.url)
  return panel({
    title: `原文${number}：${quote.source}`,
    expanded: context.made.quotes === 1 && quote.text.length <= UNFOLDED_LENGTH,
    elements: [
      markdown(highlighted(cleanText(quote.text), quote.highlight)),
      ...(link ? [markdown(`[查看全文](${link})`)] : []),
    ],
  })
}

function highlighted(text: string, highlight: string | undefined): string {
  const at = highlight ? text.indexOf(highlight) : -1
  if (!highlight || at < 0) return escapeMarkdown(text)
  const end = at + highlight.length
  return [
    escapeMarkdown(text.slice(0, at)),
    coloured('blue', escapeMarkdown(text.slice(at, end))),
    escapeMarkdown(text.slice(end)),
  ].join('')
}

/** Forms may stand at a card's root only, so those inside follow their panel. */
function renderDetails(details: Block & { readonly kind: 'details' }, context: Context): Element[] {
  const inside = details.blocks.flatMap((block) => renderBlock(block, context))
  const forms = inside.filter(({ tag }) => tag === 'form')
  const elements = inside.filter(({ tag }) => tag !== 'form')
  if (elements.length === 0) return [markdown(bold(details.title)), ...forms]
  return [panel({ title: details.title, expanded: false, elements }), ...forms]
}

function panel(options: {
  readonly title: string
  readonly expanded: boolean
  readonly elements: readonly Element[]
}): Element {
  return {
    tag: 'collapsible_panel',
    expanded: options.expanded,
    header: {
      title: plain(options.title),
      icon: { tag: 'standard_icon', token: 'down-small-ccm_outlined', size: '16px 16px' },
      icon_position: 'right',
      icon_expanded_angle: -180,
    },
    border: { color: 'grey', corner_radius: '5px' },
    padding: '8px 8px 8px 8px',
    elements: options.elements,
  }
}

const plain = (content: string) => ({ tag: 'plain_text', content: plainText(content) })

export function markdown(content: string): Element {
  return { tag: 'markdown', content }
}

/** The first words go to whoever asked, or name whom they are about. */
function addressed(elements: readonly Element[], { mention }: OutboundMessage): readonly Element[] {
  // Nothing but an id of the platform may stand in the tag: 「all」 would call everybody.
  if (!mention || !/^ou_\w+$/.test(mention)) return elements
  const tag = `<at id=${mention}></at>`
  const [first, ...rest] = elements
  if (first?.tag !== 'markdown') return [markdown(tag), ...elements]
  return [{ ...first, content: `${tag} ${first['content']}` }, ...rest]
}

function linkTo(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const address = new URL(url)
  if (address.protocol !== 'https:' && address.protocol !== 'http:') return undefined
  return address.href.replaceAll('(', '%28').replaceAll(')', '%29')
}

const nonEmpty = (elements: readonly Element[]) =>
  elements.length > 0 ? elements : [markdown(' ')]
