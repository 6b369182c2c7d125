/** One row of a question set, as eval/README describes it, and the answer to it as the outside contract gives it. */
import { z } from 'zod'
import { BadInputError } from '../../errors.ts'

const quoteOf = z.object({ doc: z.string(), quote: z.string() })

export const questionRow = z.object({
  id: z.string(),
  lang: z.string().default('zh-Hans'),
  role: z.enum(['worker', 'member', 'cadre', 'admin']).default('worker'),
  region: z.string().optional(),
  asked_on: z.string().optional(),
  question: z.string(),
  history: z.array(z.string()).default([]),
  kind: z.string().default('fact'),
  answerable: z.boolean(),
  gold_points: z.array(z.string()).default([]),
  gold_doc: z.string().nullish(),
  gold_quote: z.string().default(''),
  gold_more: z.array(quoteOf).default([]),
  stale: z.boolean().default(false),
  must_not: z.array(z.string()).default([]),
})

export type QuestionRow = z.infer<typeof questionRow>

/** An answer as `ask --batch` and POST /api/ask give it. */
export interface AskedAnswer {
  readonly kind: 'grounded' | 'not-found' | 'refused'
  readonly text: string
  readonly citations: readonly { readonly document: string; readonly quote: string }[]
  readonly notices: readonly string[]
  readonly latency_ms: number
}

/** @throws {BadInputError} naming the first line that is not a question row. */
export function parseQuestionRows(jsonLines: string): QuestionRow[] {
  return jsonLines
    .split('\n')
    .map((line, i) => [line.trim(), i + 1] as const)
    .filter(([line]) => line !== '')
    .map(([line, number]) => parseRow(line, number))
}

function parseRow(line: string, number: number): QuestionRow {
  try {
    return questionRow.parse(JSON.parse(line))
  } catch (cause) {
    throw new BadInputError(
      'bad_question_row',
      `第 ${number} 行不是一道题：请检查这一行的 JSON 和字段。`,
      { cause },
    )
  }
}
