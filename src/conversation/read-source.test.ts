import { describe, expect, it } from 'vitest'
import { documentVersion } from '../../test/support/fake-web-services.ts'
import type { GroundedAnswer } from '../domain/answer.ts'
import type { DocumentVersion } from '../domain/document.ts'
import { toPlainText } from '../domain/plain-text.ts'
import { READ_SOURCE, readSource, readSourceAction } from './read-source.ts'

const bare = documentVersion()
const middle = bare.text.indexOf('新建职工书屋')
const cuts = [0, middle - 4, bare.text.length]
const plan = documentVersion({
  passages: [0, 1].map((ordinal) => {
    const [start = 0, end = 0] = cuts.slice(ordinal)
    return {
      ordinal,
      start,
      end,
      headings: ordinal === 0 ? [] : ['二、重点工作'],
      text: bare.text.slice(start, end),
      tokens: [],
    }
  }),
})

function answerFrom({ documentId, versionId, fileName, metadata, text }: DocumentVersion) {
  const start = text.indexOf('新建职工书屋')
  const span = { start, end: start + 6 }
  const answer: GroundedAnswer = {
    kind: 'grounded',
    summary: '24 个。',
    wording: 'quoted',
    citations: [
      {
        documentId,
        versionId,
        fileName,
        documentTitle: metadata.title,
        sample: false,
        span,
        quote: text.slice(span.start, span.end),
      },
    ],
    notices: [],
    suggestions: [],
  }
  return answer
}

const read = async (values: Readonly<Record<string, string>>, version = plan) =>
  toPlainText(await readSource(values, { role: 'worker', version: async () => version }))

describe('readSource', () => {
  it('shows the whole passage around the quotation, and where it stands', async () => {
    const action = readSourceAction('m1', answerFrom(plan))
    expect(action).toMatchObject({ label: '看原文', name: READ_SOURCE })

    const text = await read(action?.values ?? {})
    expect(text).toContain(plan.passages[1]?.text.trim())
    expect(text).toContain('位置：二、重点工作 › 第 2 段，全文共 2 段')
    expect(text).not.toContain(plan.passages[0]?.text.trim())
  })

  it('shows nothing that is withdrawn, or that this person may not read', async () => {
    const { values } = readSourceAction('m1', answerFrom(plan)) ?? { values: {} }
    const withdrawn = { ...plan, status: 'withdrawn' } as const
    const secret = { ...plan, metadata: { ...plan.metadata, readableBy: 'cadres' } } as const

    expect(await read(values, withdrawn)).toContain('看不到了')
    expect(await read(values, secret)).toContain('看不到了')
    expect(await read({ places: 'junk 1:2' })).toContain('看不到了')
  })

  it('offers nothing to read where nothing was quoted', () => {
    const refused = {
      kind: 'refused',
      reason: 'thanks',
      summary: '不客气',
      notices: [],
      suggestions: [],
    } as const
    expect(readSourceAction('m1', refused)).toBeUndefined()
  })
})
