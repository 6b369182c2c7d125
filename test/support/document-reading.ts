/** A small reading in our own words, for tests that need a document and not its ingestion. */
import type { DocumentMetadata, DocumentReading } from '../../src/domain/document.ts'

export interface ReadingOptions {
  readonly fileName?: string
  readonly contentHash?: string
  readonly text?: string
  readonly metadata?: Partial<DocumentMetadata>
}

const TEXT = '全市计划新建职工书屋20个。一是送清凉,二是送温暖。'

export function documentReading(options: ReadingOptions = {}): DocumentReading {
  const text = options.text ?? TEXT
  return {
    fileName: options.fileName ?? '工作要点.md',
    contentHash: options.contentHash ?? fakeHash(text),
    originalText: `${text}\u0000返回顶部`,
    text,
    offsets: [[0, 0, text.length]],
    cuts: [
      {
        reason: 'page-chrome',
        original: { start: text.length + 1, end: text.length + 5 },
        text: '返回顶部',
      },
    ],
    warnings: [{ code: 'year_inferred', message: '年份是推断的,请核对。' }],
    metadata: { ...METADATA, ...options.metadata },
    passages: sentences(text).map((span, ordinal) => ({
      ordinal,
      ...span,
      headings: ['一、目标'],
      text: text.slice(span.start, span.end),
      tokens: [...text.slice(span.start, span.end)],
    })),
    lists: [],
    facts: [],
    proposals: [
      {
        title: '新建职工书屋20个',
        deadline: { phrase: '年底前', dueOn: Temporal.PlainDate.from('2025-12-31') },
        target: { value: 20, bound: 'exact', unit: '个' },
        span: { start: 0, end: 5 },
        quote: text.slice(0, 5),
      },
    ],
  }
}

const METADATA: DocumentMetadata = {
  title: '2025年工作要点',
  kind: 'plan',
  issuedOn: { on: Temporal.PlainDate.from('2025-03-01'), precision: 'month' },
  readableBy: 'all',
  validity: {
    from: Temporal.PlainDate.from('2025-01-01'),
    to: Temporal.PlainDate.from('2025-12-31'),
    basis: '标题中的年份',
  },
  sample: false,
}

function sentences(text: string) {
  return [...text.matchAll(/[^。]+。?/g)].map(({ index, 0: sentence }) => ({
    start: index,
    end: index + sentence.length,
  }))
}

function fakeHash(text: string): string {
  let hash = 7
  for (const unit of text) hash = (hash * 31 + (unit.codePointAt(0) ?? 0)) % 0xffff_ffff_ffff
  return hash.toString(16).padStart(64, '0').split('').reverse().join('')
}
