import { html } from 'hono/html'
import type { Html } from './html.ts'

/** A whole page around `body`. Style sheets and scripts are addresses of our own files. */
export function pageShell(page: {
  readonly title: string
  readonly nonce: string | undefined
  readonly stylesheets: readonly string[]
  readonly scripts?: readonly string[]
  readonly icon?: string
  readonly bodyClass?: string
  readonly body: Html
}): Html {
  return html`<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>${page.title}</title>
${page.icon && html`<link rel="icon" type="image/svg+xml" href="${page.icon}">`}
${page.stylesheets.map((address) => html`<link rel="stylesheet" href="${address}">`)}
${(page.scripts ?? []).map((address) => html`<script type="module" nonce="${page.nonce}" src="${address}"></script>`)}
</head>
<body class="${page.bodyClass ?? ''}">
${page.body}
</body>
</html>`
}
