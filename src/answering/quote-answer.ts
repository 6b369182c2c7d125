/** The grounded answer, made of the documents' own words. */
import type { Citation, GroundedAnswer, Notice } from '../domain/answer.ts'
import { liesWithin } from '../domain/jurisdiction.ts'
import { mayRead } from '../domain/person.ts'
import type { Query } from '../domain/query.ts'
import { overlaps } from '../domain/span.ts'
import { coversYear } from '../retrieval/document-standing.ts'
import type { IndexedDocument } from '../retrieval/search-index.ts'
import type { UnderstoodQuestion } from '../retrieval/understand-question.ts'
import type { Evidence } from '../retrieval/weigh-units.ts'
import type { AnsweringTools } from './answer-question.ts'
import { checkPremise } from './check-premise.ts'
import type { ChosenPart } from './choose-evidence.ts'
import { cite } from './cite.ts'
import { damageNotices } from './damage-notice.ts'
import { findConflict } from './find-conflict.ts'
import type { FoundList } from './find-list.ts'
import { nameKinds } from './name-kinds.ts'
import { nextStep } from './next-step.ts'
import { validityNotice, windowNotice } from './validity-notices.ts'
import { wordSummary } from './word-summary.ts'

export interface AnswerContext {
  readonly question: UnderstoodQuestion
  readonly query: Query
  readonly tools: AnsweringTools
}

export function quoteAnswer(chosen: readonly ChosenPart[], context: AnswerContext): GroundedAnswer {
  const evidence = distinctUnits(chosen.flatMap((part) => part.chosen))
  const [first, ...rest] = evidence.map((one) => citeEvidence(one, context))
  if (first === undefined) throw new RangeError('a grounded answer needs evidence')
  const conflict = findConflict(evidence)
  const lacking = chosen.flatMap(({ part, chosen: own }) => lacks(part.asks, own))
  const unsaid = chosen.flatMap(unmentioned)
  const judged = chosen.some(({ part }) => part.asks.some(({ kind }) => kind === 'eligibility'))
  const missing = [
    ...(unsaid.length > 0
      ? [`材料里没有写到${unsaid.map((word) => `“${word}”`).join('、')}。`]
      : []),
    ...(lacking.length > 0 && unsaid.length === 0 ? [`材料里没有写${nameKinds(lacking)}。`] : []),
    ...halfAnswered(chosen),
    ...yearless(evidence, context),
    ...(judged ? ['具体到个人算不算、能不能，我不能替您认定，以工会答复为准。'] : []),
  ].join('')
  return {
    kind: 'grounded',
    wording: 'quoted',
    summary: summarise(chosen, evidence, context),
    ...(isOnlyClose(chosen) && { onlyClose: true as const }),
    citations: [first, ...rest],
    notices: [
      ...noticesOf(evidence, context),
      ...(conflict === undefined ? [] : [conflict]),
      ...damageNotices(evidence.map(({ unit }) => unit.text)),
    ],
    suggestions: [],
    ...(missing !== '' && { missing }),
    nextStep: nextStep(context.tools.contact),
    ...(context.question.understoodAs !== undefined && {
      understoodAs: context.question.understoodAs,
    }),
  }
}

export function quoteList(
  { document, list, item }: FoundList,
  context: AnswerContext,
): GroundedAnswer {
  const { tools, question } = context
  const name = list.title === '' ? '材料里列的' : `“${list.title.replace(/[“”]/g, '')}”`
  const summary =
    item === undefined
      ? `${name}共 ${list.items.length} 项：\n${list.items.map((one) => `${one.ordinal}. ${one.text}`).join('\n')}`
      : `${name}第 ${item.ordinal} 项是：${item.text}。`
  const declared = list.declaredCount
  const short = item === undefined && declared !== undefined && declared > list.items.length
  return {
    kind: 'grounded',
    wording: 'quoted',
    summary: leadFor([document], context) + summary,
    citations: [cite(document, item?.span ?? list.span, tools.gazetteer)],
    notices: [
      ...noticesFor([document], context),
      ...damageNotices((item ? [item] : list.items).map(({ text }) => text)),
    ],
    suggestions: [],
    ...(short && { missing: `材料里说有 ${declared} 项，只写出了 ${list.items.length} 项。` }),
    nextStep: nextStep(tools.contact),
    ...(question.understoodAs !== undefined && { understoodAs: question.understoodAs }),
  }
}

/** Whoever wants to take part must know that the time for it is over; a task's deadline that passed is no end of the plan. */
const TAKES_PART =
  /报名|申请|申报|领|参加|参与|抢|登记|投保|参保|缴|预约|办理|还(?:能|可以|有|来得及|在|收|发|送|开|办|搞)/

/** What the documents' own time says, and where it says nothing, the windows of the sentences quoted. */
function noticesOf(evidence: readonly Evidence[], context: AnswerContext): Notice[] {
  const notices = noticesFor(distinctDocuments(evidence), context)
  if (notices.some(({ kind }) => kind !== 'sample')) return notices
  if (!TAKES_PART.test(context.question.text)) return notices
  const windows = evidence.map((one) => windowNotice(one, context.query.askedOn))
  return windows.every((window) => window !== undefined)
    ? [...windows.slice(0, 1), ...notices]
    : notices
}

export function noticesFor(
  documents: readonly IndexedDocument[],
  { query, tools }: AnswerContext,
): Notice[] {
  const mayName = (documentId: string) =>
    [...tools.index.documents()].some(
      ({ documentId: id, metadata }) =>
        id === documentId && mayRead(query.role, metadata.readableBy),
    )
  const notices = documents.flatMap((document) => {
    const notice = validityNotice(document, query.askedOn, mayName)
    if (notice === undefined) return []
    const which = documents.length > 1 ? `《${document.metadata.title}》：` : ''
    return [{ ...notice, text: which + notice.text }]
  })
  const samples = documents.filter(({ metadata }) => metadata.sample)
  if (samples.length > 0) notices.push({ kind: 'sample', text: '依据是示例文件，不是正式文件。' })
  return notices
}

/** Says whose and which year's document speaks, whenever that is not the asker's own, now. */
export function leadFor(
  documents: readonly IndexedDocument[],
  { query, tools }: AnswerContext,
): string {
  const [only, ...others] = documents
  if (only === undefined || others.length > 0) return ''
  const code = only.metadata.jurisdictionCode
  const home = query.jurisdictionCode
  const foreign = code !== undefined && home !== undefined && !liesWithin(home, code)
  const place = foreign ? (tools.gazetteer.byCode(code)?.name ?? '') : ''
  const year = only.metadata.planYear ?? only.metadata.issuedOn?.on.year
  const past =
    year !== undefined && validityNotice(only, query.askedOn) !== undefined ? `${year} 年` : ''
  if (place === '' && past === '') return ''
  return `${place}${past}的材料写的是：`
}

function isOnlyClose(chosen: readonly ChosenPart[]): boolean {
  return chosen.every((part) => part.onlyClose === true || part.chosen.length === 0)
}

/** Said before what is quoted though it hardly answers. */
const CLOSEST = '没有找到完全对得上的原话,最接近的'

function summarise(
  chosen: readonly ChosenPart[],
  evidence: readonly Evidence[],
  context: AnswerContext,
): string {
  const documents = distinctDocuments(evidence)
  // What only comes close neither confirms nor corrects anything.
  const premise = isOnlyClose(chosen) ? '' : checkPremise(chosen, context.question)
  const several = documents.length > 1
  const said = new Set<string>()
  const lines = evidence.flatMap((one) => {
    const asksList = chosen.some(
      ({ part, chosen: own }) => own.includes(one) && part.asks.some(({ kind }) => kind === 'list'),
    )
    const words = wordSummary(one, asksList)
    if (said.has(words)) return []
    said.add(words)
    return [several ? `${nameOf(one.unit.document, context)}：${words}。` : `${words}。`]
  })
  const lead = leadFor(documents, context)
  const close = isOnlyClose(chosen) ? `${CLOSEST}${lead === '' ? '是:' : '一句,'}` : ''
  return `${close}${premise}${lead}${lines.join(several ? '\n' : '')}`
}

function nameOf({ metadata }: IndexedDocument, { tools }: AnswerContext): string {
  const place =
    metadata.jurisdictionCode === undefined
      ? ''
      : (tools.gazetteer.byCode(metadata.jurisdictionCode)?.name ?? '')
  const year = metadata.planYear ?? metadata.issuedOn?.on.year
  const label = `${place}${year === undefined ? '' : `${year}年`}`
  return label === '' ? `《${metadata.title}》` : `${label}《${metadata.title}》`
}

/** Parts of a question that are answered by what only comes closest, beside one that is answered. */
function halfAnswered(chosen: readonly ChosenPart[]): string[] {
  if (isOnlyClose(chosen)) return []
  const close = chosen.filter(({ onlyClose }) => onlyClose).map(({ part }) => part.text)
  return close.map(
    (text) => `“${text.replace(/[,。?!;]+$/, '')}”没有找到完全对得上的原话,引的是最接近的。`,
  )
}

/** 「今年」 asked of a text that bears no year: it may be another year's. */
function yearless(evidence: readonly Evidence[], { question }: AnswerContext): string[] {
  const [year] = question.years
  const dated = evidence.some(
    ({ unit: { document } }) => year !== undefined && coversYear(document, year) !== undefined,
  )
  return year === undefined || dated ? [] : [`材料里没有写是哪一年的，不能当作 ${year} 年的。`]
}

/** What a part that nothing answers asks about, when the nearest sentence does not have it. */
function unmentioned({ part, chosen, nearest, onlyClose }: ChosenPart): string[] {
  if ((chosen.length > 0 && !onlyClose) || nearest === undefined) return []
  return part.terms
    .filter((term) => term.key && term.carried === 'no' && nearest.score.missing.includes(term))
    .map(({ word }) => word)
}

function lacks(
  asks: ChosenPart['part']['asks'],
  own: readonly Evidence[],
): ChosenPart['part']['asks'] {
  if (own.length === 0) return asks
  return asks.filter((ask) => own.every(({ judgement }) => judgement.lacks.includes(ask)))
}

function citeEvidence({ unit, judgement }: Evidence, { tools }: AnswerContext): Citation {
  const [value] = judgement.values
  const highlight = value === undefined ? undefined : unit.text.slice(value.start, value.end)
  return cite(unit.document, unit.span, tools.gazetteer, highlight)
}

function distinctUnits(evidence: readonly Evidence[]): Evidence[] {
  return evidence.filter(
    (one, i) => !evidence.slice(0, i).some(({ unit }) => unit === one.unit || within(one, unit)),
  )
}

/** A sentence and the enumeration it is part of are not quoted both. */
function within({ unit }: Evidence, other: Evidence['unit']): boolean {
  return unit.document === other.document && overlaps(unit.span, other.span)
}

function distinctDocuments(evidence: readonly Evidence[]): IndexedDocument[] {
  return [...new Set(evidence.map(({ unit }) => unit.document))]
}
