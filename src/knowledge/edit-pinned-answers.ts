/** How admins fix, change and remove pinned answers: checked, and with an audit entry. */
import { createHash } from 'node:crypto'
import type { PinnedAnswer } from '../domain/pinned-answer.ts'
import { BadInputError } from '../errors.ts'
import { foldWithoutSpaces } from '../text/fold-for-matching.ts'
import type { ChangeContext } from './publish-document.ts'

/** What an admin fills in; without `id` a new one. */
export type PinnedAnswerDraft = Omit<PinnedAnswer, 'id' | 'updatedAt'> & { readonly id?: string }

const LONGEST_ANSWER = 2_000

/**
 * Saves a pinned answer. A new one's id is made from its question: saving it twice saves it once.
 *
 * @throws {BadInputError} `empty_pinned_answer`, `pinned_answer_too_long`, or `pinned_question_taken`
 *   when another one answers the same question for the same place.
 */
export async function savePinnedAnswer(
  draft: PinnedAnswerDraft,
  context: ChangeContext,
): Promise<PinnedAnswer> {
  check(draft)
  return context.store.transaction(async (store) => {
    const { id, ...content } = draft
    const pinned: PinnedAnswer = { ...content, id: id ?? idOf(draft), updatedAt: context.at }
    const other = (await store.pinned.list()).find(
      (one) => one.id !== pinned.id && answersTheSame(one, pinned),
    )
    if (other) {
      throw new BadInputError(
        'pinned_question_taken',
        `「${pinned.questions[0]}」已有置顶回答（${other.id}）。请修改那一条，不要另加。`,
      )
    }
    await store.pinned.save(pinned)
    await record('pinned_answer_saved', pinned.id, { ...context, store })
    return pinned
  })
}

/** False when there is none with this id. */
export function removePinnedAnswer(id: string, context: ChangeContext): Promise<boolean> {
  return context.store.transaction(async (store) => {
    if (!(await store.pinned.remove(id))) return false
    await record('pinned_answer_removed', id, { ...context, store })
    return true
  })
}

/** Those that end within `days`, or have ended: their owners should look at them. */
export function pinnedAnswersToReview(
  pinned: readonly PinnedAnswer[],
  today: Temporal.PlainDate,
  days: number,
): readonly PinnedAnswer[] {
  const until = today.add({ days })
  return pinned.filter(
    ({ expiresOn }) => expiresOn !== undefined && Temporal.PlainDate.compare(expiresOn, until) <= 0,
  )
}

function check({ questions, answer }: PinnedAnswerDraft): void {
  const isEmpty = answer.trim() === '' || questions.some((question) => question.trim() === '')
  if (isEmpty) {
    throw new BadInputError('empty_pinned_answer', '置顶回答的问题和答案都要写，不能空着。')
  }
  if (answer.length > LONGEST_ANSWER) {
    throw new BadInputError(
      'pinned_answer_too_long',
      `置顶回答有 ${answer.length} 字，请压缩到 ${LONGEST_ANSWER} 字以内；更长的内容请作为文件放入。`,
    )
  }
}

function idOf({ questions, jurisdictionCode }: PinnedAnswerDraft): string {
  const key = `${jurisdictionCode ?? ''}/${foldWithoutSpaces(questions[0])}`
  return createHash('sha256').update(key).digest('hex').slice(0, 10)
}

function answersTheSame(a: PinnedAnswer, b: PinnedAnswer): boolean {
  const questions = new Set(a.questions.map(foldWithoutSpaces))
  return (
    a.jurisdictionCode === b.jurisdictionCode &&
    b.questions.some((question) => questions.has(foldWithoutSpaces(question)))
  )
}

function record(action: string, id: string, { store, actor, at }: ChangeContext) {
  return store.audit.record({ at, actor, action, subject: `pinned-answer:${id}`, details: {} })
}
