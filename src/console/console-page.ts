import { html } from 'hono/html'
import { ROLE_NAMES } from '../http/format-document.ts'
import type { Html } from '../http/html.ts'
import { pageShell } from '../http/page-shell.ts'
import { menuFor } from './console-menu.ts'
import type { ConsoleParts, ConsoleRequest } from './console-request.ts'

/** What a page was asked to say first: 「已发布」, or why something was refused. */
export interface Flash {
  readonly tone: 'done' | 'failed'
  readonly text: string
}

export interface PageContent {
  readonly title: string
  /** The menu's entry that this page belongs to. */
  readonly section: string
  readonly body: Html
  readonly flash?: Flash
  readonly status?: 200 | 400 | 403 | 404 | 429 | 500 | 503
}

/** A page for somebody who is signed in. */
export async function consolePage(
  request: ConsoleRequest,
  content: PageContent,
): Promise<Response> {
  const { context, account, services, assets } = request
  const menu = menuFor(account.role, services)
  const page = pageShell({
    title: `${content.title} · 娘家人管理`,
    nonce: context.env.visitor.nonce,
    stylesheets: [assets.address('base.css'), assets.address('console.css')],
    icon: assets.address('icon.svg'),
    scripts: [assets.address('console.js')],
    bodyClass: 'console',
    body: html`
<a class="skip" href="#main">跳到内容</a>
<header class="bar">
<a class="brand" href="/console"><span class="seal" aria-hidden="true">娘</span><span><strong>娘家人</strong><small>${services.contact.unionName} · 管理</small></span></a>
<div class="bar__who"><a href="/console/me">${account.name}</a><small>${ROLE_NAMES[account.role]}</small>
<form method="post" action="/console/sign-out"><button class="plain-button">退出</button></form></div>
</header>
<div class="frame">
<nav class="menu" aria-label="管理"><ul>${menu.map(
      ({ path, label }) =>
        html`<li><a href="${path}" aria-current="${path === content.section ? 'page' : 'false'}">${label}</a></li>`,
    )}<li class="menu__apart"><a href="/">提问页面</a></li></ul></nav>
<main id="main" tabindex="-1">
<h1>${content.title}</h1>
${flashView(content.flash ?? flashOf(context.req.query('done')))}
${content.body}
</main>
</div>`,
  })
  return context.html(page, content.status ?? 200, { 'cache-control': 'no-store' })
}

/** A page for somebody who is not: signing in, setting up. */
export function entryPage(
  { assets, services }: Pick<ConsoleParts, 'assets' | 'services'>,
  view: {
    readonly title: string
    readonly nonce: string
    readonly flash?: Flash
    readonly body: Html
  },
): Html {
  return pageShell({
    title: `${view.title} · 娘家人管理`,
    nonce: view.nonce,
    stylesheets: [assets.address('base.css'), assets.address('console.css')],
    icon: assets.address('icon.svg'),
    bodyClass: 'entry',
    body: html`<main class="entry__card"><div class="brand"><span class="seal" aria-hidden="true">娘</span><span><strong>娘家人</strong><small>${services.contact.unionName} · 管理</small></span></div>
<h1>${view.title}</h1>
${flashView(view.flash)}
${view.body}</main>`,
  })
}

function flashView(flash: Flash | undefined): Html | undefined {
  if (!flash) return undefined
  return flash.tone === 'failed'
    ? html`<p class="flash flash--failed" role="alert" data-refused>${flash.text}</p>`
    : html`<p class="flash flash--done" role="status">${flash.text}</p>`
}

/** After a change the browser is sent on with the name of what was done; only known names are said. */
const DONE: Readonly<Record<string, string>> = {
  published: '已发布，马上就能按它回答。',
  withdrawn: '已撤下，不再按它回答。可以在版本里重新发布。',
  'rolled-back': '已退回上一版。',
  saved: '已保存。',
  confirmed: '已确认。有责任人和期限的，会按时提醒。',
  rejected: '已退回，不会提醒任何人。',
  removed: '已删除。',
  revived: '已放回发送队列。',
  'samples-removed': '示例资料已移除。',
  known: '这份文件早已在知识库里，内容没有变化。',
  uploaded: '已读入为草稿。请核对后发布。',
  'new-version': '认出这是已有文件的新版本，已读入为草稿。请核对后发布。',
  'password-changed': '密码已改，其他地方的登录都已退出。',
  'account-removed': '账号已删除，并已退出登录。',
}

function flashOf(done: string | undefined): Flash | undefined {
  const text = done === undefined ? undefined : DONE[done]
  return text === undefined ? undefined : { tone: 'done', text }
}
