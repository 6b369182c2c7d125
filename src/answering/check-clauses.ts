/**
 * Holds a reworded sentence against the clauses it rests on: every fact must stand where its own
 * words stand, nothing may be turned round, and no condition, bound or reservation may be lost.
 */
import { droppedFault } from './check-conditions.ts'
import { factFault, orderFault, states } from './check-facts.ts'
import type { GroundingFault } from './check-grounding.ts'
import { aspectFault, negatedWordFault, turnedFault } from './check-polarity.ts'
import { type Clause, readClauses, type Support } from './read-clauses.ts'
import type { FactReader } from './stated-facts.ts'

export function supportOf(
  quotes: readonly string[],
  about: string,
  context: string,
  reader: FactReader,
): Support {
  return {
    clauses: [...quotes, context].flatMap((text) => readClauses(text, reader)),
    about: readClauses(about, reader).flatMap(({ facts }) => facts),
    isPlan: PLAN.test(about),
  }
}

const PLAN = /计划|要点|方案|安排|任务|打算|规划|通知|要办|意见|行动|实事|办法/

/** 「2014年3月13日的材料写的是」: names the document, states nothing of its own. */
const LEAD =
  /^[^,。;]{0,40}?(?:材料|文件|通知|计划|要点|办法|报道|方案)(?:里|中)?(?:写的是|写明了?|写着|提出|规定|要求|提到):?/

/** @param written folded, without white space. */
export function clauseFault(
  written: string,
  support: Support,
  reader: FactReader,
): GroundingFault | undefined {
  const [lead = ''] = LEAD.exec(written) ?? []
  const [naming] = readClauses(lead, reader)
  const known = [...support.about, ...support.clauses.flatMap(({ facts }) => facts)]
  if (naming?.facts.some((fact) => !known.some((one) => states(one, fact)))) return 'figure'
  const text = written.slice(lead.length)
  const clauses = readClauses(text, reader).flatMap((clause) => splitPairs(clause, reader))
  for (const clause of clauses) {
    const fault =
      factFault(clause, support) ??
      turnedFault(clause, clauses, support) ??
      aspectFault(clause, support)
    if (fault !== undefined) return fault
  }
  return (
    orderFault(clauses, support) ??
    negatedWordFault(text, support) ??
    droppedFault(text, clauses, support)
  )
}

/** 「书屋45家和驿站120个」 are two clauses. */
function splitPairs(clause: Clause, reader: FactReader): Clause[] {
  const halves = clause.text.split(/(?<=[0-9%][\p{Script=Han}]{0,3})(?:和|以及|及|与|并)/u)
  const each = halves.map((half) => readClauses(half, reader)[0])
  const whole = each.filter((half) => half !== undefined)
  const stated = whole.every(({ facts, pairs }) => pairs.size > 0 && facts.length > 0)
  return whole.length > 1 && stated ? whole : [clause]
}
