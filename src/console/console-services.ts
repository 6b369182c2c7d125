/**
 * What the console asks of the rest of the program. A service that is not given takes its pages and
 * its entry in the menu with it: there are no dead links. Every change names who made it, for the
 * audit log, which the service keeps in the transaction of the change.
 */
import type { Clock } from '../clock.ts'
import type { Answer } from '../domain/answer.ts'
import type { Contact } from '../domain/contact.ts'
import type { DocumentMetadata, DocumentSummary, DocumentVersion } from '../domain/document.ts'
import type { HealthReport } from '../domain/health.ts'
import type { Jurisdiction } from '../domain/jurisdiction.ts'
import type { Person, Role } from '../domain/person.ts'
import type { PinnedAnswer } from '../domain/pinned-answer.ts'
import type { Query } from '../domain/query.ts'
import type { Span } from '../domain/span.ts'
import type { Actor, Task, TaskChange, TaskEvent } from '../domain/task.ts'
import type { Logger } from '../logger.ts'
import type { AuditStore } from '../storage/audit-store.ts'
import type { ConsoleStore } from '../storage/console-store.ts'
import type { DeliveryRecord, DeliveryState } from '../storage/outbox-store.ts'
import type { QuestionStore } from '../storage/question-store.ts'
import type { ReminderRecord } from '../storage/reminder-store.ts'
import type { TaskFilter } from '../storage/task-store.ts'
import type { ChangeStore } from './change-accounts.ts'

export interface UploadedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What became of a file that was sent in. */
export interface UploadResult {
  readonly kind: 'known' | 'new-document' | 'new-version'
  readonly versionId: string
}

/** Something the same in both texts that says two different things. */
export interface ConflictFinding {
  /** What it is about: 市级标准化职工书屋. */
  readonly subject: string
  /** The clause in the version under review. */
  readonly ours: { readonly text: string; readonly span: Span }
  readonly theirs: {
    readonly text: string
    readonly versionId: string
    readonly span: Span
    readonly documentTitle: string
  }
}

export interface ChangeLine {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before?: string
  readonly after?: string
}

/** A question that would be answered otherwise, in a line each. */
export interface AnswerChangeLine {
  readonly question: string
  readonly change: 'lost' | 'found' | 'changed'
  /** An admin pinned an answer to it, which stays. */
  readonly pinned?: true
  readonly before: string
  readonly after: string
}

/** What is weighed before publishing. */
export interface DraftReview {
  readonly conflicts: readonly ConflictFinding[]
  /** Documents in force that this one seems to end (废止, 修订, the same plan of a new year). */
  readonly supersedes: readonly { readonly document: DocumentSummary; readonly reason: string }[]
  /** The version in force, and what changed from it to this one. */
  readonly previous?: DocumentSummary
  readonly changes: readonly ChangeLine[]
  /** Questions asked again; absent for whoever may not read what people asked. */
  readonly answers?: { readonly asked: number; readonly changes: readonly AnswerChangeLine[] }
}

export interface KnowledgeService {
  /** The newest version of every document. */
  list(): Promise<readonly DocumentSummary[]>
  /** Every version in force: a document whose newest version is a draft may have one. */
  inForce(): Promise<readonly DocumentSummary[]>
  version(versionId: string): Promise<DocumentVersion | undefined>
  history(documentId: string): Promise<readonly DocumentSummary[]>
  /** The bytes as they came in; undefined when they were not kept. */
  original(contentHash: string): Promise<Uint8Array | undefined>
  /** Reads a file and keeps it as a draft. @throws {BadInputError} for a file that cannot be read. */
  upload(file: UploadedFile, actor: string): Promise<UploadResult>
  /** Fetches an address and keeps what it holds as a draft. */
  uploadUrl?(url: string, actor: string): Promise<UploadResult>
  /** Only of documents that `viewer` may read. */
  review?(versionId: string, viewer: Role): Promise<DraftReview>
  publish(versionId: string, actor: string): Promise<void>
  withdraw(documentId: string, actor: string): Promise<void>
  /** Brings back the version before the one in force. */
  rollback(documentId: string, actor: string): Promise<void>
  /** Ends an older document by a newer one, when an admin says that it is so. */
  supersede?(olderVersionId: string, newerVersionId: string, actor: string): Promise<void>
  setMetadata(versionId: string, metadata: DocumentMetadata, actor: string): Promise<void>
  removeSamples(actor: string): Promise<number>
}

/** One step of how an answer came about, in words for an admin. */
export interface TraceStep {
  readonly title: string
  readonly lines: readonly string[]
}

export interface SandboxService {
  ask(
    query: Query,
    signal: AbortSignal,
  ): Promise<{ readonly answer: Answer; readonly text: string; readonly latencyMs: number }>
  /** 「为什么这样答」. */
  explain?(query: Query): Promise<readonly TraceStep[]>
}

export interface ChannelStatus {
  /** 飞书, 微信. */
  readonly label: string
  readonly name: string
  readonly state: 'off' | 'connecting' | 'on' | 'down'
  /** How it is and what to do, in Chinese. */
  readonly detail: string
  /** What a phone has to scan to sign in. */
  readonly qrText?: string
  readonly lastMessageAt?: Temporal.Instant
}

export interface BackupService {
  /** A whole backup as a file to keep. */
  create(): Promise<{ readonly fileName: string; readonly content: Blob }>
  lastCreatedAt(): Promise<Temporal.Instant | undefined>
}

/** How a task stands today: its colour, and 12/30个 · 还有7天. */
export interface TaskStanding {
  readonly colour?: 'blue' | 'yellow' | 'red'
  readonly text: string
}

export interface TaskService {
  find(filter: TaskFilter): Promise<readonly Task[]>
  task(id: string): Promise<Task | undefined>
  /** Oldest first. */
  events(taskId: string): Promise<readonly TaskEvent[]>
  reminders(taskId: string): Promise<readonly ReminderRecord[]>
  /** When a delivery was read, as far as its platform tells. */
  readAt?(deliveryId: string): Promise<Temporal.Instant | undefined>
  standing(task: Task): TaskStanding
  /** @throws {BadInputError} with the reason, when the task does not accept the change. */
  change(taskId: string, change: TaskChange, by: Actor): Promise<void>
}

/** A pinned answer as it is filled in; without `id` a new one. */
export type PinnedForm = Omit<PinnedAnswer, 'id' | 'updatedAt'> & { readonly id?: string }

export interface PinnedService {
  list(): Promise<readonly PinnedAnswer[]>
  /** @throws {BadInputError} when another one answers the same question for the same place. */
  save(form: PinnedForm, actor: string): Promise<void>
  remove(id: string, actor: string): Promise<void>
}

export interface PeopleService {
  all(): Promise<readonly Person[]>
  save(person: Person, actor: string): Promise<void>
  remove(personId: string, actor: string): Promise<void>
}

export interface DeliveryService {
  list(filter: {
    readonly state: DeliveryState
    readonly limit: number
  }): Promise<readonly DeliveryRecord[]>
  /** Tries a dead letter again; false when it is not dead any more. */
  revive(id: string, actor: string): Promise<boolean>
}

export interface ConsoleServices {
  readonly accounts: ConsoleStore
  readonly changeAccounts: ChangeStore
  readonly clock: Pick<Clock, 'now'>
  readonly logger: Logger
  readonly contact: Contact
  readonly timeZone: string
  health(): Promise<HealthReport>
  resolvePlace(description: string): Jurisdiction | undefined
  placeByCode(code: string): Jurisdiction | undefined
  readonly knowledge?: KnowledgeService
  readonly sandbox?: SandboxService
  readonly tasks?: TaskService
  readonly people?: PeopleService
  readonly pinned?: PinnedService
  readonly deliveries?: DeliveryService
  readonly questions?: QuestionStore
  readonly audit?: AuditStore
  readonly channels?: { list(): Promise<readonly ChannelStatus[]> }
  readonly backup?: BackupService
}
