/** 「材料里没有写」: said plainly, with what comes nearest labelled as such, and whom to ask. */
import type { Citation, NotFoundAnswer } from '../domain/answer.ts'
import { type Jurisdiction, liesWithin } from '../domain/jurisdiction.ts'
import { mayRead } from '../domain/person.ts'
import type { AskedOrdinal } from '../retrieval/asked-ordinal.ts'
import type { RankedDocument } from '../retrieval/rank-documents.ts'
import type { Evidence } from '../retrieval/weigh-units.ts'
import type { ChosenPart } from './choose-evidence.ts'
import { cite } from './cite.ts'
import { damageNotices } from './damage-notice.ts'
import type { FoundList } from './find-list.ts'
import { nameKinds } from './name-kinds.ts'
import { nextStep } from './next-step.ts'
import { type AnswerContext, noticesFor } from './quote-answer.ts'
import { wordSummary } from './word-summary.ts'
import { wrongYear } from './wrong-year.ts'

/** Below this a sentence is about something else and would only confuse. */
const NEAR = 0.38

export function notFound(
  chosen: readonly ChosenPart[],
  elsewhere: readonly RankedDocument[],
  context: AnswerContext,
): NotFoundAnswer {
  const { question, tools } = context
  const near = nearestOf(chosen)
  const nearest: Citation[] =
    near === undefined ? [] : [cite(near.unit.document, near.unit.span, tools.gazetteer)]
  const asks = chosen.flatMap(({ part }) => part.asks)
  return {
    kind: 'not-found',
    summary:
      near === undefined ? sayNothing(asks, elsewhere, context) : sayNear(near, asks, context),
    nearest,
    notices:
      near === undefined
        ? []
        : [...noticesFor([near.unit.document], context), ...damageNotices([near.unit.text])],
    suggestions: [],
    nextStep: nextStep(tools.contact),
    ...(question.understoodAs !== undefined && { understoodAs: question.understoodAs }),
  }
}

/** 「第九件」 of eight: the list ends before it. */
export function noSuchItem(
  { document, list }: FoundList,
  { value, measure }: AskedOrdinal,
  context: AnswerContext,
): NotFoundAnswer {
  const name = list.title === '' ? '材料里' : `“${list.title.replace(/[“”]/g, '')}”`
  return {
    kind: 'not-found',
    summary: `${name}只有 ${list.items.length} 项，没有第 ${value} ${measure}。`,
    nearest: [cite(document, list.span, context.tools.gazetteer)],
    notices: noticesFor([document], context),
    suggestions: [],
    nextStep: nextStep(context.tools.contact),
    ...(context.question.understoodAs !== undefined && {
      understoodAs: context.question.understoodAs,
    }),
  }
}

function nearestOf(chosen: readonly ChosenPart[]): Evidence | undefined {
  return chosen
    .flatMap(({ chosen: own, nearest }) => own[0] ?? nearest ?? [])
    .filter(({ score }) => score.coverage >= NEAR)
    .toSorted((a, b) => b.rank - a.rank)[0]
}

function sayNear(
  near: Evidence,
  asks: Parameters<typeof nameKinds>[0],
  { question }: AnswerContext,
): string {
  const { document, text } = near.unit
  const words = wordSummary(near)
  if (wrongYear(document, text, question)) {
    const year = document.metadata.planYear ?? document.metadata.issuedOn?.on.year
    const when = year === undefined ? '以前' : ` ${year} 年`
    return `没有 ${question.years.join('、')} 年的资料。手里只有${when}的材料，写的是「${words}」，不能当作 ${question.years.join('、')} 年的安排。`
  }
  const personal = asks.some(({ kind }) => kind === 'eligibility') ? '我不能替您认定。' : ''
  return `${personal}现有材料没有写${nameKinds(asks)}。相关的只写了：「${words}」。`
}

function sayNothing(
  asks: Parameters<typeof nameKinds>[0],
  elsewhere: readonly RankedDocument[],
  context: AnswerContext,
): string {
  const { question, query, tools } = context
  const home =
    query.jurisdictionCode === undefined
      ? undefined
      : tools.gazetteer.byCode(query.jurisdictionCode)
  const places = question.places.length > 0 ? question.places : home === undefined ? [] : [home]
  const others = elsewhere.slice(0, 2).map(({ document }) => {
    const code = document.metadata.jurisdictionCode
    const place = code === undefined ? '' : (tools.gazetteer.byCode(code)?.name ?? '')
    return `${place}《${document.metadata.title}》`
  })
  if (others.length === 0 || places.length === 0)
    return `现有材料没有写${nameKinds(asks)}，我不能乱说。`
  const names = places.map(({ name }) => name).join('、')
  const none = hasDocumentsOf(places, context)
    ? `${names}的材料里没有写${nameKinds(asks)}。`
    : `没有找到${names}这方面的资料。`
  return `${none}别处的材料（不适用于您问的地方）有：${others.join('、')}。`
}

/** Whether there is anything of these places that the asker may read. */
function hasDocumentsOf(places: readonly Jurisdiction[], { query, tools }: AnswerContext): boolean {
  for (const { metadata } of tools.index.documents()) {
    const own = metadata.jurisdictionCode
    if (own === undefined || !mayRead(query.role, metadata.readableBy)) continue
    if (places.some(({ code }) => liesWithin(own, code))) return true
  }
  return false
}
