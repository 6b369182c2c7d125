/**
 * The form in which texts, queries and quotations are compared: NFKC (full and half width, Kangxi
 * radicals, circled digits), lower case, simplified script. Its length may differ from the text's:
 * for comparing, never for offsets.
 */
import { foldScript } from './fold-script.ts'

/** Quotation marks and dashes that are typed in several ways and mean the same. */
const LOOK_ALIKES: readonly (readonly [RegExp, string])[] = [
  [/[“”„‟「」『』〝〞＂]/g, '"'],
  [/[‘’‚‛＇]/g, "'"],
  [/[‐‑‒–—―−─]+/g, '-'],
  [/[·・‧•∙⋅]/g, '·'],
  [/[\u200b-\u200f\u2060\ufeff\u00ad]/g, ''],
]

/** Folds width, case, script, quotation marks, dashes; white space stays. */
export function foldForMatching(text: string): string {
  const folded = foldScript(text.normalize('NFKC').toLowerCase())
  return LOOK_ALIKES.reduce((result, [pattern, plain]) => result.replace(pattern, plain), folded)
}

/** {@link foldForMatching} without any white space: for asking whether one text holds another. */
export function foldWithoutSpaces(text: string): string {
  return foldForMatching(text).replace(/\s+/g, '')
}
