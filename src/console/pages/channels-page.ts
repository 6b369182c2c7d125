/** 渠道: which platforms are connected, how they are, and the code to scan where one has to sign in. */
import { html } from 'hono/html'
import { toDataURL } from 'qrcode'
import type { Html } from '../../http/html.ts'
import { consolePage } from '../console-page.ts'
import type { ConsoleRequest, ConsoleRoute } from '../console-request.ts'
import type { ChannelStatus, ConsoleServices } from '../console-services.ts'
import { formatMoment } from '../format-moment.ts'

type Channels = NonNullable<ConsoleServices['channels']>

const STATES = { off: '没有开', connecting: '正在连接', on: '已连接', down: '断开了' } as const
const TONES = { off: 'off', connecting: 'degraded', on: 'ok', down: 'down' } as const

export function channelRoutes(channels: Channels): readonly ConsoleRoute[] {
  return [
    {
      method: 'get',
      path: '/channels',
      least: 'admin',
      respond: (request) => list(request, channels),
    },
  ]
}

async function list(request: ConsoleRequest, channels: Channels): Promise<Response> {
  const statuses = await channels.list()
  const views = await Promise.all(
    statuses.map((status) => channelView(status, request.services.timeZone)),
  )
  const waiting = statuses.some(({ state }) => state === 'connecting' || state === 'down')
  const body = html`<ul class="checks">${views}</ul>
${waiting && html`<p><a href="/console/channels">刷新</a></p>`}`
  return consolePage(request, { title: '渠道', section: '/console/channels', body })
}

async function channelView(status: ChannelStatus, timeZone: string): Promise<Html> {
  const { label, state, detail, qrText, lastMessageAt } = status
  const picture =
    qrText === undefined ? undefined : await toDataURL(qrText, { margin: 2, width: 240 })
  return html`<li class="check check--${TONES[state]}"><strong>${label}</strong> <span class="check__word">${STATES[state]}</span>
<p>${detail}</p>
${lastMessageAt && html`<p class="hint">最近一条消息 ${formatMoment(lastMessageAt, timeZone)}</p>`}
${
  picture &&
  html`<figure class="qr"><img src="${picture}" alt="${label}登录二维码" width="240" height="240"><figcaption>用手机${label}扫一扫登录。扫不了时把这个地址发到手机上打开：<br><code>${qrText}</code></figcaption></figure>`
}</li>`
}
