/**
 * Figures for Prometheus: how many questions ended how, how long answers took, what is loaded, how the
 * parts are. No text and no id is ever a label. A registry of its own for each app: two can live in one
 * process.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { App } from '../app.ts'
import type { Answer } from '../domain/answer.ts'
import type { HealthReport } from '../domain/health.ts'
import type { Spent } from '../models/count-spending.ts'
import type { ModelState } from './create-models.ts'

export interface Metrics {
  /** One answered question; milliseconds. */
  count(answer: Answer, latencyMs: number): void
  /** The page that Prometheus reads. */
  page(): Promise<{ readonly contentType: string; readonly text: string }>
}

/** Seconds: quoted answers take milliseconds, a model's wording up to ten seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 10, 20]
const LEVELS = { ok: 1, degraded: 0.5, down: 0 } as const

export function collectMetrics(app: App, health: () => Promise<HealthReport>): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'niangjiaren_' })
  const registers = [registry]
  const questions = new Counter({
    name: 'niangjiaren_questions_total',
    help: 'Questions by how they ended.',
    labelNames: ['kind', 'reason'],
    registers,
  })
  const seconds = new Histogram({
    name: 'niangjiaren_answer_seconds',
    help: 'Time from question to answer.',
    buckets: BUCKETS,
    registers,
  })
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `niangjiaren_${name}`, help, labelNames, registers })
  const documents = gauge('documents', 'Documents in force.')
  const passages = gauge('passages', 'Passages in the index.')
  const parts = gauge('part_up', '1 well, 0.5 degraded, 0 down.', ['part'])
  const showModels = modelGauges(gauge)
  return {
    count: (answer, latencyMs) => {
      const reason = answer.kind === 'refused' ? answer.reason : ''
      questions.inc({ kind: answer.kind, reason })
      seconds.observe(latencyMs / 1000)
    },
    page: async () => {
      const { index } = app.knowledge
      documents.set([...index.documents()].length)
      passages.set(index.passageCount)
      for (const { name, status } of (await health()).checks)
        parts.set({ part: name }, LEVELS[status])
      showModels(app.models.state())
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}

type MakeGauge = (name: string, help: string, labelNames?: string[]) => Gauge

/** What models did and cost. Codes and outcomes are few and fixed: no text becomes a label. */
function modelGauges(gauge: MakeGauge): (state: ModelState | undefined) => void {
  const tokens = gauge('model_tokens', 'Tokens used today and this month.', ['period', 'kind'])
  const cost = gauge('model_cost_yuan', 'Price of those tokens, where prices are set.', ['period'])
  const failed = gauge('model_failures', 'Failed calls since the start.', ['code'])
  const wordings = gauge('model_wordings', 'How wording an answer ended.', ['outcome'])
  const showSpent = (period: string, spent: Spent): void => {
    for (const kind of ['prompt', 'completion', 'embedding'] as const) {
      tokens.set({ period, kind }, spent[kind])
    }
    if (spent.cost !== undefined) cost.set({ period }, spent.cost)
  }
  return (state) => {
    if (state === undefined) return
    showSpent('day', state.usage.today)
    showSpent('month', state.usage.thisMonth)
    for (const [code, count] of Object.entries(state.usage.failures)) failed.set({ code }, count)
    for (const [outcome, count] of Object.entries(state.writing)) wordings.set({ outcome }, count)
  }
}
