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
    years.every((year) => coversYear(document, year) === false && !text.includes(`${year}`))
  )
}
