import { BadInputError } from '../errors.ts'

/** UTF-16 units. The longest question of the evaluation sets has under 200; this leaves room for a pasted paragraph. */
export const MAX_QUESTION_LENGTH = 2000

/**
 * A typed question, without what carries no words.
 *
 * @throws {BadInputError} for a question that is empty, without a letter or digit, or too long.
 */
export function cleanQuestion(question: string): string {
  const cleaned = dropInvisible(question)
  if (cleaned === '') throw new BadInputError('empty_question', '问题是空的，请写下您想问的事')
  if (cleaned.length > MAX_QUESTION_LENGTH) {
    const message = `问题太长（${cleaned.length} 字），请压缩到 ${MAX_QUESTION_LENGTH} 字以内，一次问一件事`
    throw new BadInputError('question_too_long', message)
  }
  if (!/[\p{L}\p{N}]/u.test(cleaned)) {
    throw new BadInputError('question_without_words', '没有看到文字，请用一句话写下您想问的事')
  }
  return cleaned
}

/**
 * Control characters become spaces; invisible ones (zero width, direction, tags) and halves of
 * surrogate pairs go: they can hide words from a reader or act on a terminal.
 */
export function dropInvisible(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu, '')
    .trim()
}
