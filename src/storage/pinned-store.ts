/** The answers that admins fixed. Few: a union has some hundred at most, so they are read together. */
import type { PinnedAnswer } from '../domain/pinned-answer.ts'

export interface PinnedStore {
  /** Inserts, or replaces the one with the same id. */
  save(pinned: PinnedAnswer): Promise<void>
  /** False when there is none with this id. */
  remove(id: string): Promise<boolean>
  find(id: string): Promise<PinnedAnswer | undefined>
  /** All, the one that was changed last first. */
  list(): Promise<readonly PinnedAnswer[]>
}
