/**
 * An answer that an admin fixed for a question (置顶问答): it wins over what search would find. It has
 * an owner who answers for it and a last day, so that it does not outlive its truth unnoticed.
 */
import type { Audience, Readership } from './person.ts'
import { mayRead } from './person.ts'

export interface PinnedAnswer {
  readonly id: string
  /** The question and other wordings of it. */
  readonly questions: readonly [string, ...string[]]
  /** Questions that look alike and are not meant: 「互助保障怎么退保」 beside 「互助保障怎么参保」. */
  readonly notQuestions: readonly string[]
  /** What is answered, shown as the union's own words. */
  readonly answer: string
  /** Where it is written: a document's title or an address. */
  readonly source?: string
  readonly readableBy: Readership
  /** GB/T 2260 code of the place it holds for; absent: everywhere. */
  readonly jurisdictionCode?: string
  /** Who keeps it true: person or account id. */
  readonly owner: string
  /** Last day on which it is given; absent: until it is removed. */
  readonly expiresOn?: Temporal.PlainDate
  readonly updatedAt: Temporal.Instant
}

/** Whether it may be given to this audience on this day. */
export function isGivenTo(
  pinned: PinnedAnswer,
  audience: Audience,
  today: Temporal.PlainDate,
): boolean {
  const expired =
    pinned.expiresOn !== undefined && Temporal.PlainDate.compare(pinned.expiresOn, today) < 0
  return !expired && mayRead(audience.role, pinned.readableBy)
}
