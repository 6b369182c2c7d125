/**
 * A task of the ledger (台账): what is to be done, by whom, by when, how far it is.
 *
 * Its life is a list of events that is only ever added to; the task is their fold. In the words of
 * the house: 交办 (confirmed) — 签收 (accepted) — 办理 (in process) — 反馈 (reported) — 办结
 * (completed). The names of states follow iCalendar's VTODO.
 */
import type { Bound } from './fact.ts'
import type { Readership, Role } from './person.ts'
import type { Span } from './span.ts'

/** A target figure: 新建职工书屋30个 → {value: 30, bound: 'exact', unit: '个'}. */
export interface Target {
  readonly value: number
  readonly bound: Bound
  readonly unit: string
}

/** A limit as the text gives it. `dueOn` is the last day on time; absent when the words are vague. */
export interface Deadline {
  readonly phrase: string
  readonly dueOn?: Temporal.PlainDate
  /** Set when the day follows from a rule (plan year) and not from the words themselves. */
  readonly inferredFrom?: string
}

/**
 * A task that a document seems to give. Nobody is pinged for it before a cadre confirms it.
 * An owner, a deadline or a figure that the text does not give is absent: never invented.
 */
export interface TaskProposal {
  readonly title: string
  /** 责任单位, verbatim. */
  readonly owner?: string
  readonly deadline?: Deadline
  readonly target?: Target
  /** The sentence it rests on, in the document's cleaned text. */
  readonly span: Span
  /** Verbatim text of `span`. */
  readonly quote: string
  /** How the rules read it before a model worded it: what it is known by does not hang on a wording. */
  readonly readAs?: { readonly title: string; readonly quote: string }
}

/**
 * draft (read from a document) → proposed (shown to a cadre) → needs-action (交办) → in-process (签收,
 * 办理) → in-review (报请办结) → completed (办结). Cancelled and superseded from any of these, rejected
 * from the first two.
 */
export type TaskStatus =
  | 'draft'
  | 'proposed'
  | 'rejected'
  | 'needs-action'
  | 'in-process'
  | 'in-review'
  | 'completed'
  | 'cancelled'
  | 'superseded'

/** Somebody works on it, or should: only these ping. */
export const OPEN_STATUSES = ['needs-action', 'in-process', 'in-review'] as const

export function isOpen(task: Pick<Task, 'status'>): boolean {
  return OPEN_STATUSES.some((status) => status === task.status)
}

/** Who has to do it: one person, everybody of a 单位, or everybody with a role. */
export type Assignee =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'unit'; readonly unit: string }
  | { readonly kind: 'role'; readonly role: Role }

/** Where the task was read. */
export interface TaskSource {
  readonly documentId: string
  readonly documentTitle: string
  readonly span: Span
  /** Verbatim text of `span`. */
  readonly quote: string
  /** Name of the list it is an item of: 八件实事. */
  readonly listTitle?: string
  /** Its number in that list. */
  readonly ordinal?: number
}

/** A figure somebody reported: the total reached, not the increment. */
export interface ProgressReport {
  readonly value: number
  readonly unit: string
  readonly note?: string
  readonly by: Actor
  readonly at: Temporal.Instant
}

/** Who did it: a person of the union, or the bot itself by a rule. */
export type Actor =
  | { readonly kind: 'person'; readonly personId: string; readonly name: string }
  | { readonly kind: 'system'; readonly name: string }

/** What a task is before anything happened to it. */
export interface TaskSetup {
  readonly title: string
  readonly source?: TaskSource
  /** Field of work, to which a ladder of reminders may belong: 职工服务, 维权. */
  readonly theme?: string
  /** 责任单位 as the text writes it; who it is, `assignees` says. */
  readonly ownerPhrase?: string
  readonly assignees: readonly Assignee[]
  readonly deadline?: Deadline
  readonly target?: Target
  /** From when time counts for 序时进度: the document's date, the plan year's first day. */
  readonly startsOn: Temporal.PlainDate
  readonly readableBy: Readership
  readonly seriesId?: string
  /** The task this one was split from. */
  readonly parentId?: string
}

export interface Task extends TaskSetup {
  readonly id: string
  /** Number of events so far: two people cannot change the same revision. */
  readonly revision: number
  /** Grows when what is pinged changes: deadline, assignees, state. Part of every reminder's key. */
  readonly scheduleRevision: number
  /** When, by what and by whom the present schedule came about: earlier rungs are not made up for. */
  readonly schedule: {
    readonly at: Temporal.Instant
    readonly cause: TaskChange['kind']
    readonly by: Actor
  }
  readonly status: TaskStatus
  readonly progress: readonly ProgressReport[]
  /** When somebody last answered a reminder of the present schedule: stops escalation for a while. */
  readonly acknowledgedAt?: Temporal.Instant
  readonly snoozedUntil?: Temporal.Instant
  /** An asked-for later day that the leader has not decided on. */
  readonly extensionRequest?: Deadline
  /** Assignees before a transfer that is not accepted yet: they get it back when it is declined. */
  readonly transferredFrom?: readonly Assignee[]
  readonly createdAt: Temporal.Instant
  readonly createdBy: Actor
  readonly closedAt?: Temporal.Instant
}

/** What happens to a task. */
export type TaskChange =
  | {
      readonly kind: 'created'
      readonly setup: TaskSetup
      readonly status: 'draft' | 'needs-action'
    }
  | { readonly kind: 'proposed' }
  /** 交办. What the cadre corrected while confirming replaces what was read. */
  | { readonly kind: 'confirmed'; readonly corrections: TaskCorrections }
  | { readonly kind: 'rejected'; readonly reason?: string }
  | { readonly kind: 'edited'; readonly corrections: TaskCorrections }
  | { readonly kind: 'assigned'; readonly assignees: readonly Assignee[] }
  /** 签收. */
  | { readonly kind: 'accepted' }
  /** 转办: at once, and the new assignees may hand it back. */
  | { readonly kind: 'transferred'; readonly to: readonly Assignee[] }
  | { readonly kind: 'transfer-declined'; readonly reason?: string }
  | { readonly kind: 'extension-requested'; readonly deadline: Deadline }
  | { readonly kind: 'extension-declined' }
  | { readonly kind: 'extended'; readonly deadline: Deadline }
  /** 反馈 with a figure. */
  | {
      readonly kind: 'progress-reported'
      readonly value: number
      readonly unit: string
      readonly note?: string
    }
  /** 反馈 in words. */
  | { readonly kind: 'remarked'; readonly note: string }
  /** 知道了: a reminder was answered, nothing else. */
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'snoozed'; readonly until: Temporal.Instant }
  /** 报请办结. */
  | { readonly kind: 'submitted'; readonly note?: string }
  | { readonly kind: 'returned'; readonly reason?: string }
  /** 办结. */
  | { readonly kind: 'completed'; readonly note?: string }
  | { readonly kind: 'reopened' }
  | { readonly kind: 'cancelled'; readonly reason?: string }
  | { readonly kind: 'superseded'; readonly byTaskId?: string; readonly reason?: string }
  | { readonly kind: 'split'; readonly intoTaskIds: readonly string[] }
  /** The document it was read in is for other readers now. */
  | { readonly kind: 'readership-changed'; readonly readableBy: Readership }

/** What a cadre may correct. An absent field stays as it is. */
export interface TaskCorrections {
  readonly title?: string
  readonly theme?: string
  readonly assignees?: readonly Assignee[]
  readonly deadline?: Deadline
  readonly target?: Target
}

/** One line of a task's history: never changed, never removed. */
export interface TaskEvent {
  readonly taskId: string
  /** 1, 2, 3 … within the task. */
  readonly revision: number
  readonly at: Temporal.Instant
  readonly actor: Actor
  /** What it rests on: the message, the button, the page. */
  readonly basis: string
  readonly change: TaskChange
}

/** A task that comes again: one rule, one task for each occurrence. */
export interface TaskSeries {
  readonly id: string
  readonly setup: TaskSetup
  /** RFC 5545 RRULE; a day that a month lacks means its last day. */
  readonly rule: string
  /** The rule in the words it was given: 每月5日前. */
  readonly phrase: string
  readonly startsOn: Temporal.PlainDate
  /** Last day of the series; open when absent. */
  readonly endsOn?: Temporal.PlainDate
  /** Occurrences up to this day have their tasks. */
  readonly plannedThrough?: Temporal.PlainDate
  readonly createdBy: Actor
}
