import type { Role } from './person.ts'

/** A question as it is asked: by whom, from where, on which day, after which earlier turns. */
export interface Query {
  readonly question: string
  /** The asker's earlier questions in this conversation, oldest first. */
  readonly history: readonly string[]
  readonly role: Role
  /** Asker's place, GB/T 2260 code. */
  readonly jurisdictionCode?: string
  /** The day of asking in the union's time zone: 今年, 现在 and validity are relative to it. */
  readonly askedOn: Temporal.PlainDate
}
