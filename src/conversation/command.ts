/** What somebody wants done to the ledger, as it was understood; nothing of it has been done yet. */
import type { DateExpression } from '../text/dates/expression.ts'
import type { Length } from '../text/dates/point.ts'

export type Command =
  | { readonly kind: 'my-tasks' }
  /** 「核对任务」: those that nobody has confirmed yet. */
  | { readonly kind: 'review' }
  | { readonly kind: 'progress-of'; readonly subject: string }
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  /** 「不对,是13个」: the echo was wrong, and this is right. */
  | { readonly kind: 'correct'; readonly rest: string }
  /** 「2」「选2」: an answer to a numbered question. */
  | { readonly kind: 'choose'; readonly index: number }
  /** `subject` is empty when the sentence names none: the task last spoken of is meant. */
  | {
      readonly kind: 'report'
      readonly subject: string
      readonly value: number
      readonly unit: string
      /** 又建了3个: added to the last figure. */
      readonly added: boolean
      /** 12/30: the target as the speaker has it. */
      readonly outOf?: number
      /** 十来个, 约12个: no figure that can be saved. */
      readonly isVague?: boolean
    }
  | { readonly kind: 'complete' | 'accept' | 'cancel'; readonly subject: string }
  /** To a day, or by a length from the present limit. */
  | {
      readonly kind: 'extend'
      readonly subject: string
      readonly date?: DateExpression
      readonly by?: Length
      /** Asked as a question: only where the task is found. */
      readonly isShy?: boolean
    }
  | { readonly kind: 'snooze'; readonly subject: string; readonly date?: DateExpression }
  | {
      readonly kind: 'transfer'
      readonly subject: string
      readonly to: string
      /** Words that mean much else too (让, 由): only where the task is found. */
      readonly isShy?: boolean
    }
  | { readonly kind: 'remark'; readonly subject: string; readonly note: string }
  | { readonly kind: 'split'; readonly subject: string; readonly parts: readonly string[] }
  | { readonly kind: 'remind'; readonly title: string; readonly date: DateExpression }

/** The words that name a task, without what politeness and grammar put around them. */
export function subjectOf(text: string): string {
  return text
    .replace(/^(?:请|把|将|帮我|麻烦|关于|我们单位|我们|咱们|本单位|我)+(?:的)?/u, '')
    .replace(
      /(?:的)?(?:任务|事项|这件事|那件事|的事情?|工作|一事|截止|时限|期限|这块|那块|这边|方面|这一?项|这个|进度|想|能|希望)*[\s,:]*$/u,
      '',
    )
    .replace(/[「」“”"《》]/gu, '')
    .replace(/^(?:一次|一下|一遍)$/u, '')
    .trim()
}
