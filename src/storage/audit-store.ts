/**
 * Who changed what and when: entries are added and never changed. Each entry's hash covers the one
 * before it, so that a change made past the program shows. Ids only: no names of people, no texts.
 */

/** What an entry says; values are ids, numbers and states. */
export type AuditDetails = Readonly<Record<string, string | number | boolean>>

export interface AuditRecord {
  readonly at: Temporal.Instant
  /** Account or part of the program: `feishu:ou_…`, `cli`, `schedule`. */
  readonly actor: string
  /** snake_case and in the past tense: `document_published`. */
  readonly action: string
  /** Kind and id: `document:3fa9c1b2d4`, `task:…`. */
  readonly subject: string
  readonly details: AuditDetails
}

export interface AuditEntry extends AuditRecord {
  /** 1, 2, 3 … without gaps. */
  readonly sequence: number
  /** sha256, hex, of the previous entry's hash and this entry. */
  readonly hash: string
}

/** Whether the chain holds; `brokenAt` is the first entry that does not fit. */
export type AuditCheck =
  | { readonly kind: 'intact'; readonly entries: number }
  | { readonly kind: 'broken'; readonly brokenAt: number }

export interface AuditStore {
  /** In the transaction of the change itself, as its last step: others who record wait for its end. */
  record(record: AuditRecord): Promise<AuditEntry>
  /** Newest first; `before` continues a page at the sequence it ended with. */
  entries(options: {
    readonly limit: number
    readonly before?: number
    readonly subject?: string
  }): Promise<readonly AuditEntry[]>
  check(): Promise<AuditCheck>
}
