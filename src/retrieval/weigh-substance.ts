/** Whether a sentence says something of its subject, or only names it among other things. */
import type { AskedKind } from './asked-kinds.ts'
import type { EvidenceUnit } from './evidence-units.ts'
import { COUNTED_GIVES, givesCounted } from './give-enumeration.ts'
import type { UnitScore } from './score-unit.ts'
import type { QuestionPart } from './understand-question.ts'

const DIRECTIVE =
  /(?:^|[,。;])(?:会议强调,)?(?:要|应|须|必须|将|着力|努力|积极|切实|认真|围绕|按照|坚持|开展|建立|健全|推动|打造|注重|采取|由)/

/** A sentence that says something of its subject tells more than one that lists it among others. */
export function substance(
  kind: AskedKind,
  part: QuestionPart,
  unit: EvidenceUnit,
  score: UnitScore,
): number {
  if (kind !== 'open') return 0.7
  if (givesCounted(part.bare, unit)) return COUNTED_GIVES
  if (/要求|规定/.test(part.text) && /要求|要|应|须|严禁|不得/.test(unit.folded)) return 1.1
  const listed =
    score.places.length > 0 && score.places.every(({ at }) => isListed(unit.folded, at))
  if (listed) return 0.15
  return DIRECTIVE.test(unit.folded) ? 1 : 0.6
}

/** Whether the word at an offset stands as one of many items between 、. */
function isListed(text: string, at: number): boolean {
  const from =
    Math.max(text.lastIndexOf(',', at), text.lastIndexOf('。', at), text.lastIndexOf(';', at)) + 1
  const ends = [text.indexOf(',', at), text.indexOf('。', at), text.indexOf(';', at)].filter(
    (end) => end >= 0,
  )
  const clause = text.slice(from, Math.min(text.length, ...ends))
  return (clause.match(/、/g)?.length ?? 0) >= 4 && text.slice(from, at).includes('、')
}

/** 「有什么设施」 is not answered by 「位置、设施和开放时间」. */
export function namesOnlyAsItem(part: QuestionPart, unit: EvidenceUnit, score: UnitScore): boolean {
  const noun = part.terms.filter(({ key, carried }) => key && carried === 'no').at(-1)
  const at = score.places.filter(({ term }) => term === noun).map((place) => place.at)
  return (
    noun !== undefined &&
    at.length > 0 &&
    at.every(
      (start) =>
        /(?:、|[”"][“"]送?)$/.test(unit.folded.slice(0, start)) ||
        /^(?:、|和[^,。]{2,6}(?:[,。]|$))/.test(unit.folded.slice(start + noun.word.length)),
    )
  )
}
