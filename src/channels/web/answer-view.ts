/** An answer in the chat: its body, further questions, copying and voting. */
import { html } from 'hono/html'
import { answerBody, formatLatency, wordingLabel } from '../../http/answer-body.ts'
import type { Html } from '../../http/html.ts'
import type { AskReply, FeedbackReason } from './web-services.ts'

export function answerView(input: {
  readonly id: string
  readonly reply: AskReply
  /** Whether votes are kept. */
  readonly canVote: boolean
}): Html {
  const { answer, text, latencyMs } = input.reply
  return html`<section class="answer answer--${answer.kind}" aria-label="回答" data-text="${text}">
${answerBody(answer)}
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

function suggestionList(suggestions: readonly string[]): Html | undefined {
  if (suggestions.length === 0) return undefined
  return html`<ul class="suggestions" aria-label="还可以问">${suggestions.map(
    (text) =>
      html`<li><button class="suggestion" form="composer" name="question" value="${text}">${text}</button></li>`,
  )}</ul>`
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
