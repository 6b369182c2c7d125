/**
 * What the web chat asks of the rest of the program. The composition root supplies it; nothing here
 * knows a pipeline or a store. A service that is not given takes its part of the pages with it.
 */
import type { Answer } from '../../domain/answer.ts'
import type { Contact } from '../../domain/contact.ts'
import type { DocumentSummary, DocumentVersion } from '../../domain/document.ts'
import type { HealthReport } from '../../domain/health.ts'
import type { Jurisdiction } from '../../domain/jurisdiction.ts'
import type { Query } from '../../domain/query.ts'
import type { Logger } from '../../logger.ts'

export interface AskRequest {
  /** The caller's own id of the question, or one made for it: what feedback refers to. */
  readonly id: string
  /** Asked by a program or by a person on the chat page. */
  readonly from: 'api' | 'chat'
  readonly query: Query
  /** 「2014年怎么规定」: the day whose rules are asked for, when it is not the day of asking. */
  readonly asOf?: Temporal.PlainDate
}

export interface AskReply {
  readonly answer: Answer
  /** The whole plain-text form that a person would see. */
  readonly text: string
  readonly latencyMs: number
}

export const FEEDBACK_REASONS = ['outdated', 'wrong', 'unanswered', 'unclear'] as const
export type FeedbackReason = (typeof FEEDBACK_REASONS)[number]

export interface Feedback {
  readonly answerId: string
  readonly helpful: boolean
  readonly reason?: FeedbackReason
}

/** Who asks for a page of the console, and the nonce that its scripts may run with. */
export interface Visitor {
  readonly visit: 'local' | 'outside'
  readonly address: string
  readonly nonce: string
}

export interface WebServices {
  /** @throws {BadInputError} for input that cannot be used; anything else is our fault. */
  ask(request: AskRequest, signal: AbortSignal): Promise<AskReply>
  /** The place a free description names (甘肃平凉, 620800); undefined for an unknown one. */
  resolvePlace(description: string): Jurisdiction | undefined
  placeByCode(code: string): Jurisdiction | undefined
  /** One stored version, whatever its standing; the pages decide who may see it. */
  documentVersion(versionId: string): Promise<DocumentVersion | undefined>
  /** The versions in force: what answers may rest on. */
  listDocuments(): Promise<readonly DocumentSummary[]>
  /** Withdraws every sample document; returns how many. */
  removeSamples?(): Promise<number>
  recordFeedback?(feedback: Feedback): Promise<void>
  health(): Promise<HealthReport>
  /** Metrics in the text form of Prometheus. */
  metrics?(): Promise<{ readonly contentType: string; readonly text: string }>
  /** Raw webhook requests of Feishu: the handler verifies and limits by itself and never rejects. */
  feishuWebhook?(request: Request): Promise<Response>
  /** The pages below /console. */
  console?(request: Request, visitor: Visitor): Promise<Response>
  /** The day it is in the union's time zone. */
  today(): Temporal.PlainDate
  readonly contact: Contact
  /** Questions offered before the first one: ones that the documents in force answer. */
  readonly exampleQuestions: readonly string[]
  readonly logger: Logger
}
