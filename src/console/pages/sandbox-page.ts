/** 试聊: asking as somebody else, from somewhere else, on another day, and seeing why it was answered so. */
import { html } from 'hono/html'
import { z } from 'zod'
import { ROLES, type Role } from '../../domain/person.ts'
import type { Query } from '../../domain/query.ts'
import { BadInputError } from '../../errors.ts'
import { answerBody, formatLatency, wordingLabel } from '../../http/answer-body.ts'
import { ROLE_NAMES } from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import { cleanQuestion } from '../../text/clean-question.ts'
import { hasRole } from '../console-menu.ts'
import { consolePage } from '../console-page.ts'
import type { ConsoleRequest, ConsoleRoute } from '../console-request.ts'
import type { SandboxService, TraceStep } from '../console-services.ts'
import { today } from '../format-moment.ts'
import { parseForm } from '../parse-form.ts'

const LONGEST_ANSWER_MS = 28_000

const schema = z.object({
  question: z.string().max(20_000),
  history: z.string().max(20_000).default(''),
  role: z.enum(ROLES, '请选择身份'),
  region: z.string().max(50).default(''),
  asked_on: z.union([z.literal(''), z.iso.date()], '日期要写成 2026-11-21 这样').default(''),
})

interface SandboxForm {
  readonly question: string
  readonly history: string
  readonly role: Role
  readonly region: string
  readonly asked_on: string
}

const EMPTY: SandboxForm = { question: '', history: '', role: 'worker', region: '', asked_on: '' }

export function sandboxRoutes(sandbox: SandboxService): readonly ConsoleRoute[] {
  return [
    { method: 'get', path: '/sandbox', least: 'cadre', respond: (request) => show(request, EMPTY) },
    {
      method: 'post',
      path: '/sandbox',
      least: 'cadre',
      respond: (request) => ask(request, sandbox),
    },
  ]
}

async function ask(request: ConsoleRequest, sandbox: SandboxService): Promise<Response> {
  const form = parseForm(schema, new URLSearchParams(await request.context.req.text()))
  const query = queryOf(form, request)
  const signal = AbortSignal.any([
    request.context.req.raw.signal,
    AbortSignal.timeout(LONGEST_ANSWER_MS),
  ])
  const { answer, latencyMs } = await sandbox.ask(query, signal)
  const steps = await sandbox.explain?.(query)
  const label = [wordingLabel(answer), `用时 ${formatLatency(latencyMs)}`]
    .filter(Boolean)
    .join(' · ')
  const result = html`<section class="answer answer--${answer.kind}" aria-label="回答"><p class="understood">问：${query.question}</p>${answerBody(answer)}<footer class="answer__foot"><span>${label}</span></footer></section>
${steps && trace(steps)}`
  return show(request, form, result)
}

/** Nobody asks in a role above their own: an answer may quote what only that role reads. */
function queryOf(form: SandboxForm, { account, services }: ConsoleRequest): Query {
  if (!hasRole(account.role, form.role)) {
    throw new BadInputError('role_too_high', '不能以高于自己的身份试聊')
  }
  const place = form.region.trim() === '' ? undefined : services.resolvePlace(form.region.trim())
  if (form.region.trim() !== '' && !place) {
    throw new BadInputError(
      'unknown_region',
      `不认识地区「${form.region}」，请写省市县的名称（如 甘肃平凉）或六位区划代码`,
    )
  }
  return {
    question: cleanQuestion(form.question),
    history: form.history
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .slice(-20),
    role: form.role,
    ...(place && { jurisdictionCode: place.code }),
    askedOn: form.asked_on === '' ? today(services) : Temporal.PlainDate.from(form.asked_on),
  }
}

function show(request: ConsoleRequest, form: SandboxForm, result?: Html): Promise<Response> {
  const roles = ROLES.filter((role) => hasRole(request.account.role, role))
  const body = html`<section class="panel"><form method="post" action="/console/sandbox" class="stack" data-busy="正在查文件…">
<label>问题<textarea name="question" rows="2" required maxlength="2000" autofocus>${form.question}</textarea></label>
<div class="row">
<label>身份<select name="role">${roles.map((role) => html`<option value="${role}" ${role === form.role ? 'selected' : ''}>${ROLE_NAMES[role]}</option>`)}</select></label>
<label>地区<input name="region" value="${form.region}" placeholder="如 甘肃平凉" maxlength="50"></label>
<label>哪一天问<input type="date" name="asked_on" value="${form.asked_on}"></label></div>
<details><summary>前面问过的（试追问）</summary><label>每行一句<textarea name="history" rows="3">${form.history}</textarea></label></details>
<button class="primary">试一试</button></form><p class="hint">试聊不计入问答记录。</p></section>
${result}`
  return consolePage(request, { title: '试聊', section: '/console/sandbox', body })
}

function trace(steps: readonly TraceStep[]): Html {
  return html`<section class="panel"><h2>为什么这样答</h2><ol class="trace">${steps.map(
    ({ title, lines }) =>
      html`<li><strong>${title}</strong><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></li>`,
  )}</ol></section>`
}
