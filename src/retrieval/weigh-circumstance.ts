/** Circumstances that tell like sentences apart: done or planned, above or below a figure. */
import { findQuantities } from '../text/parse-number.ts'

const DONE_ASKED = /已经?|到现在|至今|目前|截至|累计|了多少|了几|办了|建了|发了|花了|送了/
const PLAN_ASKED = /计划|打算|目标|要|将|拟|再|年底|今年|明年|任务/
const DONE_SAID = /已|累计|截至|共[^,。;]{0,8}了|完成了?/
const PLAN_SAID = /计划|将(?!近|军)|拟|力争|预计|目标|下一步/
const TENSE = 0.08
const SIDE = 0.1

/**
 * For the sentences that one question is asked of: what is to be added to the rank of a sentence,
 * above 0 when its circumstances are those asked about.
 */
export function circumstancesOf(asked: string): (said: string) => number {
  const sides = sidesOf(asked)
  const tense = tenseOf(asked)
  return (said) => weighTense(tense, said) + weighSide(sides, said)
}

type Tense = 'done' | 'planned' | 'any'

function tenseOf(asked: string): Tense {
  if (DONE_ASKED.test(asked)) return 'done'
  return PLAN_ASKED.test(asked) ? 'planned' : 'any'
}

/** Asked what was done, a plan answers less; and the other way round. */
function weighTense(asked: Tense, said: string): number {
  const done = DONE_SAID.test(said)
  if (done === PLAN_SAID.test(said)) return 0
  if (asked === 'done') return done ? TENSE : -TENSE
  if (asked === 'planned') return done ? -TENSE : 0
  return done ? 0 : -TENSE / 2
}

type Side = 'above' | 'below'

/** 「超过两万的部分」 is told by 「2万元以上」, not by 「至2万元」. */
function weighSide(wanted: ReadonlyMap<number, Side>, said: string): number {
  if (wanted.size === 0 || !SAYS_SIDE.test(said)) return 0
  const given = sidesOf(said)
  for (const [value, side] of wanted) {
    const other = given.get(value)
    if (other !== undefined) return other === side ? SIDE : -SIDE
  }
  return 0
}

/** What tells a side, whichever. */
const SAYS_SIDE =
  /超过|超出|高于|大于|多于|满|以上|多的|起|不到|不足|低于|少于|至|到|以下|以内|的部分/

const ABOVE = {
  before: /(?:超过|超出|高于|大于|多于|满)$/,
  after: /^(?:元|人|名|岁|年|天|个)?(?:以上|多的|起)/,
}
const BELOW = {
  before: /(?:不到|不足|低于|少于|不满|不超过|至|到)$/,
  after: /^(?:元|人|名|岁|年|天|个)?(?:[(（]含[)）])?(?:以下|以内|的部分)/,
}

/** On which side of each figure a text stands. */
function sidesOf(text: string): Map<number, Side> {
  const sides = new Map<number, Side>()
  for (const { start, end, value } of findQuantities(text)) {
    const before = text.slice(Math.max(0, start - 3), start)
    const after = text.slice(end, end + 8)
    if (BELOW.before.test(before)) sides.set(value, 'below')
    else if (ABOVE.before.test(before) || ABOVE.after.test(after)) sides.set(value, 'above')
    else if (BELOW.after.test(after)) sides.set(value, 'below')
  }
  return sides
}
