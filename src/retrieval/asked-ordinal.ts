/**
 * 「第七件」, 「第九条」: one item of a list or one article is asked for. Whatever does not stand at that
 * place is another item's text and no answer.
 */
import type { EvidenceUnit } from './evidence-units.ts'

export interface AskedOrdinal {
  /** 「第七件」 is 7. */
  readonly value: number
  /** The measure word: 件, 条. */
  readonly measure: string
}

const NUMERALS = '零一二三四五六七八九十'
const ORDINAL =
  /第\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*(件|项|条|个|抓|点|种|类|步|款|大)(?!线|季|学)/

/** The place in a list that the standardised question asks for. */
export function ordinalAsked(text: string): AskedOrdinal | undefined {
  const [, written, measure] = ORDINAL.exec(text) ?? []
  if (written === undefined || measure === undefined) return undefined
  return { value: readOrdinal(written), measure }
}

function readOrdinal(written: string): number {
  if (/\d/.test(written)) return Number(written)
  if (written.length === 1) return NUMERALS.indexOf(written)
  const [tens = '', units = ''] = written.split('十')
  return (
    (tens === '' ? 1 : NUMERALS.indexOf(tens)) * 10 + (units === '' ? 0 : NUMERALS.indexOf(units))
  )
}

/**
 * The turn that an ordinal follows: the latest one that speaks of a list of that measure (八件实事,
 * 哪几件), else the latest of all.
 */
export function turnOfOrdinal({ measure }: AskedOrdinal, history: readonly string[]): number {
  const counted = new RegExp(`[一二三四五六七八九十两几\\d哪]些?${measure}`)
  const found = history.findLastIndex((turn) => counted.test(turn))
  return found >= 0 ? found : history.length - 1
}

/** Whether the unit stands at that place: 「七是…」, 「(七)…」, 「第七条 …」, 「首先…」 for the first. */
export function standsAtOrdinal(
  { value, measure }: AskedOrdinal,
  { folded, label }: Pick<EvidenceUnit, 'folded' | 'label'>,
): boolean {
  const written = `(?:${inWords(value)}|${value})`
  const opens = new RegExp(
    `^[(\\s]*(?:第${written}[${measure}条款项类种步]|${written}(?:[、.)]|是|要|[${measure}]))`,
  )
  if (opens.test(folded) || opens.test(label.trim())) return true
  if (new RegExp(`第${written}${measure}`).test(folded)) return true
  return value === 1 && /首先|先/.test(folded)
}

const STAGE =
  /第([一二三四五六七八九十]{1,3}|\d{1,2})(期|批|届|次|轮|季度|阶段|场|集|站)([一-龥]{2})?/g

/** 「下一场在哪天」 is told only by a text that looks ahead. */
const NEXT_STAGE = /下(?:一)?(?:场|次|期|届|批|轮|站|回)(?!午)/
const AHEAD = /下(?:一)?(?:场|次|期|届|批|轮|站|步)|将(?:于|在|会|继续)|拟|计划|预计|接下来|后续/

/**
 * Whether a text speaks of the stage that is asked: 「第二期」 is not told by what the first one was.
 * Questions that name no stage are about any.
 */
export function speaksOfStage(
  question: string,
): (unit: Pick<EvidenceUnit, 'folded' | 'document'>) => boolean {
  const stages = [...question.matchAll(STAGE)].map(([, written = '', measure = '', noun]) => ({
    own: stageNames(readOrdinal(written), measure),
    ofNoun: noun === undefined ? undefined : stageOf(readOrdinal(written), measure, noun),
    others: new RegExp(`(?:第[一二三四五六七八九十\\d]{1,3}|首)${measure}`),
  }))
  const next = NEXT_STAGE.test(question)
  return ({ folded, document }) =>
    (!next || AHEAD.test(folded)) &&
    stages.every(
      ({ own, others, ofNoun }) =>
        !(ofNoun?.other.test(document.text) && !ofNoun.own.test(folded)) &&
        (own.test(folded) || (!others.test(folded) && own.test(document.text))),
    )
}

/** 「第三届大国工匠大会」 in a text on the second: another's third does not make it that one's. */
function stageOf(value: number, measure: string, noun: string) {
  const written = `(?:${inWords(value)}|${value})`
  return {
    own: new RegExp(`第${written}${measure}${noun}`),
    other: new RegExp(
      `(?:第(?!${written}${measure})[一二三四五六七八九十\\d]{1,3}|首)${measure}${noun}`,
    ),
  }
}

function stageNames(value: number, measure: string): RegExp {
  const first = value === 1 ? `|首${measure}|首次` : ''
  return new RegExp(`第(?:${inWords(value)}|${value})${measure}${first}`)
}

function inWords(value: number): string {
  const tens = Math.floor(value / 10)
  const units = value % 10
  if (tens === 0) return NUMERALS[units] ?? ''
  return `${tens === 1 ? '' : (NUMERALS[tens] ?? '')}十${units === 0 ? '' : (NUMERALS[units] ?? '')}`
}
