/** Whether a reworded sentence loses a condition, a bound or a reservation of the clauses it tells. */
import { NAMES, states } from './check-facts.ts'
import type { GroundingFault } from './check-grounding.ts'
import { type Clause, countShared, type Support } from './read-clauses.ts'
import type { StatedFact } from './stated-facts.ts'

/** Below this share of its words a clause is not what a sentence speaks of. */
const TOUCHED = 0.5
/** Enough when one of its figures is told. */
const TOUCHED_WITH_FACT = 0.2
/** A clause with a figure and fewer pairs than this is told only by its figure. */
const FEW_PAIRS = 4

function coverage(source: Clause, written: ReadonlySet<string>): number {
  return source.pairs.size === 0 ? 0 : countShared(source.pairs, written) / source.pairs.size
}

/** Words that bind or reserve; a clause that is told must be told with them. Alternatives say the same. */
const BINDING: readonly RegExp[] = [
  /符合/,
  /在档|建档/,
  /在职/,
  /首次/,
  /新入职/,
  /连续/,
  /一次性/,
  /仅限|只限/,
  /自付/,
  /自愿/,
  /困难/,
  /满[一二两三四五六七八九十0-9]/,
  /努力|力争|争取/,
  /预计|预期/,
  /原则上/,
  /试点/,
  /优先/,
  /每(?:[人户名家位]|个人)|人均|一(?:人|户|名)/,
  /每年|一年|年度|每人每年/,
  /每月|按月|一个月/,
  /每[天日]|一[天日]/,
  /每[个座所家](?!月|人|季)|一[个座]/,
  /每班/,
  /以上|至少|不少于|不低于|起码|超/,
  /以下|以内|之内|不超过|不高于|最多|最高|至多|封顶|(?<!不)少于|(?<!不)低于/,
  /本市|本省|本县|本区/,
  /其余|其他/,
  /除外|以外/,
]

export function droppedFault(
  text: string,
  written: readonly Clause[],
  { clauses }: Support,
): GroundingFault | undefined {
  const pairs = new Set(written.flatMap((clause) => [...clause.pairs]))
  const told = clauses.filter((clause) => {
    const share = coverage(clause, pairs)
    if (sharesFact(clause, written)) return share >= TOUCHED_WITH_FACT
    return share >= TOUCHED && (clause.facts.length === 0 || clause.pairs.size >= FEW_PAIRS)
  })
  for (const clause of told) {
    const bound = clause.text + (clause.scope?.text ?? '')
    if (BINDING.some((words) => words.test(bound) && !words.test(text))) return 'condition'
    if (clause.facts.some((fact) => /[<>]/.test(fact.key) && !isTold(fact, written))) {
      return 'condition'
    }
  }
  return grantsMore(written, clauses, pairs) ? 'condition' : undefined
}

const GRANTS = /可(?!能)|能|予|补助|资助|救助|享受|不收|免费/
/** Of a clause that says who may, at least this share is told. */
const CONDITION_TOLD = 0.6

/** 「凡加入工会并参加保险的在职职工均可参加」 is not 「在职职工可以参加」. */
function grantsMore(
  written: readonly Clause[],
  clauses: readonly Clause[],
  pairs: ReadonlySet<string>,
): boolean {
  return written.some((clause) => {
    if (!GRANTS.test(clause.text) || clause.negated) return false
    const ranked = clauses.map((one) => ({ one, score: countShared(clause.pairs, one.pairs) }))
    const best = Math.max(0, ...ranked.map(({ score }) => score))
    const top = ranked.filter(({ score }) => score > 0 && score === best).map(({ one }) => one)
    const limits = (one: Clause) =>
      GRANTS.test(one.text) && /凡|对|的(?=.*(?:可|予))/.test(one.text)
    return (
      top.length > 0 && top.every((one) => limits(one) && coverage(one, pairs) < CONDITION_TOLD)
    )
  })
}

function sharesFact(source: Clause, written: readonly Clause[]): boolean {
  return source.facts.some((fact) => !NAMES.has(fact.kind) && isTold(fact, written))
}

function isTold(fact: StatedFact, written: readonly Clause[]): boolean {
  return written.some(({ facts }) => facts.some((said) => states(fact, said)))
}
