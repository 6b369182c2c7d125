/**
 * Text of others inside a card's markdown. The platform's markdown knows HTML-like tags (`<at>`,
 * `<font>`), so a document or a person could otherwise mention everybody or draw a false link.
 * Only what has a meaning where it stands is escaped: a quotation stays readable in the JSON.
 */

/** Controls, zero-width characters, bidirectional overrides, tag characters: nothing of it is text. */
const INVISIBLE =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]|[\u{E0000}-\u{E007F}]/gu

export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(INVISIBLE, '')
}

/**
 * For text messages and plain texts of a card. Their one markup that others could abuse is
 * `<at user_id="all">`: a full-width bracket keeps it readable and dead.
 */
export const plainText = (text: string) => cleanText(text).replace(/<(?=\/?at\b)/gi, '\uFF1C')

export function escapeMarkdown(text: string): string {
  return cleanText(text)
    .replace(/&(?=#?\w{1,10};)/g, '&#38;')
    .replace(/</g, '&#60;')
    .replace(/\*/g, '&#42;')
    .replace(/`/g, '&#96;')
    .replace(/~(?=~)|(?<=~)~/g, '&#126;')
    .replace(/_(?=_)|(?<=_)_/g, '&#95;')
    .replace(/!(?=\[)/g, '&#33;')
    .replace(/\](?=\()/g, '&#93;')
    .replace(/\]\(/g, '&#93;(')
    .replace(/\|/g, '&#124;')
    .replace(/:(?=[A-Za-z]{1,30}:)/g, '&#58;') // :OK: would become an emoji
    .replace(LINE_MARKS, (mark) => `&#${mark.charCodeAt(0)};`)
}

/** What makes a heading, a quotation, a rule or a list at the beginning of a line. */
const LINE_MARKS = /(?<=^[^\S\n]*)(?:#(?=#*\s)|>|[-+](?=\s)|-(?=--)|=(?==))/gm

/** A whole line in bold, as a sub-heading. */
export const bold = (text: string) => `**${escapeMarkdown(text).replace(/\n+/g, ' ').trim()}**`

/** Colour, because bold breaks beside Chinese punctuation (the flanking rule of CommonMark). */
export const coloured = (colour: 'blue' | 'grey' | 'orange', escaped: string) =>
  `<font color='${colour}'>${escaped}</font>`

/** `[2]` in an answer that has at least two quotations → a round citation mark. */
export function citationMarks(escaped: string, citations: number): string {
  return escaped.replace(/\[(\d{1,2})\](?!\()/g, (mark, number) =>
    Number(number) >= 1 && Number(number) <= citations
      ? `<number_tag>${number}</number_tag>`
      : mark,
  )
}
