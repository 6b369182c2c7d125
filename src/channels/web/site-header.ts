import { html } from 'hono/html'
import type { Contact } from '../../domain/contact.ts'
import type { Html } from '../../http/html.ts'

/** The bar above every page of the web chat. */
export function siteHeader(view: {
  readonly contact: Contact
  readonly here: 'chat' | 'documents'
  readonly hasConsole: boolean
}): Html {
  const current = (page: typeof view.here) => (page === view.here ? 'page' : 'false')
  return html`<header class="site">
<a class="brand" href="/" aria-label="娘家人，首页"><span class="seal" aria-hidden="true">娘</span>
<span class="brand__text"><strong>娘家人</strong><small>${view.contact.unionName} · 工会助手</small></span></a>
<nav class="site__nav" aria-label="页面">
<button type="button" class="nav-button" data-new-chat hidden>新对话</button>
<a href="/documents" aria-current="${current('documents')}">资料</a>
${view.hasConsole && html`<a href="/console">管理</a>`}
</nav>
</header>`
}
