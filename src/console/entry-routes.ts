/** The doors of the console: setting up the first admin, signing in by password, by invitation, out. */

import type { Context } from 'hono'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { BadInputError } from '../errors.ts'
import type { Html } from '../http/html.ts'
import { entryPage, type Flash } from './console-page.ts'
import type { ConsoleEnvironment, ConsoleParts } from './console-request.ts'
import { ownPath, parseCredentials } from './parse-form.ts'
import { clearSession, sessionToken, setSession } from './session-cookie.ts'

type EntryContext = Context<ConsoleEnvironment>

/** A way in: what it is called, the form that is shown, and what makes a session of it. */
interface Way {
  readonly title: string
  readonly body: Html
  enter(fields: URLSearchParams, address: string): Promise<string>
}

export function entryRoutes(parts: ConsoleParts): Hono<ConsoleEnvironment> {
  const app = new Hono<ConsoleEnvironment>()
  const { access } = parts
  app.get('/sign-in', async (context) => {
    if (!(await access.isClaimed())) return context.redirect('/console/setup')
    return show(context, parts, signInWay(context, parts))
  })
  app.post('/sign-in', (context) => enter(context, parts, signInWay(context, parts)))
  app.get('/setup', async (context) => show(context, parts, await setupWay(context, parts)))
  app.post('/setup', async (context) => enter(context, parts, await setupWay(context, parts)))
  app.post('/sign-out', async (context) => {
    const token = sessionToken(context)
    if (token) await access.signOut(token)
    clearSession(context)
    return context.redirect('/console/sign-in', 303)
  })
  return app
}

function signInWay(context: EntryContext, { access }: ConsoleParts): Way {
  const next = ownPath(context.req.query('next'))
  return {
    title: '登录',
    body: html`<form method="post" action="/console/sign-in?next=${encodeURIComponent(next)}" class="stack">
${credentialFields({ isNew: false })}
<button class="primary">登录</button></form>
<p class="hint">没有账号？请管理员在「登录账号」里发一个邀请链接给您。</p>`,
    enter: (fields, address) => access.signIn(parseCredentials(fields), address),
  }
}

/** With a code: whoever holds the link. Without one: somebody at this machine, while nobody is admin yet. */
async function setupWay(context: EntryContext, { access }: ConsoleParts): Promise<Way> {
  const code = context.req.query('code') ?? ''
  const isFirst = !(await access.isClaimed())
  const mayClaim = isFirst && context.env.visitor.visit === 'local'
  if (code === '' && !mayClaim) return closedWay(isFirst)
  const action = code === '' ? '/console/setup' : `/console/setup?code=${encodeURIComponent(code)}`
  return {
    title: isFirst ? '设置管理员' : '设置登录名和密码',
    body: html`<p>${isFirst ? '第一次使用：给自己起一个登录名和密码，您就是管理员。' : '您被邀请使用管理页面，请起一个登录名和密码。'}</p>
<form method="post" action="${action}" class="stack">${credentialFields({ isNew: true })}
<button class="primary">完成</button></form>`,
    enter: (fields, address) => {
      const credentials = parseCredentials(fields)
      return code === ''
        ? access.claimLocally(credentials, address)
        : access.claimWithCode(code, credentials, address)
    },
  }
}

function closedWay(isFirst: boolean): Way {
  return {
    title: '需要设置链接',
    body: isFirst
      ? html`<p>还没有管理员。请用程序启动时打印的一次性链接打开这里（15 分钟内有效，重新启动会给新的），或者在运行程序的那台机器上打开。</p>`
      : html`<p>管理员已经设置好了。<a href="/console/sign-in">去登录</a>，或请管理员发一个邀请链接给您。</p>`,
    enter: async () => {
      throw new BadInputError('invalid_code', '需要有效的设置链接')
    },
  }
}

function credentialFields({ isNew }: { readonly isNew: boolean }): Html {
  const autocomplete = isNew ? 'new-password' : 'current-password'
  return html`<label>登录名<input name="name" required maxlength="32" autocomplete="username" autofocus></label>
<label>密码<input name="password" type="password" required maxlength="200" autocomplete="${autocomplete}" ${isNew ? 'minlength=12' : ''}>${isNew && html`<small>12 个字符以上，可以是一句好记的话</small>`}</label>`
}

async function enter(context: EntryContext, parts: ConsoleParts, way: Way): Promise<Response> {
  try {
    const fields = new URLSearchParams(await context.req.text())
    const token = await way.enter(fields, context.env.visitor.address)
    setSession(context, token, parts.secureCookies)
    return context.redirect(ownPath(context.req.query('next')), 303)
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error
    return show(context, parts, way, { tone: 'failed', text: error.message })
  }
}

function show(context: EntryContext, parts: ConsoleParts, way: Way, flash?: Flash) {
  const { nonce } = context.env.visitor
  const view = { title: way.title, nonce, body: way.body, ...(flash && { flash }) }
  return context.html(entryPage(parts, view), flash ? 400 : 200, { 'cache-control': 'no-store' })
}
