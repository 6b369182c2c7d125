/**
 * A new version of a document keeps what an admin has put right in the one before and its own text
 * does not say: place, issuer, number, source. Who may read it never grows wider by itself: only
 * the file's own word or an admin opens a document again.
 */
import type { DocumentMetadata, DocumentReading } from '../domain/document.ts'
import { READERSHIPS, type Readership } from '../domain/person.ts'

const NAMES = {
  jurisdictionCode: '地区',
  issuer: '发文机关',
  number: '文号',
  source: '来源',
} as const
type Kept = keyof typeof NAMES
const KEPT = Object.keys(NAMES) as Kept[]

export function keepCorrections(
  reading: DocumentReading,
  previous: DocumentMetadata,
): DocumentReading {
  const { metadata, warnings } = reading
  const asksPlace = !warnings.some(({ code }) => code === 'place_unknown')
  const kept = KEPT.filter(
    (field) =>
      metadata[field] === undefined &&
      previous[field] !== undefined &&
      (field !== 'jurisdictionCode' || asksPlace),
  )
  const readableBy = reading.saysReaders
    ? metadata.readableBy
    : narrower(metadata.readableBy, previous.readableBy)
  const names = [
    ...kept.map((field) => NAMES[field]),
    ...(readableBy === metadata.readableBy ? [] : ['谁能看']),
  ]
  if (names.length === 0) return reading
  const message = `文中没有写的，沿用了上一版：${names.join('、')}。请核对。`
  return {
    ...reading,
    metadata: {
      ...metadata,
      readableBy,
      ...Object.fromEntries(kept.map((field) => [field, previous[field]])),
    },
    warnings: [
      ...warnings.filter(
        ({ code }) => code !== 'place_missing' || !kept.includes('jurisdictionCode'),
      ),
      { code: 'kept_from_previous', message },
    ],
  }
}

function narrower(one: Readership, other: Readership): Readership {
  return READERSHIPS.indexOf(one) >= READERSHIPS.indexOf(other) ? one : other
}
