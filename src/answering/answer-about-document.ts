/** Questions about a document itself: which meeting, when, who presided, where it was published. */
import type { GroundedAnswer } from '../domain/answer.ts'
import type { Span } from '../domain/span.ts'
import type { AskedKind } from '../retrieval/asked-kinds.ts'
import { speaksOfStage } from '../retrieval/asked-ordinal.ts'
import type { Findings } from '../retrieval/find-passages.ts'
import type { IndexedDocument } from '../retrieval/search-index.ts'
import type { ChosenPart } from './choose-evidence.ts'
import { cite } from './cite.ts'
import { nextStep } from './next-step.ts'
import { type AnswerContext, leadFor, noticesFor } from './quote-answer.ts'

/** What a sentence must have to tell where a document comes from. */
const TELLS: Partial<Record<AskedKind, RegExp>> = {
  'in-force':
    /[^。\n]*(?:自[^。\n]{2,20}起(?:施行|执行|实施|生效)|自(?:印发|发布|公布)之日起|有效期)[^。\n]*[。]?/,
  number: /[\p{Script=Han}]{1,8}[〔[(（]\d{4}[〕\])）]第?\d{1,4}号/u,
  meeting: /[^。\n]*召开[^。\n]*会议?[^。\n]*[。]?/,
  source:
    /来源\s*[::：]\s*[^。\n,，]{2,24}|据《[^》]{2,12}》|[^。\n,，]{2,12}(?:讯|电|报道)(?=[ (（:：])/,
  'document-date':
    /[^。\n]*(?:\d{1,2}月\d{1,2}日|日前|近日)[^。\n]*(?:召开|举行|印发|启动|发布)[^。\n]*[。]?/,
}

/** The parts that are answered by what a document says, beside one that asks about the document itself. */
export function partsBeside(chosen: readonly ChosenPart[]): readonly ChosenPart[] {
  return chosen.filter(
    ({ part, chosen: own, onlyClose }) =>
      own.length > 0 && !onlyClose && part.asks.every(({ kind }) => TELLS[kind] === undefined),
  )
}

/** An answer about the document with the answer to the rest of the question. */
export function together(about: GroundedAnswer, rest: GroundedAnswer): GroundedAnswer {
  const [first, ...others] = about.citations
  const known = new Set(about.notices.map(({ text }) => text))
  return {
    ...rest,
    summary: about.summary + rest.summary,
    citations: [first, ...others, ...rest.citations],
    notices: [...about.notices, ...rest.notices.filter(({ text }) => !known.has(text))],
  }
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
  const document = documentAsked(kind, chosen, findings)
  if (kind === undefined || pattern === undefined || document === undefined) return undefined
  const match =
    pattern.exec(document.text) ??
    (knowsByItself(kind, document) ? /[^\n]+/.exec(document.text) : null)
  if (match === null) return undefined
  const said = { folded: match[0], document }
  if (!chosen.every(({ part }) => speaksOfStage(part.text)(said))) return undefined
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

/** The document of the nearest sentence; for a document number, the best one that has any. */
function documentAsked(
  kind: AskedKind | undefined,
  chosen: readonly ChosenPart[],
  { documents }: Findings,
): IndexedDocument | undefined {
  if (kind === 'number')
    return documents.find(({ document }) => document.metadata.number !== undefined)?.document
  return chosen[0]?.nearest?.unit.document ?? documents[0]?.document
}

/** Some things are known about a document though its text does not say them: they stood in its head. */
function knowsByItself(kind: AskedKind, { metadata }: IndexedDocument): boolean {
  if (kind === 'number') return metadata.number !== undefined
  if (kind === 'in-force') return metadata.validity.to !== undefined
  return kind === 'source' && metadata.source !== undefined
}

function describe(kind: AskedKind, { metadata }: IndexedDocument, words: string): string {
  if (kind === 'source') return sourceText(metadata.source, words)
  if (kind === 'number') return `文号是 ${metadata.number ?? words}。`
  const { to } = metadata.validity
  if (kind === 'in-force' && to !== undefined && !/施行|执行|实施|生效|有效/.test(words))
    return `材料管到 ${to.toString()}。`
  const date = metadata.issuedOn
  const when =
    kind === 'document-date' && date !== undefined ? `材料日期是 ${date.on.toString()}。` : ''
  return `${when}${words.length > 100 ? `${words.slice(0, words.indexOf(',', 30) + 1 || 100)}……` : words}`
}

function trimmed(start: number, words: string): Span {
  const lead = words.length - words.trimStart().length
  return { start: start + lead, end: start + lead + words.trim().length }
}

/** The source as the text gives it, else as the document's head does. */
function sourceText(known: string | undefined, words: string): string {
  const written = /来源|据《|讯|电|报道/.test(words) ? words : (known ?? words)
  return `材料写明的来源：${written.replace(/^来源\s*[::：]\s*/, '')}。`
}
