/** A figure the asker puts forward is confirmed or corrected by the clause that speaks of it. */
import type { Claim } from '../retrieval/read-claims.ts'
import type { UnderstoodQuestion } from '../retrieval/understand-question.ts'
import { clauseAround } from '../retrieval/value-nearness.ts'
import { findQuantities, type Quantity } from '../text/parse-number.ts'
import type { ChosenPart } from './choose-evidence.ts'

/** What is said when the words do not tell which figure is meant. */
const SEE_TEXT = '请以原文为准。'

/** 「对,」, 「不对,」 or nothing when no premise was put forward or nothing speaks to it. */
export function checkPremise(chosen: readonly ChosenPart[], question: UnderstoodQuestion): string {
  const asksToConfirm = question.parts.some(({ asks }) =>
    asks.some(({ kind }) => kind === 'premise'),
  )
  const claims = chosen.flatMap(({ part }) => part.claims)
  if (!asksToConfirm) return ''
  const all = chosen.flatMap(({ chosen: evidence }) =>
    evidence.flatMap(({ unit }) => findQuantities(unit.folded)),
  )
  if (claims.length === 0) return SEE_TEXT
  if (all.length === 0) return ''
  const nearest = chosen.flatMap(quantitiesBeside)
  if (claims.every((claim) => isAmong(claim, nearest))) return '对。'
  const wrong = claims.filter((claim) => !isAmong(claim, all))
  return wrong.length === 0 ? SEE_TEXT : `不对，不是${wrong.map(({ text }) => text).join('、')}。`
}

/** Figures of the clause whose value stands nearest to the words asked about; all when none does. */
function quantitiesBeside({ chosen }: ChosenPart): Quantity[] {
  return chosen.flatMap(({ unit, judgement }) => {
    const [value] = judgement.values
    const quantities = findQuantities(unit.folded)
    if (value === undefined) return quantities
    const clause = clauseAround(unit.folded, value)
    return quantities.filter(({ start }) => clause.start <= start && start < clause.end)
  })
}

function isAmong(claim: Claim, quantities: readonly Quantity[]): boolean {
  return quantities.some(
    ({ value, isPercent }) => value === claim.value && isPercent === claim.isPercent,
  )
}
