/** The answer as programs get it: the contract of `POST /api/ask` and of a batch row. */
import type { Answer, Citation } from '../../domain/answer.ts'
import type { DocumentDate } from '../../domain/document.ts'
import type { AskReply } from './web-services.ts'

export interface AskJson {
  readonly id: string | number
  readonly kind: Answer['kind']
  readonly text: string
  readonly citations: readonly CitationJson[]
  readonly notices: readonly string[]
  readonly latency_ms: number
}

export interface CitationJson {
  /** Name of the source file. */
  readonly document: string
  readonly title: string
  /** As precise as the document is: 2014-03-13, 2014-03, 2014; null when it gives no date. */
  readonly issued_on: string | null
  readonly quote: string
}

/** Only what an answer rests on is a citation: the nearest passages of a not-found answer are in its text. */
export function askJson(id: string | number, { answer, text, latencyMs }: AskReply): AskJson {
  return {
    id,
    kind: answer.kind,
    text,
    citations: answer.kind === 'grounded' ? answer.citations.map(citationJson) : [],
    notices: answer.notices.map((notice) => notice.text),
    latency_ms: Math.round(latencyMs * 100) / 100,
  }
}

function citationJson(citation: Citation): CitationJson {
  return {
    document: citation.fileName,
    title: citation.documentTitle,
    issued_on: citation.issuedOn ? isoDate(citation.issuedOn) : null,
    quote: citation.quote,
  }
}

function isoDate({ on, precision }: DocumentDate): string {
  return on.toString().slice(0, { year: 4, month: 7, day: 10 }[precision])
}
