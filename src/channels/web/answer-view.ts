/**
 * An answer as a reader meets it: the short answer first, then what it rests on word for word, how
 * far it holds, and whom to ask next. The next step comes from the union's own settings and looks
 * different from everything that is quoted.
 */
import { html } from 'hono/html'
import type { Answer, Citation, Notice } from '../../domain/answer.ts'
import { formatDate } from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import { markText } from '../../http/mark-text.ts'
import type { AskReply, FeedbackReason } from './web-services.ts'

export function answerView(input: {
  readonly id: string
  readonly reply: AskReply
  /** Whether votes are kept. */
  readonly canVote: boolean
}): Html {
  const { answer, text, latencyMs } = input.reply
  return html`<section class="answer answer--${answer.kind}" aria-label="回答" data-text="${text}">
${answer.understoodAs && html`<p class="understood">按「${answer.understoodAs}」理解</p>`}
<p class="summary">${answer.summary}</p>
${answer.kind === 'grounded' && answer.missing && html`<p class="missing">${answer.missing}</p>`}
${noticeList(answer.notices)}
${evidence(answer)}
${answer.nextStep && nextStep(answer.nextStep)}
${suggestionList(answer.suggestions)}
<footer class="answer__foot">
<span>${[wordingLabel(answer), `用时 ${formatLatency(latencyMs)}`].filter(Boolean).join(' · ')}</span>
<span class="tools"><button type="button" class="tool" data-copy hidden>复制</button>
${input.canVote && voteForm(input.id)}</span>
</footer>
</section>`
}

/** What went wrong, in the place of an answer. */
export function failureView(message: string): Html {
  return html`<section class="answer answer--failure" role="alert">
<p class="summary">${message}</p>
</section>`
}

function noticeList(notices: readonly Notice[]): Html | undefined {
  if (notices.length === 0) return undefined
  return html`<ul class="notices">${notices.map(
    ({ kind, text }) => html`<li class="notice notice--${kind}">${text}</li>`,
  )}</ul>`
}

function evidence(answer: Answer): Html | undefined {
  if (answer.kind === 'refused') return undefined
  const citations = answer.kind === 'grounded' ? answer.citations : answer.nearest
  if (citations.length === 0) return undefined
  const heading = answer.kind === 'grounded' ? '依据' : '材料里最接近的内容（不是对您问题的回答）'
  return html`<section class="evidence" aria-label="${heading}">
<h3>${heading}</h3>
${citations.map(citationView)}
</section>`
}

function citationView(citation: Citation): Html {
  const { quote, highlight, span } = citation
  const at = highlight ? quote.indexOf(highlight) : -1
  const marks =
    highlight && at >= 0
      ? [{ kind: 'quote' as const, span: { start: at, end: at + highlight.length } }]
      : []
  const address = `/documents/${encodeURIComponent(citation.versionId)}?at=${span.start}-${span.end}#quote`
  return html`<figure class="citation">
<blockquote>${markText(quote, marks, { jump: false })}</blockquote>
<figcaption><a href="${address}">《${citation.documentTitle}》</a>
<span class="origin">${originOf(citation)}</span>${citation.sample && html` <span class="chip">示例</span>`}</figcaption>
</figure>`
}

function originOf(citation: Citation): string {
  const { issuedOn, jurisdictionName, issuer, source } = citation
  const date = issuedOn
    ? formatDate(issuedOn) + (issuedOn.inferredFrom ? '（年份为推定）' : '')
    : '没有日期'
  return [date, jurisdictionName, issuer, source && `来源：${source}`].filter(Boolean).join(' · ')
}

function nextStep(text: string): Html {
  return html`<aside class="next" aria-label="下一步">
<h3>下一步</h3>
<p>${text}</p>
<small>这是本工会设置的联系方式，不是文件里的话</small>
</aside>`
}

function suggestionList(suggestions: readonly string[]): Html | undefined {
  if (suggestions.length === 0) return undefined
  return html`<ul class="suggestions" aria-label="还可以问">${suggestions.map(
    (text) =>
      html`<li><button class="suggestion" form="composer" name="question" value="${text}">${text}</button></li>`,
  )}</ul>`
}

function wordingLabel(answer: Answer): string {
  if (answer.kind !== 'grounded') return ''
  return answer.wording === 'model' ? '内容由AI生成，仅供参考' : '原文摘录'
}

const REASONS: readonly (readonly [FeedbackReason, string])[] = [
  ['outdated', '过时'],
  ['wrong', '不准'],
  ['unanswered', '没答到'],
  ['unclear', '看不懂'],
]

function voteForm(id: string): Html {
  return html`<span class="vote" data-vote>
<form method="post" action="/feedback"><input type="hidden" name="answer_id" value="${id}"><button class="tool" name="helpful" value="yes">有用</button></form>
<details class="vote__why"><summary class="tool">没帮上</summary>
<form class="vote__reasons" method="post" action="/feedback" aria-label="哪里没帮上"><input type="hidden" name="answer_id" value="${id}"><input type="hidden" name="helpful" value="no">
${REASONS.map(([value, label]) => html`<button class="tool" name="reason" value="${value}">${label}</button>`)}</form></details>
</span>`
}

function formatLatency(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.max(1, Math.round(milliseconds))} 毫秒`
    : `${(milliseconds / 1000).toFixed(1)} 秒`
}
