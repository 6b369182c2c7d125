/**
 * The middle dot of 「中国梦·劳动美」 arrives as the letter o, a dot of another script or a Greek one
 * when a page changed its encoding. Inside quotation marks or book-title marks, between two Han
 * characters, such a letter can only be the dot.
 */
import type { Edit } from '../text/mapped-text.ts'

const QUOTED = /[“‘"「『《][^”’"」』》\n]{2,40}[”’"」』》]/gu
const BROKEN_DOT = /(?<=\p{Script=Han})[oOο˙∙⋅・･•](?=\p{Script=Han})/gu

export function findBrokenDots(text: string): Edit[] {
  return [...text.matchAll(QUOTED)].flatMap((quoted) =>
    [...quoted[0].matchAll(BROKEN_DOT)].map((dot) => ({
      start: quoted.index + dot.index,
      end: quoted.index + dot.index + 1,
      replacement: '·',
    })),
  )
}
