/** 提醒: messages that wait, went out, or could not be delivered and want somebody to look. */
import { html } from 'hono/html'
import { z } from 'zod'
import { BadInputError } from '../../errors.ts'
import type { Html } from '../../http/html.ts'
import type { DeliveryContent, DeliveryRecord, DeliveryState } from '../../storage/outbox-store.ts'
import { channelName } from '../channel-name.ts'
import { consolePage } from '../console-page.ts'
import { actorOf, type ConsoleRequest, type ConsoleRoute } from '../console-request.ts'
import type { DeliveryService } from '../console-services.ts'
import { formatMoment } from '../format-moment.ts'
import { parseForm } from '../parse-form.ts'

const MOST_SHOWN = 100
const TABS: readonly (readonly [DeliveryState, string])[] = [
  ['dead', '没有送到'],
  ['waiting', '等待发送'],
  ['sent', '已送出'],
]
const idForm = z.object({ id: z.string().min(1) })

export function deliveryRoutes(deliveries: DeliveryService): readonly ConsoleRoute[] {
  return [
    {
      method: 'get',
      path: '/deliveries',
      least: 'admin',
      respond: (request) => list(request, deliveries),
    },
    {
      method: 'post',
      path: '/deliveries/revive',
      least: 'admin',
      respond: (request) => revive(request, deliveries),
    },
  ]
}

async function list(request: ConsoleRequest, deliveries: DeliveryService): Promise<Response> {
  const { context, services } = request
  const [state] = TABS.find(([name]) => name === context.req.query('show')) ?? ['dead' as const]
  const [records, people] = await Promise.all([
    deliveries.list({ state, limit: MOST_SHOWN }),
    services.people?.all() ?? [],
  ])
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const nothing = state === 'dead' ? '都送到了。' : '这里没有消息。'
  const body = html`<nav class="tabs" aria-label="筛选">${TABS.map(([name, label]) => html`<a href="/console/deliveries?show=${name}" aria-current="${name === state ? 'true' : 'false'}">${label}</a>`)}</nav>
${records.length === 0 ? html`<p class="empty">${nothing}</p>` : table(records, names, services.timeZone)}`
  return consolePage(request, { title: '提醒', section: '/console/deliveries', body })
}

function table(
  records: readonly DeliveryRecord[],
  names: ReadonlyMap<string, string>,
  timeZone: string,
): Html {
  return html`<div class="scroll"><table><thead><tr><th>时间</th><th>给谁</th><th>内容</th><th>试过</th><th></th></tr></thead><tbody>${records.map(
    ({ id, to, content, state, attempts, reason, settledAt, notBefore }) =>
      html`<tr><td class="nowrap">${formatMoment(settledAt ?? notBefore, timeZone)}</td><td>${recipient(content, names) ?? '会话'}<small>${channelName(to.channel)}</small></td><td>${sayContent(content)}${reason && html`<small>${sayReason(reason)}</small>`}</td><td>${attempts} 次</td>
<td>${state === 'dead' && html`<form method="post" action="/console/deliveries/revive"><input type="hidden" name="id" value="${id}"><button>再发一次</button></form>`}</td></tr>`,
  )}</tbody></table></div>`
}

function recipient(content: DeliveryContent, names: ReadonlyMap<string, string>) {
  return content.kind === 'message' ? undefined : (names.get(content.personId) ?? '已离开的人员')
}

/** What kind of message it is; the words of answers stay out of the console. */
function sayContent(content: DeliveryContent): string {
  switch (content.kind) {
    case 'message':
      return '回复'
    case 'reminders':
      return `任务提醒 ${content.reminders.length} 件`
    case 'overview':
      return `进度总览（${content.on.toString()}）`
  }
}

/** Why it was not delivered; the code stays for whoever reads the log. */
function sayReason(code: string): string {
  const words = REASONS[code]
  return words === undefined ? `渠道没有接受（${code}）` : words
}

const REASONS: Readonly<Record<string, string>> = {
  channel_fault: '渠道出错，多次没有发出',
  feishu_not_in_chat: '机器人不在这个群里，请把它加回群',
  feishu_unreachable_person: '这个人收不到机器人的消息',
  feishu_scope: '飞书应用缺少权限，请运行 setup feishu',
  feishu_credentials: '飞书的 App ID 或 App Secret 不对',
  feishu_quota: '本月飞书接口次数已用完',
  feishu_network_policy: '飞书应用的 IP 白名单里没有这台机器',
  feishu_audit: '没有通过飞书的内容审核',
  feishu_too_long: '消息超过飞书允许的长度',
  feishu_no_answer: '飞书没有及时应答',
  feishu_not_found: '飞书上找不到这个会话',
  wechat_not_friend: '对方不是这个微信号的好友',
  wechat_no_such_chat: '找不到这个微信联系人或群，请重新绑定',
  wechat_refused: '微信没有接受这条消息',
  wechat_outcome_unknown: '不知道微信有没有收下',
}

async function revive(request: ConsoleRequest, deliveries: DeliveryService): Promise<Response> {
  const { id } = parseForm(idForm, new URLSearchParams(await request.context.req.text()))
  if (!(await deliveries.revive(id, actorOf(request.account)))) {
    throw new BadInputError('not_dead', '这条消息已不在「没有送到」里，可能刚发出')
  }
  return request.context.redirect('/console/deliveries?done=revived', 303)
}
