/** What the index takes from a document: the document without its tokens, and the words of each passage. */
import { type Passage, type StoredPassage, WORD_SEPARATOR } from '../domain/passage.ts'
import type { IndexableDocument, IndexedDocument, IndexedPassage } from './search-index.ts'

/** Without the tokens; passage texts become views of the document's text where they are its spans. */
export function keep(document: IndexableDocument): IndexedDocument {
  const { documentId, versionId, fileName, metadata, text, lists, facts } = document
  const passages = document.passages.map(({ start, end, ordinal, headings, text: own }) => {
    const view = text.slice(start, end)
    return { start, end, ordinal, headings, text: view === own ? view : own }
  })
  return { documentId, versionId, fileName, metadata, text, lists, facts, passages }
}

export function listTitles(document: IndexableDocument, passage: IndexedPassage): string {
  return document.lists
    .filter(({ span }) => span.start < passage.end && passage.start < span.end)
    .flatMap(({ title, aliases }) => [title, ...aliases])
    .join(' ')
}

export function wordsOf(passage: Passage | StoredPassage): string {
  return 'words' in passage ? passage.words : passage.tokens.join(WORD_SEPARATOR)
}
