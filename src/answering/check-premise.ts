/**
 * A figure the asker puts forward is confirmed or corrected by the figure that the text binds to the very
 * thing: 「323个职工之家、11个司机之家」 confirms no 323 司机之家. Where the words do not tell, nothing is
 * confirmed: a false 「对」 does more harm than a cautious one.
 */
import { shortName } from '../retrieval/document-standing.ts'
import { matchTerm } from '../retrieval/match-term.ts'
import type { Claim } from '../retrieval/read-claims.ts'
import type { QuestionPart, UnderstoodQuestion } from '../retrieval/understand-question.ts'
import { findQuantities, type Quantity } from '../text/parse-number.ts'
import type { ChosenPart } from './choose-evidence.ts'

/** What is said when the words do not tell which figure is meant. */
const SEE_TEXT = '请以原文为准。'

type Verdict = 'right' | 'wrong' | 'open'

/** 「对。」, 「不对,」 or nothing when no premise was put forward or nothing speaks to it. */
export function checkPremise(chosen: readonly ChosenPart[], question: UnderstoodQuestion): string {
  const asksToConfirm = question.parts.some(({ asks }) =>
    asks.some(({ kind }) => kind === 'premise'),
  )
  if (!asksToConfirm) return ''
  const judged = chosen.flatMap(({ part, chosen: evidence }) => {
    const figures = evidence.flatMap(({ unit }) => figuresIn(unit.folded))
    return part.claims.map((claim) => ({
      claim,
      figures,
      verdict: judge(claim, figures, part, question),
    }))
  })
  if (judged.length === 0) return SEE_TEXT
  if (judged.every(({ figures }) => figures.length === 0)) return ''
  if (judged.every(({ verdict }) => verdict === 'right')) return '对。'
  const wrong = judged.filter(({ verdict }) => verdict === 'wrong')
  if (wrong.length === 0) return SEE_TEXT
  return `不对，不是${wrong.map(({ claim }) => claim.text).join('、')}。`
}

/** A figure with the words around it, up to the next mark or the next figure. */
interface Figure extends Quantity {
  readonly words: string
  readonly measure: string
}

const MARK = /[、,，。;；:：]/
const BETWEEN = /及|和|与|以及/

function figuresIn(text: string): Figure[] {
  const quantities = findQuantities(text).filter((quantity) => !isPartOfWord(quantity, text))
  return quantities.map((quantity, i) => {
    const before = text.slice(quantities[i - 1]?.end ?? 0, quantity.start)
    const after = text.slice(quantity.end, quantities[i + 1]?.start ?? text.length)
    const from = lastOf(before, i > 0) + (quantity.start - before.length)
    const words = text.slice(from, quantity.end + firstOf(after, i < quantities.length - 1))
    const measure = /^(?:余|多)?(元|[一-龥%])/.exec(text.slice(quantity.end))?.[1] ?? ''
    return { ...quantity, words, measure }
  })
}

/** The 二 of 二等奖, the 一 of 一起. */
function isPartOfWord({ inWords, value, end }: Quantity, text: string): boolean {
  return inWords && value < 10 && !/^[个名家件项户份处座场次天年期人位]/.test(text.slice(end))
}

/** Where the words of a figure begin in what stands before it, back to the figure before. */
function lastOf(before: string, follows: boolean): number {
  const mark = Math.max(...Array.from(before, (sign, at) => (MARK.test(sign) ? at + 1 : 0)), 0)
  const joined = follows && mark === 0 ? before.search(BETWEEN) : -1
  return Math.max(mark, joined + 1)
}

/** Where they end in what stands behind it, up to the next figure. */
function firstOf(after: string, goesOn: boolean): number {
  const mark = after.search(MARK)
  const joined = goesOn && mark < 0 ? after.search(BETWEEN) : -1
  const ends = [mark, joined].filter((at) => at >= 0)
  return Math.min(after.length, ...ends)
}

/** Share of the question's words that a confirmed figure stands beside. */
const CONFIRMED = 0.5
const MATCHES = 0.6

function judge(
  claim: Claim,
  figures: readonly Figure[],
  part: QuestionPart,
  { places }: UnderstoodQuestion,
): Verdict {
  const alike = figures.filter((figure) => isAlike(claim, figure))
  const says = (figure: Figure) =>
    figure.value === claim.value && figure.isPercent === claim.isPercent
  const weight = wordsOf(
    part,
    places.map(({ name }) => shortName(name)),
  )
  const best = Math.max(0, ...alike.map(({ words }) => weight.in(words)))
  if (best === 0) {
    if (!figures.some(says)) return 'wrong'
    return alike.length > 0 && alike.every(says) ? 'right' : 'open'
  }
  const bound = alike.filter(({ words }) => weight.in(words) >= best)
  if (!bound.some(says)) return 'wrong'
  const others = alike.filter((figure) => !bound.includes(figure))
  const isPlain =
    bound.every(says) &&
    best >= CONFIRMED * weight.all &&
    !others.some(({ words }) => bound.every((one) => weight.hasMore(words, one.words)))
  return isPlain && !bound.some(({ words }) => isOnlyPlanned(part.text, words)) ? 'right' : 'open'
}

/** How much of what is asked about some words have. */
function wordsOf({ terms, text }: QuestionPart, places: readonly string[]) {
  const own = terms.filter(({ carried, weight }) => carried !== 'turn' && weight >= 0.15)
  const named = places.filter((name) => text.includes(name))
  return {
    all: own.reduce((sum, { weight }) => sum + weight, 0),
    /** Whether some words have one of what is asked about that others lack. */
    hasMore: (words: string, others: string) =>
      own.some(
        (term) =>
          matchTerm(term, words).strength >= MATCHES && matchTerm(term, others).strength < MATCHES,
      ),
    in: (words: string) =>
      own.reduce(
        (sum, term) => sum + (matchTerm(term, words).strength >= MATCHES ? term.weight : 0),
        0,
      ) + named.filter((name) => words.includes(name)).length,
  }
}

const PEOPLE = /[名人位]/
const SITES = /[个家处座间所站]/
const MONEY = /[元块]/
/** 个 counts anything but these. */
const NOT_COUNTED = /[元块天月年日时点平]/

/** Counted in the same measure, or in one of the same sort. */
function isAlike({ unit, isPercent }: Claim, figure: Figure): boolean {
  if (isPercent !== figure.isPercent) return false
  if (unit === '' || figure.measure === '') return true
  if (unit === '个') return !NOT_COUNTED.test(figure.measure)
  return (
    unit.startsWith(figure.measure) ||
    [PEOPLE, SITES, MONEY].some((sort) => sort.test(unit) && sort.test(figure.measure))
  )
}

const SAID_DONE = /(?:已|已经|都|现在|目前)[^,。?]*(?:了|好|过)|了(?:吧|吗|对|是)/
const PLANNED = /将|目标|计划|预计|力争|确保|年底前/

/** 「都开了吧」 of what the text only plans. */
function isOnlyPlanned(asked: string, words: string): boolean {
  return SAID_DONE.test(asked) && PLANNED.test(words)
}
