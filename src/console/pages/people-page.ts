/** 人员: who is who on which platform, whom a task can be given to, and whose leader is told. */
import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import { z } from 'zod'
import { type AccountRef, type Person, ROLES } from '../../domain/person.ts'
import { BadInputError } from '../../errors.ts'
import { ROLE_NAMES } from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import { consolePage } from '../console-page.ts'
import { actorOf, type ConsoleRequest, type ConsoleRoute } from '../console-request.ts'
import type { ConsoleServices, PeopleService } from '../console-services.ts'
import { parseForm } from '../parse-form.ts'

const text = (most: number) =>
  z
    .string()
    .max(most, `不能超过 ${most} 个字`)
    .transform((value) => value.trim())
const schema = z.object({
  id: text(100),
  name: text(50).refine((value) => value !== '', '姓名不能空'),
  role: z.enum(ROLES, '请选择身份'),
  unit: text(100),
  region: text(50),
  leader: text(100),
  accounts: text(1000),
})
const idForm = z.object({ id: z.string().min(1) })

export function peopleRoutes(people: PeopleService): readonly ConsoleRoute[] {
  return [
    { method: 'get', path: '/people', least: 'admin', respond: (request) => list(request, people) },
    {
      method: 'post',
      path: '/people',
      least: 'admin',
      respond: (request) => save(request, people),
    },
    {
      method: 'post',
      path: '/people/remove',
      least: 'admin',
      respond: (request) => remove(request, people),
    },
  ]
}

async function list(request: ConsoleRequest, people: PeopleService): Promise<Response> {
  const { context, services } = request
  const everybody = await people.all()
  const editing = everybody.find(({ id }) => id === context.req.query('edit'))
  const body = html`<section class="panel"><h2>${editing ? `修改「${editing.name}」` : '添加人员'}</h2>${personForm(editing, everybody, services)}
<p class="hint">人多时在命令行导入表格更快：<code>npm run bot -- people import 名单.xlsx</code></p></section>
${everybody.length === 0 ? html`<p class="empty">还没有人员。任务要交给人，先在这里添加。</p>` : table(everybody)}`
  return consolePage(request, { title: '人员', section: '/console/people', body })
}

function personForm(
  person: Person | undefined,
  everybody: readonly Person[],
  { placeByCode }: ConsoleServices,
): Html {
  const place = person?.jurisdictionCode && placeByCode(person.jurisdictionCode)?.name
  const accounts = person?.accounts
    .filter(({ kind }) => kind !== 'group')
    .map(({ channel, accountId }) => `${channel}:${accountId}`)
  return html`<form method="post" action="/console/people" class="grid-form"><input type="hidden" name="id" value="${person?.id ?? ''}">
<label>姓名<input name="name" required maxlength="50" value="${person?.name ?? ''}"></label>
<label>身份<select name="role">${ROLES.map((role) => html`<option value="${role}" ${role === (person?.role ?? 'cadre') ? 'selected' : ''}>${ROLE_NAMES[role]}</option>`)}</select></label>
<label>单位或部门<input name="unit" maxlength="100" value="${person?.unit ?? ''}"></label>
<label>地区<input name="region" maxlength="50" value="${place ?? ''}" placeholder="如 甘肃平凉"></label>
<label>领导<select name="leader"><option value="">没有</option>${everybody
    .filter(({ id }) => id !== person?.id)
    .map(
      ({ id, name }) =>
        html`<option value="${id}" ${id === person?.leaderId ? 'selected' : ''}>${name}</option>`,
    )}</select><small>久未回应时告诉谁</small></label>
<label>账号<textarea name="accounts" rows="2" placeholder="feishu:ou_…，一行一个">${accounts?.join('\n') ?? ''}</textarea></label>
<div class="grid-form__end"><button class="primary">保存</button></div></form>`
}

function table(everybody: readonly Person[]): Html {
  const names = new Map(everybody.map(({ id, name }) => [id, name]))
  return html`<div class="scroll"><table><thead><tr><th>姓名</th><th>身份</th><th>单位</th><th>领导</th><th>渠道</th><th></th></tr></thead><tbody>${everybody.map(
    ({ id, name, role, unit, leaderId, accounts }) =>
      html`<tr><td>${name}</td><td>${ROLE_NAMES[role]}</td><td>${unit}</td><td>${leaderId && names.get(leaderId)}</td><td>${accounts.map(channelOf).join('、') || '没有，收不到提醒'}</td>
<td class="actions"><a href="/console/people?edit=${encodeURIComponent(id)}">修改</a><form method="post" action="/console/people/remove" data-confirm="删除「${name}」？交给他的任务会没有人收到提醒。"><input type="hidden" name="id" value="${id}"><button class="plain-button danger">删除</button></form></td></tr>`,
  )}</tbody></table></div>`
}

const channelOf = ({ channel, kind }: AccountRef) => (kind === 'group' ? `${channel} 群` : channel)

async function save(request: ConsoleRequest, people: PeopleService): Promise<Response> {
  const form = parseForm(schema, new URLSearchParams(await request.context.req.text()))
  const { resolvePlace } = request.services
  const place = form.region === '' ? undefined : resolvePlace(form.region)
  if (form.region !== '' && !place) {
    throw new BadInputError(
      'unknown_region',
      `不认识地区「${form.region}」，请写省市县的名称（如 甘肃平凉）或六位区划代码`,
    )
  }
  const before = (await people.all()).find(({ id }) => id === form.id)
  // A group is bound by a code said in it, not by hand: what is bound stays.
  const groups = before?.accounts.filter(({ kind }) => kind === 'group') ?? []
  const person: Person = {
    id: form.id || randomUUID(),
    name: form.name,
    role: form.role,
    accounts: [...form.accounts.split(/\s+/).filter(Boolean).map(parseAccount), ...groups],
    ...(form.unit && { unit: form.unit }),
    ...(place && { jurisdictionCode: place.code }),
    ...(form.leader && form.leader !== form.id && { leaderId: form.leader }),
  }
  await people.save(person, actorOf(request.account))
  return request.context.redirect('/console/people?done=saved', 303)
}

function parseAccount(line: string): AccountRef {
  const [, channel, accountId] = line.match(/^([a-z]{2,20}):(\S{1,200})$/) ?? []
  if (channel && accountId) return { channel, accountId }
  throw new BadInputError(
    'bad_account',
    `账号「${line.slice(0, 30)}」要写成 渠道:账号，如 feishu:ou_abc`,
  )
}

async function remove(request: ConsoleRequest, people: PeopleService): Promise<Response> {
  const { id } = parseForm(idForm, new URLSearchParams(await request.context.req.text()))
  await people.remove(id, actorOf(request.account))
  return request.context.redirect('/console/people?done=removed', 303)
}
