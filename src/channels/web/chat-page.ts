import { html } from 'hono/html'
import { ROLES, type Role } from '../../domain/person.ts'
import { ROLE_NAMES } from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import type { Assets } from '../../http/load-assets.ts'
import { pageShell } from '../../http/page-shell.ts'
import { MAX_QUESTION_LENGTH } from '../../text/clean-question.ts'
import type { ChatForm } from './chat-form.ts'
import { siteHeader } from './site-header.ts'
import type { WebServices } from './web-services.ts'

export interface ChatView {
  readonly nonce: string | undefined
  readonly assets: Assets
  readonly services: Pick<WebServices, 'contact' | 'exampleQuestions' | 'removeSamples' | 'console'>
  /** The most privileged role this visitor may try. */
  readonly highest: Role
  readonly form: ChatForm
  /** The answer to the form's question, when the page was asked without a script. */
  readonly answer?: Html
  readonly hasSamples: boolean
  readonly samplesRemoved: boolean
}

/** The chat. Without a script the whole form is posted and this page comes back with the answer. */
export function chatPage(view: ChatView): Html {
  const { assets, services, form, answer } = view
  return pageShell({
    title: '娘家人 · 工会助手',
    nonce: view.nonce,
    stylesheets: [assets.address('base.css'), assets.address('app.css')],
    scripts: [assets.address('chat.js')],
    icon: assets.address('icon.svg'),
    bodyClass: 'chat',
    body: html`
${siteHeader({ contact: services.contact, here: 'chat', hasConsole: services.console !== undefined && view.highest !== 'worker' })}
${sampleBanner(view)}
<main class="conversation" id="conversation" aria-live="polite">
${answer === undefined ? welcome(services.exampleQuestions) : turn(form.ask.question, answer)}
</main>
${composer(view)}`,
  })
}

/** Said after a vote that was sent without the page's script. */
export function thanksPage({ nonce, assets }: Pick<ChatView, 'nonce' | 'assets'>): Html {
  return pageShell({
    title: '已记下 · 娘家人',
    nonce,
    stylesheets: [assets.address('base.css'), assets.address('app.css')],
    icon: assets.address('icon.svg'),
    body: html`<main class="plain"><h1>谢谢，已记下</h1><p>管理员会看到您的反馈。</p><p><a href="/">继续提问</a></p></main>`,
  })
}

function sampleBanner({
  hasSamples,
  samplesRemoved,
  highest,
  services,
}: ChatView): Html | undefined {
  if (samplesRemoved && !hasSamples) {
    return html`<p class="banner" role="status">示例资料已移除。现在只按本工会的文件回答。</p>`
  }
  if (!hasSamples) return undefined
  const removable = services.removeSamples !== undefined && highest === 'admin'
  return html`<div class="banner"><p><span class="chip">示例</span> 现在的回答里用到了我们自拟的示例资料，仅供试用。</p>
${removable && html`<form method="post" action="/samples/remove"><button class="link">一键移除示例</button></form>`}</div>`
}

function welcome(examples: readonly string[]): Html {
  return html`<section class="welcome" id="welcome">
<h1>您好，我是娘家人</h1>
<p>有关工会的政策、计划和服务，您直接问。我只按工会的文件回答，每一句都给出原文出处；文件里没有写的，我会直说，并告诉您该问谁。</p>
${
  examples.length > 0 &&
  html`<h2>可以这样问</h2>
<ul class="examples">${examples.map(
    (text) =>
      html`<li><button class="example" form="composer" name="question" value="${text}">${text}</button></li>`,
  )}</ul>`
}
</section>`
}

function turn(question: string, answer: Html): Html {
  return html`<article class="turn"><p class="question">${question}</p>${answer}</article>`
}

function composer({ form, answer, highest }: ChatView): Html {
  const asked = answer === undefined ? [] : [form.ask.question]
  const history = [...form.ask.history, ...asked].filter((text) => text.trim() !== '').slice(-20)
  return html`<footer class="dock">
<form class="composer" id="composer" method="post" action="/">
${history.map((text) => html`<input type="hidden" name="history" value="${text}">`)}
<div class="composer__line">
<label class="visually-hidden" for="question">您的问题</label>
<textarea id="question" name="question" rows="1" maxlength="${MAX_QUESTION_LENGTH}" placeholder="写下您想问的事" autocomplete="off" enterkeyhint="send" autofocus></textarea>
<button class="send" type="submit">提问</button>
</div>
${settings({ form, highest })}
</form>
<p class="privacy">请不要输入身份证号、银行卡号、病历等个人信息</p>
</footer>`
}

function settings({ form, highest }: Pick<ChatView, 'form' | 'highest'>): Html {
  const roles = ROLES.slice(0, ROLES.indexOf(highest) + 1)
  return html`<details class="settings" id="settings">
<summary><span data-settings-label>身份与地区</span></summary>
<div class="settings__fields">
${
  roles.length > 1 &&
  html`<label>身份 <select name="role">${roles.map(
    (role) =>
      html`<option value="${role}" ${role === form.role ? 'selected' : ''}>${ROLE_NAMES[role]}</option>`,
  )}</select></label>`
}
<label>所在地区 <input name="region" value="${form.region}" placeholder="如 甘肃平凉" maxlength="50" autocomplete="off"></label>
<label>按哪一天的规定 <input type="date" name="as_of" value="${form.asOf}"></label>
</div>
</details>`
}
