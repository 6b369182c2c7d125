/**
 * What a text says about itself: title, issuer, number, date, place, kind, period, source. What an admin
 * wrote in the front matter, or passed as an option, comes before what is read.
 */
import type { DocumentDate, DocumentMetadata, ReadingWarning } from '../domain/document.ts'
import type { Gazetteer } from '../domain/jurisdiction.ts'
import { classifyKind, readPlanYear } from './classify-kind.ts'
import type { FrontMatter } from './read-front-matter.ts'
import { parseIsoDate, readIssueDate } from './read-issue-date.ts'
import { readIssuer } from './read-issuer.ts'
import { readNumber } from './read-number.ts'
import { readPlace } from './read-place.ts'
import { readSourceName } from './read-source-name.ts'
import { readTitle } from './read-title.ts'
import { readValidity } from './read-validity.ts'

export interface MetadataSources {
  readonly text: string
  /** What was cut as page chrome, in simplified script. */
  readonly chrome: readonly string[]
  readonly frontMatter: FrontMatter
  /** Title that the format itself gives: h1, Word's title style. */
  readonly titleHint?: string | undefined
  readonly url?: string | undefined
}

export function readMetadata(
  sources: MetadataSources,
  gazetteer: Gazetteer,
): { metadata: DocumentMetadata; warnings: ReadingWarning[] } {
  const { text, chrome, frontMatter } = sources
  const title = frontMatter.title ?? readTitle(text, chrome, sources.titleHint)
  const kind = frontMatter.kind ?? classifyKind(title, text)
  const plan = readPlanYear(kind, title, text)
  const issuedOn = writtenDate(frontMatter) ?? readIssueDate({ text, chrome, kind, plan })
  const code = placeOf(sources, title, gazetteer)
  return {
    metadata: {
      title,
      kind,
      readableBy: frontMatter.readable_by ?? 'all',
      validity: readValidity({ title, text, kind, issuedOn, planYear: plan?.year }),
      sample: frontMatter.sample ?? false,
      ...readOrigin(sources, code, gazetteer),
      ...(issuedOn && { issuedOn }),
      ...(code && { jurisdictionCode: code }),
      ...(plan && { planYear: plan.year }),
    },
    warnings: [...dateWarnings(issuedOn, frontMatter), ...placeWarnings(code, frontMatter)],
  }
}

function writtenDate({ issued_on: written }: FrontMatter): DocumentDate | undefined {
  return written === undefined ? undefined : parseIsoDate(written)
}

/** A region that an admin wrote and nobody knows is not replaced by a guess. */
function placeOf(
  sources: MetadataSources,
  title: string,
  gazetteer: Gazetteer,
): string | undefined {
  const { region } = sources.frontMatter
  if (region !== undefined) return gazetteer.resolve(region)?.code
  return readPlace(title, sources.text, sources.chrome, gazetteer)
}

/** Who issued it under which number, and where it was taken from. */
function readOrigin(
  { text, chrome, frontMatter, url }: MetadataSources,
  code: string | undefined,
  gazetteer: Gazetteer,
): Pick<DocumentMetadata, 'issuer' | 'number' | 'source'> {
  const place = code === undefined ? undefined : gazetteer.byCode(code)
  const issuer = frontMatter.issuer ?? readIssuer(text, chrome, place, gazetteer)
  const number = frontMatter.number ?? readNumber(text)
  const source = frontMatter.source ?? readSourceName(text, chrome) ?? url
  return { ...(issuer && { issuer }), ...(number && { number }), ...(source && { source }) }
}

function dateWarnings(
  issuedOn: DocumentDate | undefined,
  frontMatter: FrontMatter,
): ReadingWarning[] {
  if (issuedOn === undefined) {
    const message =
      frontMatter.issued_on === undefined
        ? '没有读到发布日期。请补填；不填的话，回答会注明「日期不详」。'
        : `看不懂日期「${frontMatter.issued_on}」。请写成 2014-03-13 这样。`
    return [{ code: 'date_missing', message }]
  }
  if (issuedOn.inferredFrom === undefined) return []
  return [
    {
      code: 'year_inferred',
      message: `原文没有写年份。根据「${issuedOn.inferredFrom}」推断为 ${issuedOn.on.year} 年，请核对。`,
    },
  ]
}

function placeWarnings(code: string | undefined, frontMatter: FrontMatter): ReadingWarning[] {
  if (code !== undefined) return []
  if (frontMatter.region === undefined) {
    const message = '没有读到属于哪个地方。请补填；不填的话，回答时按不限地区处理。'
    return [{ code: 'place_missing', message }]
  }
  const message = `「${frontMatter.region}」不是一个省、市或县，没有按它归类。请写一个地方，如 甘肃省/平凉市。`
  return [{ code: 'place_unknown', message }]
}
