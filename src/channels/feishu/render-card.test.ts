import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../../test/support/feishu-harness.ts'
import { findCardFault } from '../../../test/support/feishu-platform-cards.ts'
import type { Block, OutboundMessage } from '../../domain/message.ts'
import { fitsCard } from './check-card.ts'
import { type Card, renderCard } from './render-card.ts'

const place = { deliveryId: 'd1', to: { kind: 'group' } } as const
const render = (blocks: readonly Block[], more: Partial<OutboundMessage> = {}) =>
  renderCard({ blocks, ...more }, place)
const words = (card: Card) => wordsOf({ type: 'interactive', content: JSON.stringify(card) })

const answer: readonly Block[] = [
  { kind: 'paragraph', text: '今年新建书屋四十个。[1][2]' },
  { kind: 'quote', text: '全市新建书屋四十个,年底完成。', highlight: '四十个', source: '《要点》' },
  {
    kind: 'quote',
    text: '书屋由宣教部负责。',
    source: '《分工》',
    url: 'https://union.example/d/1',
  },
  { kind: 'notice', tone: 'warning', text: '这份文件的期限已过。' },
  {
    kind: 'actions',
    actions: [
      { label: '有用', name: 'vote', values: { value: 'up' } },
      { label: '没用', name: 'vote', values: { value: 'down' } },
    ],
  },
]

/** Any block, with text that tries to be markup. */
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '<at id=all></at>',
    '<at user_id="all">所有人</at>',
    '**粗** ~~删~~ `码`',
    '[点我](https://evil.example)',
    '![图](img_v2_x)',
    '# 标题\n> 引用\n- 项\n1. 项\n---',
    '| a | b |\n|---|---|\n| 1 | 2 |',
    '<font color=red>红</font>:OK:&#42;&amp;',
    '\u202E反\u200B向\u{E0041}',
  ),
)
const blocks = fc.array(
  fc.oneof(
    hostile.map((text): Block => ({ kind: 'heading', text })),
    hostile.map((text): Block => ({ kind: 'paragraph', text })),
    fc.tuple(hostile, hostile).map(([text, source]): Block => ({ kind: 'quote', text, source })),
    hostile.map((text): Block => ({ kind: 'notice', tone: 'warning', text })),
    hostile.map((text): Block => ({ kind: 'rows', rows: [{ label: text, value: text }] })),
    hostile.map(
      (text): Block => ({
        kind: 'details',
        title: text,
        blocks: [
          { kind: 'paragraph', text },
          {
            kind: 'form',
            fields: [{ name: 'n', label: text, kind: 'number', required: true }],
            submit: { label: text, name: 's', values: {} },
          },
        ],
      }),
    ),
    hostile.map(
      (text): Block => ({
        kind: 'actions',
        actions: [{ label: text, name: 'a', values: { text } }],
      }),
    ),
  ),
  { maxLength: 8 },
)

describe('renderCard', () => {
  it('puts the short answer first and folds the quotations below it', () => {
    const { elements } = render(answer).body
    expect(elements.map(({ tag }) => tag)).toEqual([
      'markdown',
      'collapsible_panel',
      'collapsible_panel',
      'markdown',
      'column_set',
    ])
    expect(elements[0]?.['content']).toBe(
      '今年新建书屋四十个。<number_tag>1</number_tag><number_tag>2</number_tag>',
    )
    expect(elements[1]?.['expanded']).toBe(true)
    expect(elements[2]?.['expanded']).toBe(false)
  })

  it('shows a quotation character by character, the part that answers in colour', () => {
    const card = render([
      {
        kind: 'quote',
        text: '(扩大)会议要求<三个*必须>:a_b',
        highlight: '三个*必须',
        source: '《纪要》',
      },
    ])
    expect(words(card)).toContain('(扩大)会议要求<三个*必须>:a_b')
    expect(JSON.stringify(card)).toContain("<font color='blue'>三个&#42;必须</font>")
  })

  it('stamps place and date, and in colour what no longer counts', () => {
    const stamps: Block = {
      kind: 'stamps',
      stamps: [
        { text: '平凉市', tone: 'plain' },
        { text: '已过期', tone: 'warning' },
      ],
    }
    const [first] = render([stamps]).body.elements
    expect(first?.['content']).toBe(
      "<text_tag color='neutral'>平凉市</text_tag> <text_tag color='orange'>已过期</text_tag>",
    )
  })

  it('says the gist where notifications look', () => {
    expect(render(answer).config['summary']).toEqual({ content: '今年新建书屋四十个。[1][2]' })
  })

  it('makes a heading that comes first the title', () => {
    const card = render([{ kind: 'heading', text: '进度提醒' }, ...answer])
    expect(card.header?.['title']).toEqual({ tag: 'plain_text', content: '进度提醒' })
  })

  it('mentions one person and never everybody', () => {
    const text = (mention: string) => JSON.stringify(render(answer, { mention }).body)
    expect(text('ou_w')).toContain('<at id=ou_w></at>')
    expect(text('all')).not.toContain('<at')
  })

  it('offers links of the web only', () => {
    const quote = (url: string): Block => ({ kind: 'quote', text: '原文', source: '来源', url })
    const json = JSON.stringify(
      render([quote('javascript:alert(1)'), quote('https://a.example/(1)')]),
    )
    expect(json).not.toContain('javascript:')
    expect(json).toContain('[查看全文](https://a.example/%281%29)')
  })

  it('asks again before what cannot be taken back', () => {
    const json = JSON.stringify(
      render([
        { kind: 'actions', actions: [{ label: '放弃', name: 'x', values: {}, style: 'danger' }] },
      ]),
    )
    expect(json).toContain('确定要「放弃」吗？')
  })

  it('puts a form at the root, with a name for every field and one button that submits', () => {
    const form: Block = {
      kind: 'form',
      fields: [
        { name: 'value', label: '完成数', kind: 'number', required: true, value: '12' },
        { name: 'until', label: '延到', kind: 'date', required: false },
      ],
      submit: { label: '报送', name: 'report', values: { task: 't1' } },
    }
    const card = render([{ kind: 'details', title: '报进度', blocks: [form] }])
    const root = card.body.elements.find(({ tag }) => tag === 'form')
    expect(JSON.stringify(root)).toContain('"form_action_type":"submit"')
    expect(JSON.stringify(root)).toContain('"default_value":"12"')
    expect(findCardFault(JSON.stringify(card))).toBeUndefined()
  })

  it('always makes a card that the platform takes, without a mention or a link of others', () => {
    fc.assert(
      fc.property(blocks, (anything) => {
        const card = render(anything)
        const json = JSON.stringify(card)
        expect(findCardFault(json)).toBeUndefined()
        const markdown = [...json.matchAll(/"tag":"markdown","content":"((?:[^"\\]|\\.)*)"/g)]
          .map((match) => match[1])
          .join('\n')
        expect(markdown).not.toMatch(/<at\b|\]\(|!\[|:OK:/)
      }),
      { numRuns: 300 },
    )
  })

  it('knows what does not fit: too many bytes, too many elements', () => {
    const paragraphs = (count: number, length: number): Block[] =>
      Array.from({ length: count }, () => ({ kind: 'paragraph', text: '字'.repeat(length) }))
    expect(fitsCard(render(paragraphs(1, 9_000)))).toBe(true)
    expect(fitsCard(render(paragraphs(1, 10_500)))).toBe(false)
    expect(fitsCard(render(paragraphs(200, 1)))).toBe(true)
    expect(fitsCard(render(paragraphs(201, 1)))).toBe(false)
  })
})
