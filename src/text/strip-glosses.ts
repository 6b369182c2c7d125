/**
 * Pinyin glosses: pages converted from traditional script carry the reading of each changed
 * character in brackets, 省總工會(huì)召開(kāi)黨組(擴(kuò)大). The readings go, real brackets stay: a gloss holds
 * one syllable and follows a Han character directly.
 *
 * Also the malformed kind, where a broken encoding ate the opening bracket: 日?qǐng)報. There the
 * letters and the bracket go and the 「?」 stays as the mark of the damage.
 */
import type { Edit } from './mapped-text.ts'

const LETTERS = 'a-zA-ZüÜêÊāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\\u0300-\\u030c\\u0308'
const TONE_MARK = /[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300\u0301\u0304\u030c]/i

const BRACKETED = new RegExp(`(?<=\\p{Script=Han}|\\?)[(（]\\s*([${LETTERS}]{1,8})\\s*[)）]`, 'gu')
const WITHOUT_OPENING = new RegExp(`(?<=[?？])([${LETTERS}]{1,8})[)）]`, 'gu')
const WITHOUT_CLOSING = new RegExp(
  `(?<=\\p{Script=Han})[(（]([${LETTERS}]{1,8})(?=\\p{Script=Han})`,
  'gu',
)

/** A syllable without its tone: initial and final of standard Mandarin (GB/T 16159 spelling). */
const SYLLABLE =
  /^(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:a|o|e|ê|i|u|ü|ai|ei|ao|ou|an|en|ang|eng|ong|er|ia|ie|iao|iu|ian|in|iang|ing|iong|ua|uo|uai|ui|uan|un|uang|ueng|üe|ue|üan|ün|n|ng|m)$/

/** Fewer toned glosses than this, and brackets without a tone, (men) or (ai), are taken for real ones. */
const GLOSSED_TEXT = 5

/** The edits that take the glosses out of a text. */
export function findGlosses(text: string): Edit[] {
  if (!TONE_MARK.test(text)) return []
  const bracketed = matches(text, BRACKETED)
  const toned = bracketed.filter(({ letters }) => TONE_MARK.test(letters))
  const isGlossed = toned.length >= GLOSSED_TEXT
  return [
    ...(isGlossed ? bracketed : toned),
    ...[...matches(text, WITHOUT_OPENING), ...matches(text, WITHOUT_CLOSING)].filter(
      ({ letters }) => TONE_MARK.test(letters),
    ),
  ]
    .filter(({ letters }) => isSyllable(letters))
    .map(({ start, end }) => ({ start, end, reason: 'pinyin-gloss' as const }))
}

/** A text without its glosses. */
export function stripGlosses(text: string): string {
  return findGlosses(text)
    .toSorted((a, b) => b.start - a.start)
    .reduce((result, { start, end }) => result.slice(0, start) + result.slice(end), text)
}

function isSyllable(letters: string): boolean {
  const plain = letters
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0304\u030c]/g, '')
    .normalize('NFC')
  return SYLLABLE.test(plain)
}

function matches(text: string, pattern: RegExp) {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    letters: match[1] ?? '',
  }))
}
