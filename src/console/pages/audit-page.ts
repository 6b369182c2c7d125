/** 审计: who changed what and when. Nobody can change or remove an entry here. */
import { html } from 'hono/html'
import type { Html } from '../../http/html.ts'
import type { AuditDetails, AuditEntry, AuditStore } from '../../storage/audit-store.ts'
import { consolePage } from '../console-page.ts'
import type { ConsoleRequest, ConsoleRoute } from '../console-request.ts'
import type { ConsoleServices } from '../console-services.ts'
import { formatMoment } from '../format-moment.ts'
import { type NamesById, sayAction, sayActor, sayDetails, saySubject } from './audit-words.ts'

const PAGE_SIZE = 100

export function auditRoutes(audit: AuditStore): readonly ConsoleRoute[] {
  return [
    { method: 'get', path: '/audit', least: 'admin', respond: (request) => list(request, audit) },
  ]
}

async function list(request: ConsoleRequest, audit: AuditStore): Promise<Response> {
  const { context, services } = request
  const from = Number(context.req.query('before'))
  const before = Number.isSafeInteger(from) && from > 0 ? { before: from } : {}
  const [entries, check] = await Promise.all([
    audit.entries({ limit: PAGE_SIZE, ...before }),
    audit.check(),
  ])
  const names = await namesIn(entries, services)
  const last = entries.length === PAGE_SIZE ? entries.at(-1) : undefined
  const body = html`
${
  check.kind === 'intact'
    ? html`<p class="flash flash--done">记录完整，没有被改动过。</p>`
    : html`<p class="flash flash--failed" role="alert">从第 ${check.brokenAt} 条起对不上：有人绕过程序改动了数据库。请先备份，再查明原因。</p>`
}
${entries.length === 0 ? html`<p class="empty">还没有改动。</p>` : table(entries, names, services.timeZone)}
${last && html`<p><a href="/console/audit?before=${last.sequence}">更早的</a></p>`}`
  return consolePage(request, { title: '审计', section: '/console/audit', body })
}

async function namesIn(
  entries: readonly AuditEntry[],
  { accounts, people, pinned, knowledge }: ConsoleServices,
): Promise<NamesById> {
  const documentIds = new Set(
    entries.flatMap(({ subject }) => /^document:(.+)$/.exec(subject)?.[1] ?? []),
  )
  const [known, persons, answers, histories] = await Promise.all([
    accounts.accounts(),
    people?.all() ?? [],
    pinned?.list() ?? [],
    Promise.all([...documentIds].map((id) => knowledge?.history(id) ?? [])),
  ])
  const versions = histories.flat()
  return {
    accounts: new Map(known.map(({ id, name }) => [id, name])),
    people: new Map(persons.map(({ id, name }) => [id, name])),
    pinned: new Map(answers.map(({ id, questions }) => [id, questions[0]])),
    documents: new Map(versions.map(({ documentId, metadata }) => [documentId, metadata.title])),
    versions: new Map(versions.map(({ versionId, version }) => [versionId, version])),
  }
}

function table(entries: readonly AuditEntry[], names: NamesById, timeZone: string): Html {
  return html`<div class="scroll"><table><thead><tr><th>序号</th><th>时间</th><th>谁</th><th>做了什么</th><th>对象</th><th>细节</th></tr></thead>
<tbody>${entries.map(
    ({ sequence, at, actor, action, subject, details }) =>
      html`<tr><td>${sequence}</td><td class="nowrap">${formatMoment(at, timeZone)}</td><td>${sayActor(actor, names)}</td><td class="nowrap">${sayAction(action)}</td><td>${subjectView(subject, details, names)}</td><td>${sayDetails(details, names)}</td></tr>`,
  )}</tbody></table></div>`
}

/** To the version itself, where the entry names one that is still there. */
function subjectView(subject: string, details: AuditDetails, names: NamesById): Html {
  const version = details['versionId']
  const words = saySubject(subject, names)
  if (typeof version !== 'string' || !names.versions.has(version)) return html`${words}`
  return html`<a href="/console/documents/${encodeURIComponent(version)}">${words}</a>`
}
