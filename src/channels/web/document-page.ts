/**
 * One document as the bot read it, with the quoted sentence marked in its place. The other view is the
 * original with everything that was cut struck through, so that anybody can check the reading.
 */
import { html } from 'hono/html'
import type { Cut, DocumentMetadata, DocumentVersion } from '../../domain/document.ts'
import type { Span } from '../../domain/span.ts'
import {
  CUT_NAMES,
  formatDate,
  formatValidity,
  isOver,
  STATUS_NAMES,
} from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import type { Assets } from '../../http/load-assets.ts'
import { spanInOriginal } from '../../http/map-span.ts'
import { markParagraphs, markText } from '../../http/mark-text.ts'
import { pageShell } from '../../http/page-shell.ts'
import { siteHeader } from './site-header.ts'
import type { WebServices } from './web-services.ts'

export interface DocumentView {
  readonly nonce: string | undefined
  readonly assets: Assets
  /** Whether this visitor is shown the way to the console. */
  readonly hasConsole: boolean
  readonly services: Pick<WebServices, 'contact' | 'placeByCode' | 'today'>
  readonly version: DocumentVersion
  readonly view: 'cleaned' | 'original'
  /** The quoted range of the cleaned text. */
  readonly span?: Span
}

export function documentPage(view: DocumentView): Html {
  const { assets, services, version } = view
  const { metadata } = version
  return pageShell({
    title: `${metadata.title} · 娘家人`,
    nonce: view.nonce,
    stylesheets: [assets.address('base.css'), assets.address('app.css')],
    icon: assets.address('icon.svg'),
    body: html`
${siteHeader({ contact: services.contact, here: 'documents', hasConsole: view.hasConsole })}
<main class="document">
<p class="back"><a href="/">← 回到提问</a></p>
<h1>${metadata.title}${metadata.sample && html` <span class="chip">示例</span>`}</h1>
${standing(view)}
${facts(metadata, view)}
${viewSwitch(view)}
<article class="document__text document__text--${view.view}">${view.view === 'cleaned' ? cleanedText(view) : originalText(view)}</article>
</main>`,
  })
}

/** Said above the text when it must not be taken for today's rule. */
function standing({ version, services }: DocumentView): Html | undefined {
  if (version.status === 'superseded') {
    return html`<p class="notice notice--superseded">这一版已被新版代替，只供查对。</p>`
  }
  if (isOver(version.metadata.validity, services.today())) {
    return html`<p class="notice notice--expired">这份文件说的时期已经过去，不能当作现在的规定。</p>`
  }
  return undefined
}

function facts(metadata: DocumentMetadata, { version, services }: DocumentView): Html {
  const { issuedOn, jurisdictionCode, validity, sample } = metadata
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['发文机关', metadata.issuer],
    ['文号', metadata.number],
    ['日期', issuedOn ? formatDate(issuedOn) : '文件没有写明'],
    ['年份依据', issuedOn?.inferredFrom && `推定，依据原文「${issuedOn.inferredFrom}」`],
    ['地区', jurisdictionCode && services.placeByCode(jurisdictionCode)?.name],
    ['有效期', `${formatValidity(validity)}${validity.basis && `（${validity.basis}）`}`],
    ['来源', sample ? '自拟示例' : metadata.source],
    ['文件名', version.fileName],
    ['版本', `第 ${version.version} 版，${STATUS_NAMES[version.status]}`],
  ]
  return html`<dl class="facts">${rows.map(
    ([label, value]) => value && html`<div><dt>${label}</dt><dd>${value}</dd></div>`,
  )}</dl>`
}

function viewSwitch({ version, view, span }: DocumentView): Html {
  const at = span ? `at=${span.start}-${span.end}` : ''
  const address = (other: string) =>
    `/documents/${encodeURIComponent(version.versionId)}?${[at, other].filter(Boolean).join('&')}#quote`
  const current = (name: typeof view) => (name === view ? 'true' : 'false')
  return html`<nav class="view-switch" aria-label="看哪一种文字">
<a href="${address('')}" aria-current="${current('cleaned')}">整理后的文字</a>
<a href="${address('view=original')}" aria-current="${current('original')}">原文和删去的部分</a>
</nav>
<p class="view-note">${view === 'cleaned' ? cleanedNote(version.cuts) : cutSummary(version.cuts)}</p>`
}

function cleanedNote(cuts: readonly Cut[]): string {
  return cuts.length === 0
    ? '文字与原文一致，没有删去内容。'
    : `整理时去掉了 ${cuts.length} 处杂项，没有改写内容。`
}

/** 拼音注音 210 处、重复的段落 1 处: the struck-through pieces by reason. */
function cutSummary(cuts: readonly Cut[]): string {
  const counts = Map.groupBy(cuts, ({ reason }) => reason)
  const parts = [...counts].map(([reason, of]) => `${CUT_NAMES[reason]} ${of.length} 处`)
  return parts.length === 0 ? '没有删去内容。' : `带删除线的是整理时去掉的：${parts.join('、')}。`
}

function cleanedText({ version, span }: DocumentView): Html {
  return markParagraphs(version.text, span ? [{ kind: 'quote', span }] : [])
}

function originalText({ version, span }: DocumentView): Html {
  const cuts = version.cuts.map(({ original, reason }) => ({
    kind: 'cut' as const,
    span: original,
    title: CUT_NAMES[reason],
  }))
  const quote = span && { kind: 'quote' as const, span: spanInOriginal(span, version.offsets) }
  return markText(version.originalText, quote ? [...cuts, quote] : cuts)
}
