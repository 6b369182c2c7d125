/** Asks every question of a set and adds the grades up. */
import { type Grade, gradeAnswer } from './grade-answer.ts'
import type { AskedAnswer, QuestionRow } from './question-row.ts'

/** Shares are 0 to 1; a share of nothing is 1. */
export interface EvalReport {
  readonly questions: number
  readonly answerable: number
  readonly pointsFound: number
  readonly allPoints: number
  readonly falseRefusals: number
  readonly unanswerableEndedRight: number
  readonly quotesExact: number
  readonly rightDocument: number
  readonly staleRight: number
  readonly forbiddenHits: number
  readonly errors: number
  readonly medianMs: number
  readonly p99Ms: number
  readonly grades: readonly Grade[]
}

export async function runEval(
  rows: readonly QuestionRow[],
  ask: (row: QuestionRow) => Promise<AskedAnswer>,
  cleanedText: (fileName: string) => string | undefined,
): Promise<EvalReport> {
  const grades: Grade[] = []
  for (const row of rows) grades.push(await gradeOne(row, ask, cleanedText))
  return sumUp(grades)
}

async function gradeOne(
  row: QuestionRow,
  ask: (row: QuestionRow) => Promise<AskedAnswer>,
  cleanedText: (fileName: string) => string | undefined,
): Promise<Grade> {
  try {
    return gradeAnswer(row, await ask(row), cleanedText)
  } catch (error) {
    return gradeAnswer(
      row,
      undefined,
      cleanedText,
      error instanceof Error ? error.message : String(error),
    )
  }
}

/** Exported for reports over a part of a set. */
export function sumUp(grades: readonly Grade[]): EvalReport {
  const answerable = grades.filter(({ row }) => row.answerable)
  const unanswerable = grades.filter(({ row }) => !row.answerable)
  const latencies = grades.map(({ answer }) => answer?.latency_ms ?? 0).toSorted((a, b) => a - b)
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return {
    questions: grades.length,
    answerable: answerable.length,
    pointsFound: share(
      sum(answerable, ({ pointsFound }) => pointsFound),
      sum(answerable, ({ points }) => points),
    ),
    allPoints: shareOf(
      answerable,
      ({ missedPoints, answer }) => answer !== undefined && missedPoints.length === 0,
    ),
    falseRefusals: share(
      answerable.filter(({ falseRefusal }) => falseRefusal).length,
      answerable.length,
      0,
    ),
    unanswerableEndedRight: shareOf(unanswerable, ({ endedRight }) => endedRight === true),
    quotesExact: share(
      sum(grades, ({ quotesExact }) => quotesExact),
      sum(grades, ({ quotes }) => quotes),
    ),
    rightDocument: shareOf(answerable, ({ rightDocument }) => rightDocument === true),
    staleRight: shareOf(answerable, ({ staleRight }) => staleRight === true),
    forbiddenHits: sum(grades, ({ forbidden }) => forbidden.length),
    errors: grades.filter(({ error }) => error !== undefined).length,
    medianMs: at(0.5),
    p99Ms: at(0.99),
    grades,
  }
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}

function share(part: number, whole: number, ofNothing = 1): number {
  return whole === 0 ? ofNothing : part / whole
}

function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return share(items.filter(holds).length, items.length)
}
