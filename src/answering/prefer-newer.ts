/**
 * One place's documents that say the same with another figure or day, both holding on the day of
 * asking: the newer one is quoted, and the older one is named beside it, because nobody may have
 * told the bot yet that it was replaced. One whose time is over steps back behind one that holds,
 * unless its year is asked for.
 */
import type { Notice } from '../domain/answer.ts'
import type { Findings } from '../retrieval/find-passages.ts'
import type { IndexedDocument } from '../retrieval/search-index.ts'
import type { Evidence } from '../retrieval/weigh-units.ts'
import { likenessOf, wordingOf } from '../text/likeness.ts'
import type { ChosenPart } from './choose-evidence.ts'

/** Likeness (Dice) from which two sentences make the same statement, as for the conflict radar. */
const SAME_STATEMENT = 0.75

export interface Preference {
  readonly chosen: readonly ChosenPart[]
  readonly notices: readonly Notice[]
}

export function preferNewer(
  chosen: readonly ChosenPart[],
  findings: Findings,
  { askedOn, years }: { readonly askedOn: Temporal.PlainDate; readonly years: readonly number[] },
): Preference {
  const notices: Notice[] = []
  const preferred = chosen.map((chosenPart) => {
    const part = years.length > 0 ? chosenPart : preferInForce(chosenPart, findings, askedOn)
    const [best, ...others] = part.chosen
    if (best === undefined) return part
    const found = evidenceFor(part, findings)
    const rival = found.find((other) => areRivals(best, other, askedOn))
    if (rival === undefined) return part
    const [newer, older] = isNewer(rival, best) ? [rival, best] : [best, rival]
    notices.push(rivalNotice(newer, older))
    return { ...part, chosen: [newer, ...others.filter((one) => one !== rival)] }
  })
  return { chosen: preferred, notices }
}

function evidenceFor({ part }: ChosenPart, { parts }: Findings): readonly Evidence[] {
  return parts.find((found) => found.part === part)?.evidence ?? []
}

/** Share of the best sentence's rank from which another answers as well. */
const AS_WELL = 0.85

/** Of what answers as well, a sentence that holds on the day of asking before one whose time is over. */
function preferInForce(
  part: ChosenPart,
  findings: Findings,
  askedOn: Temporal.PlainDate,
): ChosenPart {
  const [best, ...others] = part.chosen
  if (best === undefined || !isOver(best.unit.document, askedOn)) return part
  const current = evidenceFor(part, findings).find(
    (other) =>
      other.judgement.answers &&
      other.unit.document.metadata.jurisdictionCode ===
        best.unit.document.metadata.jurisdictionCode &&
      holdsOn(other.unit.document, askedOn) &&
      other.rank >= AS_WELL * best.rank &&
      other.score.coverage >= best.score.coverage,
  )
  if (current === undefined) return part
  return { ...part, chosen: [current, ...others.filter((one) => one !== current)] }
}

function isOver({ metadata }: IndexedDocument, day: Temporal.PlainDate): boolean {
  const { to } = metadata.validity
  return to !== undefined && Temporal.PlainDate.compare(to, day) < 0
}

function areRivals(best: Evidence, other: Evidence, askedOn: Temporal.PlainDate): boolean {
  const [one, two] = [best.unit.document, other.unit.document]
  if (one === two || !other.judgement.answers) return false
  if (one.metadata.jurisdictionCode !== two.metadata.jurisdictionCode) return false
  if (setsNothing(one) || setsNothing(two) || !holdsOn(one, askedOn) || !holdsOn(two, askedOn))
    return false
  const [mine, theirs] = [figureOf(best), figureOf(other)]
  if (mine === undefined || theirs === undefined || mine === theirs) return false
  return likenessOf(wordingOf(best.unit.text), wordingOf(other.unit.text)) >= SAME_STATEMENT
}

/** News tells what happened; a year's plan and the next one's do not contradict each other. */
const setsNothing = ({ metadata }: IndexedDocument) =>
  metadata.kind === 'news' || metadata.kind === 'meeting-report'

function holdsOn({ metadata }: IndexedDocument, day: Temporal.PlainDate): boolean {
  const { from, to } = metadata.validity
  const begun = from === undefined || Temporal.PlainDate.compare(from, day) <= 0
  return begun && (to === undefined || Temporal.PlainDate.compare(day, to) <= 0)
}

function figureOf({ unit, judgement }: Evidence): string | undefined {
  const [value] = judgement.values
  return value && unit.text.slice(value.start, value.end)
}

function isNewer(one: Evidence, other: Evidence): boolean {
  const [a, b] = [one, other].map(({ unit }) => unit.document.metadata.issuedOn?.on)
  return a !== undefined && (b === undefined || Temporal.PlainDate.compare(a, b) > 0)
}

function rivalNotice(newer: Evidence, older: Evidence): Notice {
  const [fresh, stale] = [named(newer), named(older)]
  const text = isNewer(newer, older)
    ? `${stale}写的是${figureOf(older)}，${fresh}写的是${figureOf(newer)}。这里按较新的回答，较早的那份是否已停用请核实。`
    : `两份材料说法不一：${fresh}写的是${figureOf(newer)}，${stale}写的是${figureOf(older)}，请核实。`
  return { kind: 'conflict', text }
}

function named({ unit }: Evidence): string {
  const { title, issuedOn } = unit.document.metadata
  const when = issuedOn === undefined ? '' : `（${issuedOn.on.year}年）`
  return `《${title}》${when}`
}
