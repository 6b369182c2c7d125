/** What is known about a document, as a form: everything that was read can be put right by an admin. */
import { html } from 'hono/html'
import { z } from 'zod'
import type {
  DocumentKind,
  DocumentMetadata,
  DocumentVersion,
  Validity,
} from '../../domain/document.ts'
import { READERSHIPS } from '../../domain/person.ts'
import { BadInputError } from '../../errors.ts'
import { KIND_NAMES, READERSHIP_NAMES } from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import type { ConsoleServices } from '../console-services.ts'
import { parseForm } from '../parse-form.ts'

/** Written into validity when an admin sets it: where the interval comes from. */
const SET_BY_ADMIN = '管理员设定'

const text = z
  .string()
  .max(500)
  .transform((value) => value.trim())
const day = z
  .string()
  .refine((value) => value === '' || isDay(value), '日期要写成 2026-11-21 这样')
  .transform((value) => (value === '' ? undefined : Temporal.PlainDate.from(value)))

const schema = z.object({
  title: text.refine((value) => value !== '', '标题不能空'),
  kind: z.enum(Object.keys(KIND_NAMES) as [DocumentKind, ...DocumentKind[]], '请选择文件种类'),
  issuer: text,
  number: text,
  issued_on: day,
  region: text,
  readable_by: z.enum(READERSHIPS, '请选择谁能看'),
  valid_from: day,
  valid_to: day,
  source: text,
})

/**
 * The metadata with what the form says. What was not touched keeps its precision and its basis.
 *
 * @throws {BadInputError}
 */
export function correctMetadata(
  current: DocumentMetadata,
  fields: URLSearchParams,
  { resolvePlace }: Pick<ConsoleServices, 'resolvePlace'>,
): DocumentMetadata {
  const form = parseForm(schema, fields)
  const place = form.region === '' ? undefined : resolvePlace(form.region)
  if (form.region !== '' && !place) {
    throw new BadInputError(
      'unknown_region',
      `不认识地区「${form.region}」，请写省市县的名称（如 甘肃平凉）或六位区划代码`,
    )
  }
  const {
    issuer: _issuer,
    number: _number,
    issuedOn,
    jurisdictionCode: _code,
    source: _source,
    ...kept
  } = current
  const isSameDay = issuedOn && form.issued_on?.equals(issuedOn.on)
  const date = form.issued_on && { on: form.issued_on, precision: 'day' as const }
  const dated = isSameDay ? issuedOn : date
  return {
    ...kept,
    title: form.title,
    kind: form.kind,
    readableBy: form.readable_by,
    validity: correctedValidity(current.validity, form.valid_from, form.valid_to),
    ...(form.issuer && { issuer: form.issuer }),
    ...(form.number && { number: form.number }),
    ...(dated && { issuedOn: dated }),
    ...(place && { jurisdictionCode: place.code }),
    ...(form.source && { source: form.source }),
  }
}

function correctedValidity(
  current: Validity,
  from: Temporal.PlainDate | undefined,
  to: Temporal.PlainDate | undefined,
): Validity {
  if (from && to && Temporal.PlainDate.compare(from, to) > 0) {
    throw new BadInputError('bad_validity', '有效期的开始晚于结束，请检查')
  }
  const isSame =
    from?.toString() === current.from?.toString() && to?.toString() === current.to?.toString()
  return isSame ? current : { ...(from && { from }), ...(to && { to }), basis: SET_BY_ADMIN }
}

export function metadataForm(
  { versionId, metadata }: DocumentVersion,
  { placeByCode }: Pick<ConsoleServices, 'placeByCode'>,
): Html {
  const { issuedOn, validity, jurisdictionCode } = metadata
  const place = jurisdictionCode && placeByCode(jurisdictionCode)?.name
  const input = (name: string, label: string, value: string | undefined, more: Html | '' = '') =>
    html`<label>${label}<input name="${name}" value="${value ?? ''}" maxlength="500">${more}</label>`
  const date = (
    name: string,
    label: string,
    value: Temporal.PlainDate | undefined,
    more: Html | '' = '',
  ) =>
    html`<label>${label}<input type="date" name="${name}" value="${value?.toString() ?? ''}">${more}</label>`
  return html`<form method="post" action="/console/documents/${encodeURIComponent(versionId)}/describe" class="grid-form">
${input('title', '标题', metadata.title)}
<label>种类<select name="kind">${Object.entries(KIND_NAMES).map(([kind, name]) => option(kind, name, metadata.kind))}</select></label>
${input('issuer', '发文机关', metadata.issuer)}
${input('number', '文号', metadata.number)}
${date('issued_on', '日期', issuedOn?.on, issuedOn?.inferredFrom ? html`<small>年份是推定的，依据「${issuedOn.inferredFrom}」</small>` : '')}
${input('region', '地区', place)}
<label>谁能看<select name="readable_by">${READERSHIPS.map((readership) => option(readership, READERSHIP_NAMES[readership], metadata.readableBy))}</select></label>
${input('source', '来源', metadata.source)}
${date('valid_from', '有效期从', validity.from)}
${date('valid_to', '有效期到', validity.to, html`<small>${validity.basis}</small>`)}
<div class="grid-form__end"><button>保存信息</button></div></form>`
}

const option = (value: string, label: string, current: string): Html =>
  html`<option value="${value}" ${value === current ? 'selected' : ''}>${label}</option>`

function isDay(value: string): boolean {
  try {
    return Temporal.PlainDate.from(value).toString() === value
  } catch {
    return false
  }
}
