/** Makes a citation of a span of a document: the quote is the cleaned text, character for character. */
import type { Citation } from '../domain/answer.ts'
import type { Gazetteer } from '../domain/jurisdiction.ts'
import type { Span } from '../domain/span.ts'
import type { IndexedDocument } from '../retrieval/search-index.ts'

export function cite(
  document: IndexedDocument,
  span: Span,
  gazetteer: Gazetteer,
  highlight?: string,
): Citation {
  const { metadata } = document
  const place =
    metadata.jurisdictionCode === undefined
      ? undefined
      : gazetteer.byCode(metadata.jurisdictionCode)
  return {
    documentId: document.documentId,
    versionId: document.versionId,
    documentTitle: metadata.title,
    fileName: document.fileName,
    ...(metadata.issuer !== undefined && { issuer: metadata.issuer }),
    ...(metadata.issuedOn !== undefined && { issuedOn: metadata.issuedOn }),
    ...(place !== undefined && { jurisdictionName: place.name }),
    ...(metadata.source !== undefined && { source: metadata.source }),
    sample: metadata.sample,
    span,
    quote: document.text.slice(span.start, span.end),
    ...(highlight !== undefined && { highlight }),
  }
}
