/** 👍, 👎 and, after 👎, why: what the admin's list of gaps is made from. */
import type { OutboundMessage } from '../domain/message.ts'

export interface Vote {
  /** Id of the message whose answer is judged. */
  readonly answerId: string
  readonly helpful: boolean
  readonly reason?: string
}

/** Why an answer did not help, as the log of questions names it. */
const REASONS: readonly (readonly [reason: string, label: string])[] = [
  ['outdated', '过时'],
  ['wrong', '不准'],
  ['unanswered', '没答到'],
  ['unclear', '看不懂'],
]

/** undefined when the button is not one of a vote's. */
export async function takeVote(
  values: Readonly<Record<string, string>>,
  record: (vote: Vote) => Promise<void>,
): Promise<OutboundMessage | undefined> {
  const { answer, value, reason } = values
  if (answer === undefined || (value !== 'up' && value !== 'down')) return undefined
  const helpful = value === 'up'
  await record({ answerId: answer, helpful, ...(reason !== undefined && { reason }) })
  if (helpful) return say('谢谢！')
  if (reason !== undefined) {
    const thanks = say('记下了，我们会去核对。')
    return { ...thanks, card: thanks.blocks } // the reasons have been asked for
  }
  const actions = REASONS.map(([code, label]) => ({
    label,
    name: 'vote',
    values: { answer, value, reason: code },
  }))
  return {
    blocks: [
      { kind: 'paragraph', text: '哪里没帮上？' },
      { kind: 'actions', actions },
    ],
  }
}

function say(text: string): OutboundMessage {
  return { blocks: [{ kind: 'paragraph', text }] }
}
