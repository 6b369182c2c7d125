/** 总览: is everything well, what was asked today, what the material does not have. */
import { html } from 'hono/html'
import type { HealthReport } from '../../domain/health.ts'
import type { Html } from '../../http/html.ts'
import type { LoggedQuestion, QuestionCounts, QuestionStore } from '../../storage/question-store.ts'
import { hasRole } from '../console-menu.ts'
import { consolePage } from '../console-page.ts'
import type { ConsoleRequest, ConsoleRoute } from '../console-request.ts'

const GAPS_SHOWN = 8
const MOST_COUNTED = 200

export function overviewRoutes(): readonly ConsoleRoute[] {
  return [{ method: 'get', path: '/', least: 'cadre', respond: overview }]
}

async function overview(request: ConsoleRequest): Promise<Response> {
  const { services, account } = request
  const [report, documents, current, tasks] = await Promise.all([
    services.health(),
    services.knowledge?.list(),
    services.knowledge?.inForce(),
    services.tasks?.find({ statuses: ['draft', 'proposed'], limit: MOST_COUNTED }),
  ])
  const drafts = documents?.filter(({ status }) => status === 'draft').length ?? 0
  const inForce = current?.length ?? 0
  const maySeeQuestions = services.questions !== undefined && hasRole(account.role, 'admin')
  const body = html`
${drafts > 0 && html`<p class="flash flash--todo">有 ${drafts} 份草稿等您核对。<a href="/console/documents?show=draft">去看看</a></p>`}
${(tasks?.length ?? 0) > 0 && html`<p class="flash flash--todo">从文件里读出 ${tasks?.length === MOST_COUNTED ? `${MOST_COUNTED} 件以上` : `${tasks?.length} 件`}任务等您核对。<a href="/console/tasks/review">去看看</a></p>`}
<section class="panel"><h2>运行状况</h2>${healthView(report)}</section>
${documents && html`<section class="panel"><h2>知识库</h2><p>生效中 <strong>${inForce}</strong> 份，草稿 <strong>${drafts}</strong> 份。${inForce === 0 && html`还没有可以回答的文件，<a href="/console/documents/upload">上传一份</a>。`}</p></section>`}
${maySeeQuestions && services.questions && (await questionsView(services.questions, request))}`
  return consolePage(request, { title: '总览', section: '/console', body })
}

function healthView({ ready, checks }: HealthReport): Html {
  const words = { ok: '正常', degraded: '降级', down: '停了' }
  return html`<p>${ready ? '可以回答问题。' : '现在不能回答问题。'}</p>
<ul class="checks">${checks.map(
    ({ name, status, detail }) =>
      html`<li class="check check--${status}"><strong>${name}</strong> <span class="check__word">${words[status]}</span>${detail && html`<p>${detail}</p>`}</li>`,
  )}</ul>`
}

async function questionsView(
  questions: QuestionStore,
  { services }: ConsoleRequest,
): Promise<Html> {
  const { clock, timeZone } = services
  const midnight = clock.now().toZonedDateTimeISO(timeZone).startOfDay().toInstant()
  const [today, gaps] = await Promise.all([
    questions.counts(midnight),
    questions.recent({ filter: 'gaps', limit: GAPS_SHOWN }),
  ])
  return html`<section class="panel"><h2>今天</h2>${countsView(today)}</section>
<section class="panel"><h2>材料里没有的</h2>${gapsView(gaps)}</section>`
}

function countsView(counts: QuestionCounts): Html {
  const rows = [
    ['提问', counts.asked],
    ['有依据', counts.grounded],
    ['材料里没有', counts.notFound],
    ['不回答', counts.refused],
    ['说有用', counts.helpful],
    ['说没帮上', counts.unhelpful],
  ] as const
  return html`<dl class="figures">${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`
}

function gapsView(gaps: readonly LoggedQuestion[]): Html {
  if (gaps.length === 0) return html`<p class="hint">没有。问到的都有材料可答。</p>`
  return html`<ul class="lines">${gaps.map(({ question }) => html`<li>${question}</li>`)}</ul>
<p><a href="/console/questions?show=gaps">全部看看</a>，补上相应的文件，下次就能答。</p>`
}
