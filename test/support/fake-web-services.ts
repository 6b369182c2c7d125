/** Web services over one small document of our own, for the tests of the web edge and for looking at its pages. */
import type { WebServices } from '../../src/channels/web/web-services.ts'
import type { Answer, Citation } from '../../src/domain/answer.ts'
import type { DocumentSummary, DocumentVersion } from '../../src/domain/document.ts'
import type { Jurisdiction } from '../../src/domain/jurisdiction.ts'
import { silentLogger } from '../../src/logger.ts'

const TEXT = `云岭市总工会二〇二六年工作安排

会议提出,2026年要办好职工关心的几件事。一是新建职工书屋24个,每个书屋配书不少于500册。二是为6000名职工办理互助保障。三是建成户外劳动者驿站40个,年底前全部开放。

会议要求,各级工会要摸清困难职工底数,做到应帮尽帮。`
const ORIGINAL = `当前位置:首页 > 工会新闻\n${TEXT.replace('驿站', '驿(yì)站')}\n分享到:更多`

export const PLACE: Jurisdiction = { code: '539900', name: '云南省云岭市' }

/** A version like one that ingestion makes; override what the test is about. */
export function documentVersion(overrides: Partial<DocumentVersion> = {}): DocumentVersion {
  const glossAt = ORIGINAL.indexOf('(yì)')
  const chrome = ORIGINAL.indexOf(TEXT.slice(0, 8))
  const tailAt = ORIGINAL.indexOf('\n分享到')
  const before = glossAt - chrome
  return {
    documentId: 'plan',
    versionId: 'plan-1',
    version: 1,
    status: 'in-force',
    createdAt: Temporal.Instant.from('2026-01-20T01:00:00Z'),
    fileName: 'yunling-2026.txt',
    contentHash: 'a'.repeat(64),
    originalText: ORIGINAL,
    text: TEXT,
    offsets: [
      [0, chrome, before],
      [before, glossAt + 4, TEXT.length - before],
    ],
    cuts: [
      {
        reason: 'page-chrome',
        original: { start: 0, end: chrome },
        text: ORIGINAL.slice(0, chrome),
      },
      { reason: 'pinyin-gloss', original: { start: glossAt, end: glossAt + 4 }, text: '(yì)' },
      {
        reason: 'page-chrome',
        original: { start: tailAt, end: ORIGINAL.length },
        text: ORIGINAL.slice(tailAt),
      },
    ],
    warnings: [],
    metadata: {
      title: '云岭市总工会二〇二六年工作安排',
      kind: 'plan',
      issuer: '云岭市总工会',
      issuedOn: { on: Temporal.PlainDate.from('2026-01-16'), precision: 'day' },
      jurisdictionCode: PLACE.code,
      readableBy: 'all',
      validity: {
        from: Temporal.PlainDate.from('2026-01-01'),
        to: Temporal.PlainDate.from('2026-12-31'),
        basis: '年度计划,按 2026 年算',
      },
      planYear: 2026,
      sample: true,
    },
    passages: [],
    lists: [],
    facts: [],
    proposals: [],
    ...overrides,
  }
}

/** A citation of `quote`, which has to stand in the version's text. */
export function citationOf(version: DocumentVersion, quote: string, highlight?: string): Citation {
  const start = version.text.indexOf(quote)
  const { issuer, issuedOn, sample, title } = version.metadata
  return {
    documentId: version.documentId,
    versionId: version.versionId,
    documentTitle: title,
    fileName: version.fileName,
    ...(issuer && { issuer }),
    ...(issuedOn && { issuedOn }),
    jurisdictionName: PLACE.name,
    sample,
    span: { start, end: start + quote.length },
    quote,
    ...(highlight && { highlight }),
  }
}

/** Answers what has 书屋 in it, refuses 天气, finds nothing else. */
function answerTo(question: string, version: DocumentVersion): Answer {
  const nextStep = '问本单位工会;没有工会的,打云岭市总工会电话 0870-12351(工作日 9:00—17:00)'
  if (question.includes('书屋')) {
    const quote = '一是新建职工书屋24个,每个书屋配书不少于500册。'
    return {
      kind: 'grounded',
      summary: '2026 年计划新建职工书屋 24 个。',
      notices: [{ kind: 'sample', text: '这条依据是示例资料,不是正式文件。' }],
      nextStep,
      suggestions: ['那互助保障呢?', '驿站什么时候开放?'],
      citations: [citationOf(version, quote, '24个')],
      missing: '文件没有写书屋建在哪里、几点开门。',
      wording: 'quoted',
    }
  }
  if (question.includes('天气')) {
    return {
      kind: 'refused',
      reason: 'off-topic',
      summary: '我只回答工会方面的问题,天气我不知道。',
      notices: [],
      suggestions: ['今年要建多少个职工书屋?'],
    }
  }
  return {
    kind: 'not-found',
    summary: '现有材料里没有写这件事，我不能乱说。',
    notices: [],
    nextStep,
    suggestions: [],
    nearest: [citationOf(version, '会议要求,各级工会要摸清困难职工底数,做到应帮尽帮。')],
  }
}

export function fakeWebServices(overrides: Partial<WebServices> = {}): WebServices {
  const version = documentVersion()
  return {
    ask: async ({ query }) => {
      const answer = answerTo(query.question, version)
      return {
        answer,
        text: `${answer.summary}\n\n${answer.nextStep ?? ''}`.trim(),
        latencyMs: 3.2,
      }
    },
    resolvePlace: (description) => (/云岭|539900/.test(description) ? PLACE : undefined),
    placeByCode: (code) => (code === PLACE.code ? PLACE : undefined),
    documentVersion: async (id) => (id === version.versionId ? version : undefined),
    listDocuments: async () => [version satisfies DocumentSummary],
    removeSamples: async () => 1,
    recordFeedback: async () => {},
    health: async () => ({ ready: true, checks: [{ name: 'store', status: 'ok' }] }),
    metrics: async () => ({ contentType: 'text/plain; version=0.0.4', text: 'up 1\n' }),
    today: () => Temporal.PlainDate.from('2026-11-21'),
    contact: { unionName: '云岭市总工会', hotline: '0870-12351' },
    exampleQuestions: ['今年要建多少个职工书屋?', '驿站什么时候开放?', '困难职工怎么帮?'],
    logger: silentLogger,
    ...overrides,
  }
}
