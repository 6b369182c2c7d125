/** Markdown marks its emphasis and links with characters that are no part of the text; where a link leads is none either. */
import type { MarkedRange } from './source-text.ts'

const LOOKS_LIKE_MARKDOWN =
  /^#{1,6}\s|\]\([^)\s]+\)|\*\*[^*\n]+\*\*|^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|/m
const MARKS: readonly RegExp[] = [
  /!\[[^\]\n]*\]\([^)\n]*\)/g,
  /(?<=\[[^\]\n]{1,200})\]\([^)\n]*\)/g,
  /(?<!!)\[(?=[^\]\n]{1,200}\]\([^)\n]*\))/g,
  /\*\*|__(?=\S)|(?<=\S)__/g,
  /^(?=[^\n|]*\|)[ \t|:-]*---[ \t|:-]*$/gm,
  /<!--[\s\S]*?-->/g,
]

export function markMarkdown(content: string): MarkedRange[] {
  if (!LOOKS_LIKE_MARKDOWN.test(content)) return []
  return MARKS.flatMap((mark) =>
    [...content.matchAll(mark)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      reason: match[0].startsWith('<!--') ? ('hidden-text' as const) : ('page-chrome' as const),
    })),
  )
}
