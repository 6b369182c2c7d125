/** 登录账号: who may sign in here, inviting colleagues, one's own password. */
import { html } from 'hono/html'
import { z } from 'zod'
import { BadInputError } from '../../errors.ts'
import { ROLE_NAMES } from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import type { ConsoleAccount } from '../../storage/console-store.ts'
import { consolePage, type Flash } from '../console-page.ts'
import type { ConsoleRequest, ConsoleRoute } from '../console-request.ts'
import { formatMoment } from '../format-moment.ts'
import { parseForm } from '../parse-form.ts'
import { sessionToken } from '../session-cookie.ts'

const role = z.enum(['cadre', 'admin'], '请选择身份')
const roleForm = z.object({ id: z.string(), role })
const idForm = z.object({ id: z.string() })
const inviteForm = z.object({ role })
const passwordForm = z.object({ current: z.string().max(400), next: z.string().max(400) })

export function accountRoutes(): readonly ConsoleRoute[] {
  return [
    { method: 'get', path: '/accounts', least: 'admin', respond: (request) => list(request) },
    { method: 'post', path: '/accounts/invite', least: 'admin', respond: invite },
    { method: 'post', path: '/accounts/role', least: 'admin', respond: changeRole },
    { method: 'post', path: '/accounts/remove', least: 'admin', respond: remove },
    { method: 'get', path: '/me', least: 'worker', respond: showOwn },
    { method: 'post', path: '/me/password', least: 'worker', respond: changePassword },
  ]
}

const fieldsOf = async ({ context }: ConsoleRequest) =>
  new URLSearchParams(await context.req.text())

async function list(request: ConsoleRequest, invitation?: Html): Promise<Response> {
  const { services, account } = request
  const accounts = await services.accounts.accounts()
  const body = html`${invitation}
<section class="panel"><h2>邀请同事</h2><p class="hint">生成一个链接发给对方，三天内有效，只能用一次。</p>
<form method="post" action="/console/accounts/invite" class="row">
<label>身份 <select name="role"><option value="cadre">工会干部</option><option value="admin">管理员</option></select></label>
<button class="primary">生成邀请链接</button></form></section>
<div class="scroll"><table><thead><tr><th>登录名</th><th>身份</th><th>加入时间</th><th></th></tr></thead>
<tbody>${accounts.map((entry) => accountRow(entry, { own: entry.id === account.id, timeZone: services.timeZone }))}</tbody></table></div>`
  return consolePage(request, { title: '登录账号', section: '/console/accounts', body })
}

function accountRow(
  { id, name, role: current, createdAt }: ConsoleAccount,
  { own, timeZone }: { own: boolean; timeZone: string },
): Html {
  const other = current === 'admin' ? 'cadre' : 'admin'
  return html`<tr><td>${name}${own && ' （您）'}</td><td>${ROLE_NAMES[current]}</td><td class="nowrap">${formatMoment(createdAt, timeZone)}</td>
<td class="actions">${
    !own &&
    html`<form method="post" action="/console/accounts/role"><input type="hidden" name="id" value="${id}"><input type="hidden" name="role" value="${other}"><button class="plain-button">改为${ROLE_NAMES[other]}</button></form>
<form method="post" action="/console/accounts/remove" data-confirm="删除「${name}」的登录账号？"><input type="hidden" name="id" value="${id}"><button class="plain-button danger">删除</button></form>`
  }</td></tr>`
}

async function invite(request: ConsoleRequest): Promise<Response> {
  const form = parseForm(inviteForm, await fieldsOf(request))
  const code = await request.access.invite(form.role, request.account)
  const origin = new URL(request.publicUrl ?? request.context.req.url).origin
  const address = `${origin}/console/setup?code=${code}`
  return list(
    request,
    html`<div class="flash flash--done" role="status"><p>${ROLE_NAMES[form.role]}邀请链接（只显示这一次）：</p><p><code class="copyable">${address}</code></p></div>`,
  )
}

async function changeRole(request: ConsoleRequest): Promise<Response> {
  const { id, role: next } = parseForm(roleForm, await fieldsOf(request))
  await otherAccount(id, request)
  await request.access.setRole(id, next, request.account)
  return request.context.redirect('/console/accounts?done=saved', 303)
}

async function remove(request: ConsoleRequest): Promise<Response> {
  const { id } = parseForm(idForm, await fieldsOf(request))
  await otherAccount(id, request)
  await request.access.remove(id, request.account)
  return request.context.redirect('/console/accounts?done=account-removed', 303)
}

/** Nobody demotes or removes himself; that an admin remains, the store decides. */
async function otherAccount(id: string, { services, account }: ConsoleRequest): Promise<void> {
  if (id === account.id) {
    throw new BadInputError('own_account', '不能改自己的身份，也不能删除自己。请另一位管理员来做')
  }
  if (await services.accounts.account(id)) return
  throw new BadInputError('unknown_account', '没有这个账号，可能已被删除')
}

function showOwn(request: ConsoleRequest, flash?: Flash): Promise<Response> {
  const body = html`<section class="panel"><h2>修改密码</h2>
<form method="post" action="/console/me/password" class="stack">
<input hidden name="username" autocomplete="username" value="${request.account.name}">
<label>现在的密码<input type="password" name="current" required autocomplete="current-password"></label>
<label>新密码<input type="password" name="next" required minlength="12" autocomplete="new-password"><small>12 个字符以上，可以是一句好记的话</small></label>
<button class="primary">修改</button></form></section>`
  return consolePage(request, {
    title: '我的账号',
    section: '',
    body,
    ...(flash && { flash, status: 400 }),
  })
}

async function changePassword(request: ConsoleRequest): Promise<Response> {
  const { current, next } = parseForm(passwordForm, await fieldsOf(request))
  const token = sessionToken(request.context) ?? ''
  try {
    await request.access.changePassword(request.account, { current, next, token })
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error
    return showOwn(request, { tone: 'failed', text: error.message })
  }
  return request.context.redirect('/console/me?done=password-changed', 303)
}
