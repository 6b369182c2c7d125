/** The fields of the chat's forms, urlencoded as browsers send them. */
import { z } from 'zod'
import { BadInputError } from '../../errors.ts'
import { FEEDBACK_REASONS, type Feedback } from './web-services.ts'

export interface ChatForm {
  /** What parseAsk takes. */
  readonly ask: { readonly question: string; readonly history: readonly string[] }
  readonly role: string
  readonly region: string
  readonly asOf: string
}

export const emptyForm: ChatForm = {
  ask: { question: '', history: [] },
  role: 'worker',
  region: '',
  asOf: '',
}

/**
 * An example is a button that is named `question` as the text field is: the pressed one comes last
 * and counts.
 */
export function parseChatForm(body: string): ChatForm {
  const fields = new URLSearchParams(body)
  const field = (name: string) => fields.get(name)?.trim() ?? ''
  const question = fields.getAll('question').findLast((text) => text.trim() !== '') ?? ''
  const [role, region, asOf] = [field('role'), field('region'), field('as_of')]
  const history = fields.getAll('history')
  const ask = {
    question,
    history,
    region,
    ...(role !== '' && { role }),
    ...(asOf !== '' && { as_of: asOf }),
  }
  return { ask, role: role || 'worker', region, asOf }
}

const feedbackSchema = z.object({
  answer_id: z.string().min(1).max(200),
  helpful: z.enum(['yes', 'no']),
  reason: z.enum(FEEDBACK_REASONS).optional(),
})

/** @throws {BadInputError} */
export function parseFeedback(body: string): Feedback {
  const result = feedbackSchema.safeParse(Object.fromEntries(new URLSearchParams(body)))
  if (!result.success) throw new BadInputError('invalid_feedback', '这条反馈没有填对，请重新点一次')
  const { answer_id: answerId, helpful, reason } = result.data
  return { answerId, helpful: helpful === 'yes', ...(reason && { reason }) }
}
