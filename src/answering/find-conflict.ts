/** Two documents that give different figures for one programme: both are named, none is preferred. */
import type { Notice } from '../domain/answer.ts'
import { liesWithin } from '../domain/jurisdiction.ts'
import type { Evidence } from '../retrieval/weigh-units.ts'

export function findConflict(evidence: readonly Evidence[]): Notice | undefined {
  for (const [i, one] of evidence.entries()) {
    for (const other of evidence.slice(i + 1)) {
      if (one.unit.document === other.unit.document || !sameProgramme(one, other)) continue
      const [mine] = figures(one)
      const [theirs] = figures(other)
      if (mine === undefined || theirs === undefined || mine === theirs) continue
      return {
        kind: 'conflict',
        text: `两份材料说法不一：《${one.unit.document.metadata.title}》写的是${mine}，《${other.unit.document.metadata.title}》写的是${theirs}，请核实。`,
      }
    }
  }
  return undefined
}

const NAMED = /[“《]([^”》]{4,24})[”》]/g

/** Both documents name one programme, and both sentences answer. */
export function sameProgramme(one: Evidence, other: Evidence): boolean {
  const names = new Set([...one.unit.document.text.matchAll(NAMED)].map(([, name]) => name))
  return (
    ofOnePlace(one, other) &&
    [...other.unit.document.text.matchAll(NAMED)].some(([, name]) => names.has(name))
  )
}

/** Two places that run a programme of one name do not contradict one another. */
function ofOnePlace(one: Evidence, other: Evidence): boolean {
  const mine = one.unit.document.metadata.jurisdictionCode
  const theirs = other.unit.document.metadata.jurisdictionCode
  if (mine === undefined || theirs === undefined) return true
  return liesWithin(mine, theirs) || liesWithin(theirs, mine)
}

function figures({ unit, judgement }: Evidence): string[] {
  return judgement.values.map(({ start, end }) => unit.text.slice(start, end))
}
