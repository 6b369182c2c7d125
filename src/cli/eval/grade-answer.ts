/**
 * Grades one answer by the rules of the question sets. Strict on purpose: what was not asked back,
 * threw, or came empty counts as wrong; entries that need a judge (`claim:`) are skipped.
 */
import { foldWithoutSpaces } from '../../text/fold-for-matching.ts'
import type { AskedAnswer, QuestionRow } from './question-row.ts'

export interface Grade {
  readonly row: QuestionRow
  readonly answer: AskedAnswer | undefined
  /** What the question threw, when it did. */
  readonly error?: string
  readonly points: number
  readonly pointsFound: number
  readonly missedPoints: readonly string[]
  /** Answerable, but refused or not found. */
  readonly falseRefusal: boolean
  /** Unanswerable rows only: ended in not-found or refused, or says plainly that it is not there. */
  readonly endedRight?: boolean
  readonly quotes: number
  readonly quotesExact: number
  /** Answerable rows only: a citation, and none from a document that is not gold. */
  readonly rightDocument?: boolean
  /** Answerable rows only. */
  readonly staleRight?: boolean
  readonly forbidden: readonly string[]
}

const NEEDS_JUDGE = /^claim:/

export function gradeAnswer(
  row: QuestionRow,
  answer: AskedAnswer | undefined,
  /** Cleaned text of a source file; undefined for an unknown one. */
  cleanedText: (fileName: string) => string | undefined,
  error?: string,
): Grade {
  const said = foldWithoutSpaces(answer?.text ?? '')
  const points =
    row.answerable || row.gold_points.some((point) => !NEEDS_JUDGE.test(point))
      ? countable(row.gold_points)
      : []
  const missedPoints = points.filter(
    (point) => !point.split('|').some((way) => said.includes(foldWithoutSpaces(way))),
  )
  const citations = answer?.citations ?? []
  const gold = new Set([row.gold_doc, ...row.gold_more.map(({ doc }) => doc)])
  const grounded = answer?.kind === 'grounded'
  return {
    row,
    answer,
    ...(error !== undefined && { error }),
    points: points.length,
    pointsFound: points.length - missedPoints.length,
    missedPoints,
    falseRefusal: row.answerable && !grounded,
    ...(!row.answerable && { endedRight: answer !== undefined && endsRight(answer) }),
    quotes: citations.length,
    quotesExact: citations.filter(({ document, quote }) => isExact(quote, cleanedText(document)))
      .length,
    ...(row.answerable && {
      rightDocument:
        citations.length > 0 && citations.every(({ document }) => isGold(document, gold)),
      staleRight: answer !== undefined && grounded && warns(answer) === row.stale,
    }),
    forbidden: countable(row.must_not).filter((text) => said.includes(foldWithoutSpaces(text))),
  }
}

function countable(entries: readonly string[]): string[] {
  return entries.filter((entry) => !NEEDS_JUDGE.test(entry))
}

const SAYS_NOT_THERE =
  /没有写|没写|未写明|没有提到|没有找到|没有查到|查不到|没有这方面|没有.{0,12}资料|不能替您/

function endsRight(answer: AskedAnswer): boolean {
  return answer.kind !== 'grounded' || SAYS_NOT_THERE.test(withoutNotices(answer.text))
}

/** That a document bears no date says nothing about what it has. */
function withoutNotices(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('⚠'))
    .join('\n')
}

function isExact(quote: string, text: string | undefined): boolean {
  return (
    text !== undefined && quote !== '' && foldWithoutSpaces(text).includes(foldWithoutSpaces(quote))
  )
}

/** A noisy copy stands for its original: nanzhao-guanai-2023.docx for nanzhao-guanai-2023.txt. */
function isGold(document: string, gold: ReadonlySet<string | null | undefined>): boolean {
  const stem = document.split('.')[0]
  return [...gold].some((doc) => doc === document || doc?.split('.')[0] === stem)
}

/** Words by which an answer warns that what it says may no longer hold. */
const WARNING =
  /已过期|已经过期|已结束|已经结束|已过去|超过一年|超过12个月|没有(?:写明)?(?:发布)?日期|日期不明|未注明日期|不能当作(?:今年|现在)|可能已(?:经)?(?:变|失效|调整)|时间已过|期已过/

function warns(answer: AskedAnswer): boolean {
  return WARNING.test(answer.text)
}
