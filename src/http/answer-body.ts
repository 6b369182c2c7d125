/**
 * An answer as a reader meets it: the short answer first, then what it rests on word for word, how
 * far it holds, and whom to ask next. The next step comes from the union's own settings and looks
 * different from everything that is quoted.
 */
import { html } from 'hono/html'
import { type Answer, type Citation, evidenceHeading, type Notice } from '../domain/answer.ts'
import { chinesePunctuation } from '../text/chinese-punctuation.ts'
import { formatDate } from './format-document.ts'
import type { Html } from './html.ts'
import { markText } from './mark-text.ts'

export function answerBody(answer: Answer): Html {
  return html`${answer.understoodAs && html`<p class="understood">按「${answer.understoodAs}」理解</p>`}
${summary(chinesePunctuation(answer.summary))}
${answer.kind === 'grounded' && answer.missing && html`<p class="missing">${chinesePunctuation(answer.missing)}</p>`}
${answer.ledger && ledgerLines(answer.ledger)}
${noticeList(answer.notices)}
${evidence(answer)}
${answer.nextStep && nextStep(answer.nextStep)}`
}

/** Who worded the answer; empty where nothing is stated about a document. */
export function wordingLabel(answer: Answer): string {
  if (answer.kind !== 'grounded') return ''
  return answer.wording === 'model' ? '内容由AI生成，仅供参考' : '原文摘录'
}

export function formatLatency(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.max(1, Math.round(milliseconds))} 毫秒`
    : `${(milliseconds / 1000).toFixed(1)} 秒`
}

/** The first line says it; what follows (the items of a list) is set as plainly as a quotation. */
function summary(text: string): Html {
  const [first = '', ...rest] = text.split('\n')
  return html`<p class="summary">${first}</p>
${rest.length > 0 && html`<p class="summary__rest">${rest.join('\n')}</p>`}`
}

/** What was reported of the promise: the ledger's words, not a document's. */
function ledgerLines(lines: readonly string[]): Html {
  return html`<ul class="ledger" aria-label="台账">${lines.map(
    (line) => html`<li>${chinesePunctuation(line)}</li>`,
  )}</ul>`
}

function noticeList(notices: readonly Notice[]): Html | undefined {
  if (notices.length === 0) return undefined
  return html`<ul class="notices">${notices.map(
    ({ kind, text }) => html`<li class="notice notice--${kind}">${chinesePunctuation(text)}</li>`,
  )}</ul>`
}

function evidence(answer: Answer): Html | undefined {
  if (answer.kind === 'refused') return undefined
  const citations = answer.kind === 'grounded' ? answer.citations : answer.nearest
  if (citations.length === 0) return undefined
  const heading = evidenceHeading(answer)
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
<p>${chinesePunctuation(text)}</p>
<small>这是本工会设置的联系方式，不是文件里的话</small>
</aside>`
}
