/** 问答记录: what was asked (masked), how it ended, what people thought of it. */
import { html } from 'hono/html'
import { ROLE_NAMES } from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import type { LoggedQuestion, QuestionFilter, QuestionStore } from '../../storage/question-store.ts'
import { channelName } from '../channel-name.ts'
import { consolePage } from '../console-page.ts'
import type { ConsoleRequest, ConsoleRoute } from '../console-request.ts'
import { formatMoment } from '../format-moment.ts'

const PAGE_SIZE = 50
const FILTERS: readonly (readonly [QuestionFilter, string])[] = [
  ['all', '全部'],
  ['gaps', '材料里没有的'],
  ['unhelpful', '说没帮上的'],
]
const KINDS = { grounded: '有依据', 'not-found': '材料里没有', refused: '不回答' } as const
const REASONS: Readonly<Record<string, string>> = {
  outdated: '过时',
  wrong: '不准',
  unanswered: '没答到',
  unclear: '看不懂',
}

export function questionRoutes(questions: QuestionStore): readonly ConsoleRoute[] {
  return [
    {
      method: 'get',
      path: '/questions',
      least: 'admin',
      respond: (request) => list(request, questions),
    },
  ]
}

async function list(request: ConsoleRequest, questions: QuestionStore): Promise<Response> {
  const { context, services } = request
  const [filter] = FILTERS.find(([name]) => name === context.req.query('show')) ?? ['all']
  const before = parseMoment(context.req.query('before'))
  const options = { filter, limit: PAGE_SIZE, ...(before && { before }) }
  const rows = await questions.recent(options)
  const last = rows.length === PAGE_SIZE ? rows.at(-1) : undefined
  const body = html`<p class="hint">个人信息在记录前已遮去。</p>
<nav class="tabs" aria-label="筛选">${FILTERS.map(
    ([name, label]) =>
      html`<a href="/console/questions?show=${name}" aria-current="${name === filter ? 'true' : 'false'}">${label}</a>`,
  )}</nav>
${rows.length === 0 ? html`<p class="empty">还没有记录。</p>` : table(rows, services.timeZone)}
${last && html`<p><a href="/console/questions?show=${filter}&before=${last.askedAt.toString()}">更早的</a></p>`}`
  return consolePage(request, { title: '问答记录', section: '/console/questions', body })
}

function table(rows: readonly LoggedQuestion[], timeZone: string): Html {
  return html`<div class="scroll"><table><thead><tr><th>时间</th><th>问题</th><th>结果</th><th>评价</th><th>身份</th><th>渠道</th></tr></thead>
<tbody>${rows.map(
    ({ askedAt, question, kind, vote, role, channel }) =>
      html`<tr><td class="nowrap">${formatMoment(askedAt, timeZone)}</td><td>${question} <a class="jump" href="/console/pinned?question=${encodeURIComponent(question)}">置顶</a></td><td><span class="tag tag--${kind}">${KINDS[kind]}</span></td><td>${vote && (vote.helpful ? '有用' : `没帮上${vote.reason ? `：${REASONS[vote.reason] ?? vote.reason}` : ''}`)}</td><td>${ROLE_NAMES[role]}</td><td>${channelName(channel)}</td></tr>`,
  )}</tbody></table></div>`
}

function parseMoment(text: string | undefined): Temporal.Instant | undefined {
  try {
    return text === undefined ? undefined : Temporal.Instant.from(text)
  } catch {
    return undefined // An address typed by hand: the first page instead.
  }
}
