/**
 * A question in, an answer out: grounded in quoted sentences, or plainly not found, or a short fixed
 * reply. Pure but for the index it reads.
 */
import type { Answer, GroundedAnswer, Notice } from '../domain/answer.ts'
import type { Contact } from '../domain/contact.ts'
import type { Query } from '../domain/query.ts'
import type { UnitReader } from '../retrieval/evidence-units.ts'
import { type Findings, findPassages } from '../retrieval/find-passages.ts'
import { rankElsewhere } from '../retrieval/rank-documents.ts'
import type { SearchIndex } from '../retrieval/search-index.ts'
import { type UnderstandingTools, understandQuestion } from '../retrieval/understand-question.ts'
import { answerAboutDocument, partsBeside, together } from './answer-about-document.ts'
import { chooseEvidence } from './choose-evidence.ts'
import { earlierTurns } from './earlier-turns.ts'
import { findList } from './find-list.ts'
import { hidesWhatIsAsked } from './hidden-values.ts'
import { noSuchItem, notFound } from './not-found.ts'
import { ordersMachine } from './orders-to-bot.ts'
import { preferNewer } from './prefer-newer.ts'
import { quoteAnswer, quoteList } from './quote-answer.ts'
import { refuse } from './refuse.ts'
import { screenQuestion } from './screen-question.ts'
import { wrongYear } from './wrong-year.ts'

export interface AnsweringTools extends UnderstandingTools {
  readonly index: SearchIndex
  readonly reader: UnitReader
  readonly contact: Contact
  /** Questions offered to somebody who has none: at most three are shown. */
  readonly examples: readonly string[]
}

export async function answerQuestion(query: Query, tools: AnsweringTools): Promise<Answer> {
  const history = earlierTurns(query.history, tools.tagger)
  const screening = screenQuestion(query.question, tools.tagger, history.length > 0)
  if (screening.kind === 'refuse') return refuse(screening.reason, tools.contact, tools.examples)

  const asked = { ...query, question: screening.question, history }
  const question = understandQuestion(asked, tools)
  const findings = withoutNoise(findPassages(question, asked, tools), question.text)
  const context = { question, query: asked, tools }

  const list = findList(question, findings.documents)
  if (list !== undefined && !wrongYear(list.document, '', question)) {
    return list.beyond === undefined
      ? quoteList(list, context)
      : noSuchItem(list, list.beyond, context)
  }

  const { chosen, notices } = preferNewer(chooseEvidence(question, findings), findings, {
    askedOn: asked.askedOn,
    years: question.years,
  })
  const about = answerAboutDocument(chosen, findings, context)
  if (about !== undefined) {
    const beside = partsBeside(chosen)
    return beside.length === 0 ? about : together(about, quoteAnswer(beside, context))
  }
  const holds = chosen.some(({ chosen: evidence }) =>
    evidence.some(({ unit }) => !wrongYear(unit.document, unit.text, question)),
  )
  if (holds) return withNotices(quoteAnswer(chosen, context), notices)
  return notFound(chosen, rankElsewhere(question, asked, tools.index), context)
}

/** An order hidden in a document is evidence of nothing, not even the nearest there is; a gap neither. */
function withoutNoise(findings: Findings, question: string): Findings {
  const parts = findings.parts.map((part) => ({
    ...part,
    evidence: part.evidence.filter(
      ({ unit }) => !ordersMachine(unit.folded) && !hidesWhatIsAsked(question, unit.text),
    ),
  }))
  return { ...findings, parts }
}

/** What two documents dispute, unless the answer says so already. */
function withNotices(answer: GroundedAnswer, notices: readonly Notice[]): GroundedAnswer {
  if (notices.length === 0 || answer.notices.some(({ kind }) => kind === 'conflict')) return answer
  return { ...answer, notices: [...answer.notices, ...notices] }
}
