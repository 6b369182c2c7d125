/** Characters that nobody sees (zero width, bidi controls, tags, controls), and white space that says nothing. */
import type { Edit } from '../text/mapped-text.ts'

const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f\udd00-\uddef]/g

const SPACE_RUN = /[^\S\n]*\n\s*|[^\S\n]{2,}|[^\S\n ]|^\s+|\s+$/g

/** Zero-width and control characters; \r is white space, not one of them. */
export function findInvisible(text: string): Edit[] {
  return [...text.matchAll(INVISIBLE)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    reason: 'invisible-character' as const,
  }))
}

/** Runs of white space: one line end if there is one in it, else one space; nothing at the ends of the text. */
export function findSpaces(text: string): Edit[] {
  return [...text.matchAll(SPACE_RUN)].flatMap((match) => {
    const end = match.index + match[0].length
    const isEdge = match.index === 0 || end === text.length
    const replacement = isEdge ? '' : match[0].includes('\n') ? '\n' : ' '
    if (match[0] === replacement) return []
    const span = { start: match.index, end, replacement }
    return [
      replacement.length < match[0].length ? { ...span, reason: 'white-space' as const } : span,
    ]
  })
}
