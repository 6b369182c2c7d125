/**
 * Which documents in force a new one seems to end: it says so (原《…》同时废止), it is a revision
 * (《…》(修订)), or it is the same plan for a later year. A suggestion only: an admin confirms it.
 */
import type { DocumentMetadata, DocumentReading, DocumentSummary } from '../domain/document.ts'
import type { Span } from '../domain/span.ts'
import { foldWithoutSpaces } from '../text/fold-for-matching.ts'
import { splitSentences } from '../text/split-sentences.ts'

export interface SupersessionSuggestion {
  readonly older: DocumentSummary
  readonly reason: 'repealed' | 'card' | 'later-year'
  /** Where the newer text says so, when it does. */
  readonly span?: Span
  /** Plain Chinese, for the admin. */
  readonly explanation: string
}

/** Words by which a document ends another. */
const REPEAL = /废止|停止执行|不再执行|宣布失效|同时失效/
const NAMED = /《([^《》]+(?:《[^《》]+》[^《》]*)*)》/g
const NUMBER = /[\p{Script=Han}]{1,12}[〔[(（]\s*\d{4}\s*[〕\])）]\s*\d+\s*号/gu
const REVISION =
  /[(（]?(?:20\d{2}年?)?(?:第[一二三四五六七八九十\d]+次)?(?:修订|修正|修改)(?:版|稿|本)?[)）]?/g
const YEAR = /(?:20\d{2}|二[〇零○]\S{2})年?(?:度)?/g
/** A title of which less is left (办法, 通知) names no document. */
const SHORTEST_BASE_TITLE = 4

type Newer = Pick<DocumentReading, 'text' | 'metadata'>

/** Suggestions for what `newer` ends among `inForce`, each document once, the surest reason first. */
export function suggestSupersession(
  newer: Newer,
  inForce: readonly DocumentSummary[],
): readonly SupersessionSuggestion[] {
  const repeals = repealSentences(newer.text)
  return inForce.flatMap(
    (older) => repealed(repeals, older) ?? card(newer, older) ?? laterYear(newer, older) ?? [],
  )
}

interface RepealSentence {
  readonly span: Span
  readonly titles: readonly string[]
  readonly numbers: readonly string[]
}

function repealSentences(text: string): readonly RepealSentence[] {
  return splitSentences(text).flatMap((span) => {
    const sentence = text.slice(span.start, span.end)
    if (!REPEAL.test(sentence)) return []
    const titles = [...sentence.matchAll(NAMED)].map(([, title = '']) => baseTitle(title))
    const numbers = [...sentence.matchAll(NUMBER)].map(([number]) => plainNumber(number))
    return [{ span, titles, numbers }]
  })
}

function repealed(
  sentences: readonly RepealSentence[],
  older: DocumentSummary,
): SupersessionSuggestion | undefined {
  const { title, number } = older.metadata
  const base = baseTitle(title)
  const sentence = sentences.find(
    ({ titles, numbers }) =>
      titles.some((named) => base === named || (named.length >= 8 && base.endsWith(named))) ||
      (number !== undefined && numbers.some((named) => named.endsWith(plainNumber(number)))),
  )
  if (!sentence) return undefined
  const explanation = `新文件写明废止《${title}》。`
  return { older, reason: 'repealed', span: sentence.span, explanation }
}

function card(newer: Newer, older: DocumentSummary): SupersessionSuggestion | undefined {
  const { title } = newer.metadata
  if (title.replace(REVISION, '') === title || !sameOffice(newer.metadata, older.metadata)) {
    return undefined
  }
  if (baseTitle(title) !== baseTitle(older.metadata.title)) return undefined
  if (!isLater(newer.metadata, older.metadata)) return undefined
  const explanation = `新文件是《${older.metadata.title}》的修订版。`
  return { older, reason: 'card', explanation }
}

function laterYear(newer: Newer, older: DocumentSummary): SupersessionSuggestion | undefined {
  if (!sameOffice(newer.metadata, older.metadata)) return undefined
  const base = baseTitle(newer.metadata.title)
  if (base.length < SHORTEST_BASE_TITLE || base !== baseTitle(older.metadata.title))
    return undefined
  const [later, earlier] = [yearOf(newer.metadata), yearOf(older.metadata)]
  if (later === undefined || earlier === undefined || later <= earlier) return undefined
  const explanation = `同名文件的新年度：${earlier} 年 → ${later} 年。`
  return { older, reason: 'later-year', explanation }
}

/** A title without its year, its marks of revision and trial, and its brackets. */
function baseTitle(title: string): string {
  return foldWithoutSpaces(title)
    .replace(REVISION, '')
    .replace(YEAR, '')
    .replace(/[(（](?:试行|暂行|草案)[)）]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

const plainNumber = (number: string) => foldWithoutSpaces(number).replace(/[^\p{L}\p{N}]+/gu, '-')

const yearOf = ({ planYear, issuedOn }: DocumentMetadata) => planYear ?? issuedOn?.on.year

/** Not two offices for certain: what only one of them gives does not tell them apart. */
function sameOffice(a: DocumentMetadata, b: DocumentMetadata): boolean {
  return same(a.issuer, b.issuer) && same(a.jurisdictionCode, b.jurisdictionCode)
}

const same = <T>(a: T | undefined, b: T | undefined) =>
  a === undefined || b === undefined || a === b

function isLater(a: DocumentMetadata, b: DocumentMetadata): boolean {
  if (a.issuedOn === undefined || b.issuedOn === undefined) return true
  return Temporal.PlainDate.compare(a.issuedOn.on, b.issuedOn.on) >= 0
}
