/**
 * 看原文, where a channel shows words only: the passage around a quotation, with the headings above it
 * and where in the document it stands. Who may not read the document, or reads along in a group, is
 * told no more than that it is gone.
 */
import type { Answer, Citation } from '../domain/answer.ts'
import type { DocumentVersion } from '../domain/document.ts'
import type { Action, Block, OutboundMessage } from '../domain/message.ts'
import { mayRead, type Role } from '../domain/person.ts'
import { sourceLine } from './render-answer.ts'

export const READ_SOURCE = 'read-source'

/** Quotations of one answer that are looked up. */
const MOST_SOURCES = 3

/** The choice; undefined for an answer that quotes nothing. `answerId` travels along for what is pressed next. */
export function readSourceAction(answerId: string, answer: Answer): Action | undefined {
  if (answer.kind === 'refused') return undefined
  const citations = answer.kind === 'grounded' ? answer.citations : answer.nearest
  if (citations.length === 0) return undefined
  const places = citations.slice(0, MOST_SOURCES).map(writePlace).join(' ')
  return { label: '看原文', name: READ_SOURCE, values: { answer: answerId, places } }
}

export interface SourceTools {
  readonly role: Role
  readonly version: (versionId: string) => Promise<DocumentVersion | undefined>
}

export async function readSource(
  values: Readonly<Record<string, string>>,
  { role, version }: SourceTools,
): Promise<OutboundMessage> {
  const places = (values['places'] ?? '').split(' ').flatMap(parsePlace)
  const found = await Promise.all(
    places.map(async (place) => {
      const document = await version(place.versionId)
      const isOpen = document?.status === 'in-force' || document?.status === 'superseded'
      if (!document || !isOpen || !mayRead(role, document.metadata.readableBy)) return []
      return [showPlace(document, place)]
    }),
  )
  const shown = found.flat()
  return {
    blocks: shown.length > 0 ? shown.flat() : [{ kind: 'paragraph', text: GONE }],
  }
}

const GONE = '这段原文现在看不到了，文件可能已经撤下。请重新问一次。'

interface Place {
  readonly versionId: string
  readonly start: number
  readonly end: number
}

const writePlace = ({ versionId, span }: Citation) => `${versionId}:${span.start}-${span.end}`

function parsePlace(text: string): Place[] {
  const [, versionId, start, end] = /^(.+):(\d+)-(\d+)$/.exec(text) ?? []
  return versionId === undefined ? [] : [{ versionId, start: Number(start), end: Number(end) }]
}

/** Whole passages, so that the sentence before and after can be read too. */
function showPlace(document: DocumentVersion, { start, end }: Place): Block[] {
  const { passages, metadata, text } = document
  const touched = passages.filter((passage) => passage.start < end && passage.end > start)
  const [first] = touched
  const last = touched.at(-1)
  const quoted = first && last ? text.slice(first.start, last.end) : text.slice(start, end)
  const where = [
    ...(first?.headings ?? []),
    ...(first ? [`第 ${first.ordinal + 1} 段，全文共 ${passages.length} 段`] : []),
  ].join(' › ')
  const source = sourceLine({ ...metadata, documentTitle: metadata.title })
  return [
    { kind: 'quote', text: quoted.trim(), source },
    ...(where === '' ? [] : [{ kind: 'paragraph', text: `位置：${where}` } as const]),
  ]
}
