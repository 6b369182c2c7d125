/** Whether a document speaks for other years than the one the question insists on. */
import { coversYear } from '../retrieval/document-standing.ts'
import type { IndexedDocument } from '../retrieval/search-index.ts'
import type { UnderstoodQuestion } from '../retrieval/understand-question.ts'

/** `text` is the sentence that would answer: a year it names itself counts. */
export function wrongYear(
  document: IndexedDocument,
  text: string,
  question: Pick<UnderstoodQuestion, 'years'>,
): boolean {
  const { years } = question
  return (
    years.length > 0 &&
    years.every((year) => coversYear(document, year) === false && !namesYear(document, text, year))
  )
}

/** 去年 in a report of 2026 is 2025. */
function namesYear({ metadata }: IndexedDocument, text: string, year: number): boolean {
  const written = metadata.issuedOn?.on.year
  const before = /去年|上年/.test(text) ? -1 : 0
  const after = /明年|来年/.test(text) ? 1 : 0
  return (
    text.includes(`${year}`) ||
    (written !== undefined && before + after !== 0 && written + before + after === year)
  )
}
