import { html } from 'hono/html'
import type { Html } from '../../http/html.ts'
import type { Assets } from '../../http/load-assets.ts'
import { pageShell } from '../../http/page-shell.ts'

/** A page that says one thing: an error, a thank-you. */
export function messagePage(view: {
  readonly nonce: string | undefined
  readonly assets: Assets
  readonly title: string
  readonly text: string
}): Html {
  return pageShell({
    title: `${view.title} · 娘家人`,
    nonce: view.nonce,
    stylesheets: [view.assets.address('base.css'), view.assets.address('app.css')],
    icon: view.assets.address('icon.svg'),
    body: html`<main class="plain"><span class="seal" aria-hidden="true">娘</span><h1>${view.title}</h1>
<p>${view.text}</p><p><a href="/">回到提问</a></p></main>`,
  })
}
