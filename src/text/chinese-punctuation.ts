/**
 * Half-width punctuation beside Chinese characters turned full-width, as Chinese readers expect it. For
 * what the bot says itself; a quotation keeps the document's own characters.
 */
const FULL_WIDTH: Readonly<Record<string, string>> = {
  ',': '，',
  ':': '：',
  ';': '；',
  '?': '？',
  '!': '！',
  '(': '（',
  ')': '）',
}

const HAN = '[\\u3400-\\u9fff》”」。)]'
const BESIDE_HAN = new RegExp(`(?<=${HAN})[,:;?!(]|[,:;?!()](?=${HAN})|(?<=${HAN}|\\d)\\)`, 'gu')

export function chinesePunctuation(text: string): string {
  return text.replace(BESIDE_HAN, (mark, offset: number) =>
    /\d[,:]$/.test(text.slice(offset - 1, offset + 1)) && /\d/.test(text.charAt(offset + 1))
      ? mark
      : (FULL_WIDTH[mark] ?? mark),
  )
}
