/**
 * What a person asked before, in this conversation and thread: what a follow-up is understood by.
 * Never another member's turns. May be lost at any moment without anybody being wronged.
 */
import type { InboundMessage } from '../domain/message.ts'

/** The two calls of keyv that are needed; a Keyv is one. */
export interface DialogueStore {
  get(key: string): Promise<unknown>
  /** Forgets after `ttl` milliseconds. */
  set(key: string, value: unknown, ttl?: number): Promise<unknown>
}

export interface Dialogue {
  /** Questions asked, oldest first. */
  readonly questions: readonly string[]
  /** Answers in a row that did not have it. */
  readonly misses: number
}

export interface DialogueMemory {
  recall(message: InboundMessage): Promise<Dialogue>
  remember(message: InboundMessage, question: string, found: boolean): Promise<void>
}

const TURNS_KEPT = 4
/** Half an hour of silence ends a dialogue. */
const FORGOTTEN_AFTER_MS = 30 * 60 * 1000
/** A remembered question is no longer than this. */
const LONGEST_TURN = 200

const NOTHING: Dialogue = { questions: [], misses: 0 }

export function createDialogueMemory(store: DialogueStore): DialogueMemory {
  const recall = async (message: InboundMessage) => readDialogue(await store.get(keyOf(message)))
  return {
    recall,
    remember: async (message, question, found) => {
      const before = await recall(message)
      const questions = [...before.questions, question.slice(0, LONGEST_TURN)].slice(-TURNS_KEPT)
      const dialogue: Dialogue = { questions, misses: found ? 0 : before.misses + 1 }
      await store.set(keyOf(message), dialogue, FORGOTTEN_AFTER_MS)
    },
  }
}

function keyOf({ conversation, sender }: InboundMessage): string {
  const { channel, conversationId, threadId = '' } = conversation
  return JSON.stringify([channel, conversationId, threadId, sender.accountId])
}

/** What lies in a cache may be of an older version: anything unexpected counts as nothing. */
function readDialogue(value: unknown): Dialogue {
  if (typeof value !== 'object' || value === null) return NOTHING
  const { questions, misses } = value as Partial<Dialogue>
  if (!Array.isArray(questions) || typeof misses !== 'number') return NOTHING
  return { questions: questions.filter((one) => typeof one === 'string'), misses }
}
