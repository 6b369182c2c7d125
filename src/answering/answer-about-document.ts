/** Questions about a document itself: which meeting, when, who presided, where it was published. */
import type { GroundedAnswer } from '../domain/answer.ts'
import type { Span } from '../domain/span.ts'
import type { AskedKind } from '../retrieval/asked-kinds.ts'
import type { Findings } from '../retrieval/find-passages.ts'
import type { IndexedDocument } from '../retrieval/search-index.ts'
import type { ChosenPart } from './choose-evidence.ts'
import { cite } from './cite.ts'
import { nextStep } from './next-step.ts'
import { type AnswerContext, leadFor, noticesFor } from './quote-answer.ts'

/** What a sentence must have to tell where a document comes from. */
const TELLS: Partial<Record<AskedKind, RegExp>> = {
  meeting: /[^。\n]*召开[^。\n]*会议?[^。\n]*[。]?/,
  source:
    /来源\s*[::：]\s*[^。\n,，]{2,24}|据《[^》]{2,12}》|[^。\n,，]{2,12}(?:讯|电|报道)(?=[ (（:：])/,
  'document-date':
    /[^。\n]*(?:\d{1,2}月\d{1,2}日|日前|近日)[^。\n]*(?:召开|举行|印发|启动|发布)[^。\n]*[。]?/,
}

export function answerAboutDocument(
  chosen: readonly ChosenPart[],
  findings: Findings,
  context: AnswerContext,
): GroundedAnswer | undefined {
  const kind = chosen
    .flatMap(({ part }) => part.asks)
    .find((ask) => TELLS[ask.kind] !== undefined)?.kind
  const pattern = kind === undefined ? undefined : TELLS[kind]
  const document = chosen[0]?.nearest?.unit.document ?? findings.documents[0]?.document
  if (kind === undefined || pattern === undefined || document === undefined) return undefined
  const match = pattern.exec(document.text)
  if (match === null) return undefined
  return {
    kind: 'grounded',
    wording: 'quoted',
    summary: leadFor([document], context) + describe(kind, document, match[0].trim()),
    citations: [cite(document, trimmed(match.index, match[0]), context.tools.gazetteer)],
    notices: noticesFor([document], context),
    suggestions: [],
    nextStep: nextStep(context.tools.contact),
    ...(context.question.understoodAs !== undefined && {
      understoodAs: context.question.understoodAs,
    }),
  }
}

function describe(kind: AskedKind, { metadata }: IndexedDocument, words: string): string {
  if (kind === 'source') return `材料写明的来源:${words.replace(/^来源\s*[::：]\s*/, '')}。`
  const date = metadata.issuedOn
  const when =
    kind === 'document-date' && date !== undefined ? `材料日期是 ${date.on.toString()}。` : ''
  return `${when}${words.length > 100 ? `${words.slice(0, words.indexOf(',', 30) + 1 || 100)}……` : words}`
}

function trimmed(start: number, words: string): Span {
  const lead = words.length - words.trimStart().length
  return { start: start + lead, end: start + lead + words.trim().length }
}
