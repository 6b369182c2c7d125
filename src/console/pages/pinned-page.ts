/** 置顶回答: answers that the union fixed for a question, with who keeps them true and until when. */
import { html } from 'hono/html'
import { z } from 'zod'
import { READERSHIPS } from '../../domain/person.ts'
import type { PinnedAnswer } from '../../domain/pinned-answer.ts'
import { BadInputError } from '../../errors.ts'
import { READERSHIP_NAMES } from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import { foldForMatching } from '../../text/fold-for-matching.ts'
import { consolePage } from '../console-page.ts'
import { actorOf, type ConsoleRequest, type ConsoleRoute } from '../console-request.ts'
import type { ConsoleServices, PinnedService } from '../console-services.ts'
import { parseForm } from '../parse-form.ts'

/** Days before its end in which an answer is marked for its owner. */
const REVIEW_DAYS = 30

const text = (most: number) =>
  z
    .string()
    .max(most, `不能超过 ${most} 个字`)
    .transform((value) => value.trim())
const schema = z.object({
  id: text(100),
  questions: text(2000).refine((value) => value !== '', '问题不能空'),
  notQuestions: text(2000),
  answer: text(2000).refine((value) => value !== '', '答案不能空'),
  source: text(200),
  owner: text(50).refine((value) => value !== '', '要写谁负责核对'),
  until: z.union([z.literal(''), z.iso.date('最后一天要写成 2026-12-31 的样子')]),
  region: text(50),
  readableBy: z.enum(READERSHIPS, '请选择谁能看到'),
})
const idForm = z.object({ id: z.string().min(1) })

export function pinnedRoutes(pinned: PinnedService): readonly ConsoleRoute[] {
  return [
    { method: 'get', path: '/pinned', least: 'admin', respond: (request) => list(request, pinned) },
    {
      method: 'post',
      path: '/pinned',
      least: 'admin',
      respond: (request) => save(request, pinned),
    },
    {
      method: 'post',
      path: '/pinned/remove',
      least: 'admin',
      respond: (request) => remove(request, pinned),
    },
  ]
}

async function list(request: ConsoleRequest, pinned: PinnedService): Promise<Response> {
  const { context, services, account } = request
  const all = await pinned.list()
  const editing = all.find(({ id }) => id === context.req.query('edit'))
  const asked = context.req.query('question') ?? ''
  const body = html`<p class="hint">遇到这些问题，直接按这里的答案回答，不再查文件。匹配从严：换一种问法就不套用，拿不准的留给文件。</p>
${all.length === 0 ? html`<p class="empty">还没有置顶回答。</p>` : table(all, services)}
<section class="panel"><h2>${editing ? '修改置顶回答' : '添加置顶回答'}</h2>${form(editing, asked, account.name, services)}</section>`
  return consolePage(request, { title: '置顶回答', section: '/console/pinned', body })
}

function table(all: readonly PinnedAnswer[], services: ConsoleServices): Html {
  const today = services.clock.now().toZonedDateTimeISO(services.timeZone).toPlainDate()
  return html`<div class="scroll"><table><thead><tr><th>问题</th><th>答案</th><th>谁能看</th><th>负责人</th><th>用到</th><th></th></tr></thead><tbody>${all.map(
    ({ id, questions, answer, readableBy, owner, expiresOn }) =>
      html`<tr><td>${questions.join(' / ')}</td><td>${answer}</td><td>${READERSHIP_NAMES[readableBy]}</td><td>${owner}</td><td class="nowrap">${endView(expiresOn, today)}</td>
<td class="actions"><a href="/console/pinned?edit=${encodeURIComponent(id)}">修改</a><form method="post" action="/console/pinned/remove" data-confirm="取消后由文件来回答，确定？"><input type="hidden" name="id" value="${id}"><button class="plain-button danger">取消置顶</button></form></td></tr>`,
  )}</tbody></table></div>`
}

function endView(expiresOn: Temporal.PlainDate | undefined, today: Temporal.PlainDate): Html {
  if (expiresOn === undefined) return html`一直`
  const isOver = Temporal.PlainDate.compare(expiresOn, today) < 0
  const isNear = Temporal.PlainDate.compare(expiresOn, today.add({ days: REVIEW_DAYS })) <= 0
  const mark = isOver ? '已停用' : isNear ? '请核对' : undefined
  return html`${expiresOn.toString()}${mark && html` <span class="chip">${mark}</span>`}`
}

function form(
  pinned: PinnedAnswer | undefined,
  asked: string,
  name: string,
  { placeByCode }: ConsoleServices,
): Html {
  const place = pinned?.jurisdictionCode && placeByCode(pinned.jurisdictionCode)?.name
  return html`<form method="post" action="/console/pinned" class="grid-form"><input type="hidden" name="id" value="${pinned?.id ?? ''}">
<label>问题<textarea name="questions" rows="3" required maxlength="2000" placeholder="一行一种问法，第一行是主要的">${pinned?.questions.join('\n') ?? asked}</textarea></label>
<label>不是这些问题<textarea name="notQuestions" rows="3" maxlength="2000" placeholder="看着像、其实不是的问法，一行一个">${pinned?.notQuestions.join('\n') ?? ''}</textarea></label>
<label>答案<textarea name="answer" rows="4" required maxlength="2000">${pinned?.answer ?? ''}</textarea></label>
<label>出处<input name="source" maxlength="200" value="${pinned?.source ?? ''}" placeholder="答案写在哪里"></label>
<label>负责人<input name="owner" required maxlength="50" value="${pinned?.owner ?? name}"><small>谁保证它一直是对的</small></label>
<label>最后一天<input type="date" name="until" value="${pinned?.expiresOn?.toString() ?? ''}"><small>过后由文件来回答</small></label>
<label>地区<input name="region" maxlength="50" value="${place ?? ''}" placeholder="不填：哪里的人问都用"></label>
<label>谁能看<select name="readableBy">${READERSHIPS.map((one) => html`<option value="${one}" ${one === (pinned?.readableBy ?? 'all') ? 'selected' : ''}>${READERSHIP_NAMES[one]}</option>`)}</select></label>
<div class="grid-form__end"><button class="primary">保存</button></div></form>`
}

async function save(request: ConsoleRequest, pinned: PinnedService): Promise<Response> {
  const fields = parseForm(schema, new URLSearchParams(await request.context.req.text()))
  const place = fields.region === '' ? undefined : request.services.resolvePlace(fields.region)
  if (fields.region !== '' && !place) {
    throw new BadInputError(
      'unknown_region',
      `不认识地区「${fields.region}」，请写省市县的名称（如 甘肃平凉）或六位区划代码`,
    )
  }
  const [first = '', ...others] = linesOf(fields.questions)
  if (fields.id === '') await refuseSecond([first, ...others], place?.code, pinned)
  await pinned.save(
    {
      questions: [first, ...others],
      notQuestions: linesOf(fields.notQuestions),
      answer: fields.answer,
      readableBy: fields.readableBy,
      owner: fields.owner,
      ...(fields.id && { id: fields.id }),
      ...(fields.source && { source: fields.source }),
      ...(fields.until && { expiresOn: Temporal.PlainDate.from(fields.until) }),
      ...(place && { jurisdictionCode: place.code }),
    },
    actorOf(request.account),
  )
  return request.context.redirect('/console/pinned?done=saved', 303)
}

/** What is added replaces nothing unseen. @throws {BadInputError} `pinned_question_taken` */
async function refuseSecond(
  questions: readonly string[],
  placeCode: string | undefined,
  pinned: PinnedService,
): Promise<void> {
  const added = new Set(questions.map(foldForMatching))
  const known = (await pinned.list())
    .filter(({ jurisdictionCode }) => jurisdictionCode === placeCode)
    .flatMap((one) => one.questions)
    .find((question) => added.has(foldForMatching(question)))
  if (known === undefined) return
  throw new BadInputError(
    'pinned_question_taken',
    `「${known}」已有置顶回答。请在上面点「修改」改那一条，不要另加`,
  )
}

const linesOf = (lines: string) =>
  lines
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)

async function remove(request: ConsoleRequest, pinned: PinnedService): Promise<Response> {
  const { id } = parseForm(idForm, new URLSearchParams(await request.context.req.text()))
  await pinned.remove(id, actorOf(request.account))
  return request.context.redirect('/console/pinned?done=removed', 303)
}
