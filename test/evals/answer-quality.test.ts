/**
 * Answer quality on question sets, without a model. Our own documents and questions always; the real
 * texts when they are there. Falling below a threshold of thresholds.json fails the check; raise it
 * when the figures have risen for good.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseQuestionRows } from '../../src/cli/eval/question-row.ts'
import { type EvalReport, runEval } from '../../src/cli/eval/run-eval.ts'
import { documentsIn, openAnsweringBench, sharedFolder } from '../support/answering-bench.ts'
import thresholds from './thresholds.json' with { type: 'json' }

const HERE = import.meta.dirname
const shared = sharedFolder()

async function evaluate(files: readonly string[], questions: string): Promise<EvalReport> {
  const bench = await openAnsweringBench(files)
  const rows = parseQuestionRows(readFileSync(questions, 'utf8'))
  return runEval(rows, bench.ask, bench.cleanedText)
}

function expectGood(report: EvalReport, least: (typeof thresholds)['own']): void {
  expect(report.errors).toBe(0)
  expect(report.forbiddenHits).toBe(0)
  expect(report.quotesExact).toBe(1)
  expect(report.pointsFound).toBeGreaterThanOrEqual(least.pointsFound)
  expect(report.unanswerableEndedRight).toBeGreaterThanOrEqual(least.unanswerableEndedRight)
  expect(report.falseRefusals).toBeLessThanOrEqual(least.falseRefusals)
  expect(report.rightDocument).toBeGreaterThanOrEqual(least.rightDocument)
  expect(report.staleRight).toBeGreaterThanOrEqual(least.staleRight)
}

describe('answers without a model', () => {
  const own = join(HERE, 'own-questions.jsonl')

  it('are good enough on our own documents', async () => {
    expectGood(await evaluate(documentsIn(join(HERE, 'documents')), own), thresholds.own)
  })

  it('are asked of a set that is large and hard enough', () => {
    const rows = parseQuestionRows(readFileSync(own, 'utf8'))
    const unanswerable = rows.filter(({ answerable }) => !answerable)

    expect(rows.length).toBeGreaterThanOrEqual(150)
    expect(unanswerable.length / rows.length).toBeGreaterThanOrEqual(0.3)
  })

  it.runIf(shared)('are good enough on the two seed texts', async () => {
    const report = await evaluate(
      documentsIn(join(shared ?? '', 'seeds')),
      join(shared ?? '', 'eval/qa-dev.jsonl'),
    )
    expectGood(report, thresholds['qa-dev'])
  })

  it.runIf(shared)('are good enough on thirty real texts beside them', async () => {
    const files = [
      ...documentsIn(join(shared ?? '', 'seeds')),
      ...documentsIn(join(shared ?? '', 'eval/docs-dev')),
    ]
    const report = await evaluate(files, join(shared ?? '', 'eval/qa-docs-dev.jsonl'))
    expectGood(report, thresholds['qa-docs-dev'])
  })

  it.skipIf(shared)('real texts are absent: set SHARED_DIR to measure on them', () => {})
})
