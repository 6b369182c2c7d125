/** What models have cost, in words: 今天 1200 词元(约 0.01 元),本月 3.4 万词元(约 0.25 元). */
import type { Spent } from '../models/count-spending.ts'
import type { ModelUsage } from '../models/model-caller.ts'

export function describeSpending({ today, thisMonth }: ModelUsage): string {
  return `今天 ${describe(today)}，本月 ${describe(thisMonth)}`
}

export function spentTokens({ prompt, completion, embedding }: Spent): number {
  return prompt + completion + embedding
}

const TEN_THOUSAND = 10_000

function describe(spent: Spent): string {
  const tokens = spentTokens(spent)
  const count =
    tokens < TEN_THOUSAND ? `${tokens} 词元` : `${(tokens / TEN_THOUSAND).toFixed(1)} 万词元`
  return spent.cost === undefined ? count : `${count}（${describeCost(spent.cost)}）`
}

/** One fen. */
const SMALLEST_SHOWN = 0.01

function describeCost(cost: number): string {
  if (cost > 0 && cost < SMALLEST_SHOWN) return '不到 0.01 元'
  return `约 ${cost.toFixed(2)} 元`
}
