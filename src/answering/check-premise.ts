/** A figure the asker puts forward is confirmed or corrected by the sentence that gives it. */
import type { UnderstoodQuestion } from '../retrieval/understand-question.ts'
import { findQuantities } from '../text/parse-number.ts'
import type { ChosenPart } from './choose-evidence.ts'

/** 「对,」, 「不对,」 or nothing when no premise was put forward or nothing speaks to it. */
export function checkPremise(chosen: readonly ChosenPart[], question: UnderstoodQuestion): string {
  const asksToConfirm = question.parts.some(({ asks }) =>
    asks.some(({ kind }) => kind === 'premise'),
  )
  const claims = chosen.flatMap(({ part }) => part.claims)
  if (!asksToConfirm) return ''
  const quantities = chosen.flatMap(({ chosen: evidence }) =>
    evidence.flatMap(({ unit }) => findQuantities(unit.folded)),
  )
  if (claims.length === 0) return '请以原文为准。'
  if (quantities.length === 0) return ''
  const confirmed = claims.filter((claim) =>
    quantities.some(
      ({ value, isPercent }) => value === claim.value && isPercent === claim.isPercent,
    ),
  )
  if (confirmed.length === claims.length) return '对。'
  const wrong = claims.filter((claim) => !confirmed.includes(claim))
  return `不对,不是${wrong.map(({ text }) => text).join('、')}。`
}
