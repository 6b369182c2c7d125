/**
 * The form of a text in which the date grammar reads it: simplified script, half width, one dash, no
 * quotation marks, no pinyin glosses, no white space inside an expression. Every unit keeps its offset.
 */
import type { Span } from '../../domain/span.ts'
import { foldScript } from '../fold-script.ts'
import { applyEdits, type Edit, type MappedText, mapText, replaceUnits } from '../mapped-text.ts'
import { findGlosses } from '../strip-glosses.ts'

/** Unit-for-unit spellings: circles for zero, old numerals, dashes. */
const LOOK_ALIKES: readonly (readonly [RegExp, string])[] = [
  [/[○◯〇Ο零]/g, '〇'],
  [/(?<=[〇一二三四五六七八九])[oO]|[oO](?=[〇一二三四五六七八九])/g, '〇'],
  [/[–—－‐‑‒―−─~〜～]/g, '-'],
  [/号|號/g, '号'],
  [/廿(?=[一二三四五六七八九])/g, '廿'],
]

const QUOTATION_MARK = /["'“”‘’„「」『』﹁﹂]/g
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad]/g
/** Spaces go, unless they part two Latin words or figures. A line end always stays. */
const INNER_SPACE = /(?<![\w.:])[^\S\n]+|[^\S\n]+(?![\w.:])/g
/** Between a figure and a Han character, and the other way round. */
const FIGURE_SPACE = /(?<=[\d:])[^\S\n]+(?=[年月日号时点分个周天旬季])/g

/** The text as the grammar reads it, with the way back to the original. */
export function normalizeDateText(original: string): MappedText {
  const mapped = mapText(original)
  const folded = replaceUnits(mapped, foldUnits(original))
  return applyEdits(folded, [
    ...findGlosses(original),
    ...[QUOTATION_MARK, INVISIBLE, INNER_SPACE, FIGURE_SPACE].flatMap((pattern) =>
      removals(folded.text, pattern),
    ),
  ])
}

/** Widens a span by the quotation marks and glosses around it that belong to it: 「七一」前. */
export function withOwnMarks(original: string, span: Span): Span {
  const opens = /[“‘「『"']$/.test(original.slice(0, span.start))
  const closes = /[”’」』"']/.test(original.slice(span.start, span.end))
  return opens && closes ? { start: span.start - 1, end: span.end } : span
}

function foldUnits(text: string): string {
  const narrow = text.replace(/[！-～]/g, (character) =>
    String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  )
  const plain = LOOK_ALIKES.reduce((result, [from, to]) => result.replace(from, to), narrow)
  return foldScript(plain).replaceAll('，', ',')
}

function removals(text: string, pattern: RegExp): Edit[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}
