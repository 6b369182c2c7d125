/** Documents for tests of the index: words are what stands between spaces. */
import type { IndexableDocument } from '../../src/retrieval/search-index.ts'

/** Words are divided by spaces here: how a text is cut is not this file's business. */
export const wordsBySpaces = {
  tokens: (text: string) => text.split(/\s+/).filter((word) => word !== ''),
}

/** A document in force whose passages are the given texts, one a line. */
export function documentOf(
  versionId: string,
  title: string,
  ...texts: string[]
): IndexableDocument {
  const text = texts.join('\n')
  let start = 0
  const passages = texts.map((own, ordinal) => {
    const passage = {
      start,
      end: start + own.length,
      ordinal,
      headings: [],
      text: own,
      tokens: wordsBySpaces.tokens(own),
    }
    start += own.length + 1
    return passage
  })
  return {
    documentId: versionId,
    versionId,
    fileName: `${versionId}.txt`,
    metadata: { title, kind: 'plan', readableBy: 'all', validity: { basis: '' }, sample: false },
    text,
    passages,
    lists: [],
    facts: [],
  }
}
