/** 审计: who changed what and when. Nobody can change or remove an entry here. */
import { html } from 'hono/html'
import type { Html } from '../../http/html.ts'
import type { AuditDetails, AuditEntry, AuditStore } from '../../storage/audit-store.ts'
import { consolePage } from '../console-page.ts'
import type { ConsoleRequest, ConsoleRoute } from '../console-request.ts'
import { formatMoment } from '../format-moment.ts'

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
  const [entries, check, accounts] = await Promise.all([
    audit.entries({ limit: PAGE_SIZE, ...before }),
    audit.check(),
    services.accounts.accounts(),
  ])
  const names = new Map(accounts.map(({ id, name }) => [`web:${id}`, name]))
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

function table(
  entries: readonly AuditEntry[],
  names: ReadonlyMap<string, string>,
  timeZone: string,
): Html {
  return html`<div class="scroll"><table><thead><tr><th>序号</th><th>时间</th><th>谁</th><th>做了什么</th><th>对象</th><th>细节</th></tr></thead>
<tbody>${entries.map(
    ({ sequence, at, actor, action, subject, details }) =>
      html`<tr><td>${sequence}</td><td class="nowrap">${formatMoment(at, timeZone)}</td><td>${names.get(actor) ?? ACTORS[actor] ?? actor}</td><td>${ACTIONS[action] ?? action}</td><td>${subjectView(subject, details)}</td><td>${sayDetails(details)}</td></tr>`,
  )}</tbody></table></div>`
}

/** To the version itself, where the entry names one. */
function subjectView(subject: string, details: AuditDetails): Html {
  const version = details['versionId']
  if (typeof version !== 'string') return html`<code>${subject}</code>`
  return html`<a href="/console/documents/${encodeURIComponent(version)}"><code>${subject}</code></a>`
}

/** Hashes by their beginning: enough to compare. */
function sayDetails(details: AuditDetails): string {
  return Object.entries(details)
    .map(
      ([name, value]) => `${name} ${String(value).replace(/^([0-9a-f]{12})[0-9a-f]{20,}$/, '$1…')}`,
    )
    .join('，')
}

const ACTORS: Readonly<Record<string, string>> = {
  cli: '命令行',
  'first-start': '首次启动',
  web: '网页',
  schedule: '定时',
}

const ACTIONS: Readonly<Record<string, string>> = {
  document_added: '读入文件',
  document_published: '发布文件',
  document_withdrawn: '撤下文件',
  draft_discarded: '放弃草稿',
  document_rolled_back: '退回上一版',
  document_corrected: '修改文件信息',
  document_supersession_confirmed: '确认被新文件代替',
  document_removed: '删除文件',
  samples_removed: '移除示例',
  pinned_answer_saved: '保存置顶回答',
  pinned_answer_removed: '取消置顶回答',
  source_watched: '开始检查网址',
  source_unwatched: '停止检查网址',
  person_saved: '保存人员',
  person_removed: '删除人员',
  delivery_revived: '重新发送',
  account_invited: '邀请同事',
  account_created: '设置登录账号',
  account_role_changed: '改变账号身份',
  account_removed: '删除登录账号',
  password_changed: '修改密码',
  password_reset: '重设密码',
  pairing_offered: '生成配对码',
  account_paired: '绑定聊天账号',
  group_paired: '绑定群',
  people_imported: '导入名单',
}
