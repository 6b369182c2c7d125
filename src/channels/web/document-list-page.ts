import { html } from 'hono/html'
import type { DocumentSummary } from '../../domain/document.ts'
import { formatDate, isOver } from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import type { Assets } from '../../http/load-assets.ts'
import { pageShell } from '../../http/page-shell.ts'
import { siteHeader } from './site-header.ts'
import type { WebServices } from './web-services.ts'

type ListServices = Pick<WebServices, 'contact' | 'placeByCode' | 'today'>

/** Everything the answers may rest on: a reader can see what the bot knows and what it does not. */
export function documentListPage(view: {
  readonly nonce: string | undefined
  readonly assets: Assets
  /** Whether this visitor is shown the way to the console. */
  readonly hasConsole: boolean
  readonly services: ListServices
  readonly documents: readonly DocumentSummary[]
}): Html {
  const { assets, services, documents } = view
  return pageShell({
    title: '资料 · 娘家人',
    nonce: view.nonce,
    stylesheets: [assets.address('base.css'), assets.address('app.css')],
    icon: assets.address('icon.svg'),
    body: html`
${siteHeader({ contact: services.contact, here: 'documents', hasConsole: view.hasConsole })}
<main class="document">
<h1>资料</h1>
<p class="view-note">${
      documents.length === 0
        ? '还没有发布任何文件。管理员发布后，这里会列出来。'
        : `共 ${documents.length} 份。回答只出自这些文件。`
    }</p>
<ul class="document-list">${documents.map((document) => listEntry(document, services))}</ul>
</main>`,
  })
}

function listEntry({ versionId, metadata }: DocumentSummary, services: ListServices): Html {
  const { issuedOn, jurisdictionCode, validity, sample } = metadata
  const place = jurisdictionCode && services.placeByCode(jurisdictionCode)?.name
  const date = issuedOn ? formatDate(issuedOn) : '没有日期'
  return html`<li><a href="/documents/${encodeURIComponent(versionId)}">${metadata.title}</a>
<span class="origin">${[date, place, metadata.issuer].filter(Boolean).join(' · ')}</span>
${sample && html`<span class="chip">示例</span>`}
${isOver(validity, services.today()) && html`<span class="chip chip--past">时期已过</span>`}</li>`
}
