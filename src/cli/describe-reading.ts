/** What a file was read as: for the person who is about to publish it, and for programs. */
import type { Cut, CutReason, DocumentDate, DocumentReading } from '../domain/document.ts'
import type { Gazetteer } from '../domain/jurisdiction.ts'
import { KIND_NAMES } from '../http/format-document.ts'

const CUT_NAMES: Readonly<Record<CutReason, string>> = {
  'pinyin-gloss': '拼音注音',
  'page-chrome': '网页栏目和版权行',
  'repeated-passage': '重复的段落',
  'repeated-title': '重复的标题',
  'hidden-text': '看不见的文字',
  'invisible-character': '不可见字符',
  secret: '密码和个人号码',
  'white-space': '多余的空白',
}

const BOUND_NAMES = { exact: '', 'at-least': '以上', 'at-most': '以内', about: '左右' } as const

/** Items shown of each kind before 「还有」. */
const MOST_SHOWN = 40

export function describeReading(reading: DocumentReading, gazetteer: Gazetteer): string {
  const { metadata, text } = reading
  const place = metadata.jurisdictionCode && gazetteer.byCode(metadata.jurisdictionCode)?.name
  return [
    `《${metadata.title}》  ${reading.fileName}`,
    ...rows({
      发文机关: metadata.issuer,
      文号: metadata.number,
      日期: metadata.issuedOn && writeDate(metadata.issuedOn),
      地区: place || undefined,
      种类: KIND_NAMES[metadata.kind],
      来源: metadata.source,
      有效期: writeValidity(reading),
    }),
    `  正文 ${text.length} 字，分 ${reading.passages.length} 段；剪掉：${describeCuts(reading)}`,
    ...section('剪掉的', reading.cuts.filter(isTold), ({ reason, text: cut }) => {
      return `${CUT_NAMES[reason]}：「${shorten(cut)}」`
    }),
    ...section('段落', reading.passages, ({ headings, text: passage }) => {
      return [...headings, shorten(passage)].join(' › ')
    }),
    ...section('清单', reading.lists, ({ title, items, declaredCount }) => {
      const count =
        declaredCount === undefined || declaredCount === items.length
          ? ''
          : `，文中说 ${declaredCount} 项`
      return `${title || '（无标题）'}（${items.length} 项${count}）：${items.map((item) => item.text).join('；')}`
    }),
    ...section(
      '数字',
      reading.facts,
      ({ subject, value, unit, bound, damaged }) =>
        `${subject}：${value}${unit}${BOUND_NAMES[bound]}${damaged ? '（疑有缺字，不会当作事实回答）' : ''}`,
    ),
    ...section('任务', reading.proposals, ({ title, owner, deadline, target }) =>
      [title, owner, deadline?.phrase, target && `${target.value}${target.unit}`]
        .filter(Boolean)
        .join(' | '),
    ),
    ...section('请看一眼', reading.warnings, ({ message }) => message),
  ].join('\n')
}

/** White space and invisible signs are counted, but nobody reads them one by one. */
const isTold = ({ reason }: Cut) => reason !== 'white-space' && reason !== 'invisible-character'

/** Characters of a passage or a cut that are shown: enough to find it. */
const SHOWN = 40

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN)}…`
}

function rows(entries: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(entries).flatMap(([name, value]) => (value ? [`  ${name}：${value}`] : []))
}

function section<T>(name: string, items: readonly T[], describe: (item: T) => string): string[] {
  if (items.length === 0) return []
  const shown = items.slice(0, MOST_SHOWN).map((item) => `    · ${describe(item)}`)
  const more = items.length > shown.length ? [`    · 还有 ${items.length - shown.length} 项`] : []
  return [`  ${name}：`, ...shown, ...more]
}

function describeCuts({ cuts }: DocumentReading): string {
  const counts = Map.groupBy(cuts, ({ reason }) => reason)
  const named = [...counts].map(([reason, those]) => `${CUT_NAMES[reason]} ${those.length} 处`)
  return named.join('、') || '无'
}

function writeValidity({ metadata: { validity } }: DocumentReading): string {
  const { from, to, basis } = validity
  return `${from ?? '不限'} 至 ${to ?? '不限'}（${basis}）`
}

function writeDate({ on, precision, inferredFrom }: DocumentDate): string {
  const shown = { day: on.toString(), month: on.toString().slice(0, 7), year: String(on.year) }[
    precision
  ]
  return inferredFrom === undefined ? shown : `${shown}（年份由「${inferredFrom}」推定）`
}
