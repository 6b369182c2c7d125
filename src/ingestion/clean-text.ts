/**
 * Makes readable text of what a page, a file or a converter gives: without glosses, chrome and
 * repetitions, in simplified script, with the original punctuation.
 *
 * Every cut is on record, and every character left maps back to the original.
 */
import { REDACTED } from '../domain/document.ts'
import { foldScript } from '../text/fold-script.ts'
import {
  applyEdits,
  type Edit,
  type MappedText,
  mapText,
  replaceUnits,
} from '../text/mapped-text.ts'
import { findGlosses } from '../text/strip-glosses.ts'
import { findBrokenDots } from './find-broken-dots.ts'
import { findInvisible, findSpaces } from './find-invisible.ts'
import { findPageChrome } from './find-page-chrome.ts'
import { findRepeatedTitles } from './find-repeated-titles.ts'
import { findRepeatedPassages } from './find-repetitions.ts'
import type { MarkedRange } from './formats/source-text.ts'
import { MASK } from './redact-secrets.ts'

export interface CleanedText {
  readonly mapped: MappedText
  /** What was taken for chrome, in simplified script: titles, dates and sources are read from it too. */
  readonly chrome: readonly string[]
}

export interface CleaningOptions {
  /** Ranges that the format knows to be no text. */
  readonly marked?: readonly MarkedRange[]
  /** From front matter or the page: tells a glued title from the body. */
  readonly knownTitle?: string | undefined
  /** A table and nothing around it: short lines are rows, not menus, and rows may be alike. */
  readonly isSheet?: boolean | undefined
}

export function cleanText(
  original: string,
  { marked = [], knownTitle, isSheet = false }: CleaningOptions = {},
): CleanedText {
  const chrome: string[] = []
  const cutChrome = (mapped: MappedText, edits: readonly Edit[]) => {
    chrome.push(...edits.map(({ start, end }) => mapped.text.slice(start, end)))
    return applyEdits(mapped, edits)
  }
  let mapped = applyEdits(mapText(original), marked)
  mapped = applyEdits(mapped, findMasks(mapped.text))
  mapped = applyEdits(mapped, findInvisible(mapped.text))
  mapped = applyEdits(mapped, findSpaces(mapped.text))
  mapped = applyEdits(mapped, findGlosses(mapped.text))
  mapped = replaceUnits(mapped, foldScript(mapped.text))
  mapped = applyEdits(mapped, findBrokenDots(mapped.text))
  if (isSheet) return { mapped: applyEdits(mapped, findSpaces(mapped.text)), chrome }
  mapped = cutChrome(mapped, findPageChrome(mapped.text))
  const isGlued = chrome.some((cut) => /原标题|标题/.test(cut))
  mapped = applyEdits(mapped, findRepeatedTitles(mapped.text, isGlued, knownTitle))
  mapped = applyEdits(mapped, findRepeatedPassages(mapped.text))
  mapped = applyEdits(mapped, findSpaces(mapped.text))
  return { mapped, chrome }
}

/** Writes 〔已隐去〕 where intake masked a secret. */
function findMasks(text: string): Edit[] {
  return [...text.matchAll(new RegExp(`${MASK}+`, 'g'))].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    replacement: REDACTED,
    reason: 'secret' as const,
  }))
}
