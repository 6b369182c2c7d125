/**
 * A model's wording behind an answer that was given at once: where a channel edits, the quoted answer
 * is shown first and replaced once, when the wording has passed the guard. It may be lost (a restart, a
 * model that is down) without anybody being wronged: the quoted answer is complete by itself.
 */
import type { Clock } from '../clock.ts'
import { addressReply } from '../conversation/address-reply.ts'
import { replyId, rewordedId } from '../conversation/reply-ids.ts'
import type { Answer } from '../domain/answer.ts'
import type { InboundMessage, OutboundMessage } from '../domain/message.ts'
import type { Store } from '../storage/store.ts'

/** A better wording, or undefined when the quoted one stands. */
export type Reword = (signal: AbortSignal) => Promise<Answer | undefined>

/** Who asked, and how an answer to it looks. */
export interface Asking {
  readonly message: InboundMessage
  readonly show: (answer: Answer) => OutboundMessage
}

export interface Rewordings {
  start(asking: Asking, reword: Reword): void
  /** Gives up what is under way. */
  stop(): Promise<void>
}

/** A model with its retry. */
const MODEL_WITHIN_MS = 45_000
/** The first answer has to be on the screen before it can be replaced. */
const LOOK_EVERY = { milliseconds: 300 }
const LOOKS = 100

export function createRewordings(tools: {
  readonly store: Pick<Store, 'outbox'>
  readonly clock: Clock
  /** Something new lies in the outbox. */
  readonly onReady: () => void
  readonly onError: (error: unknown) => void
}): Rewordings {
  const { store, clock } = tools
  const stopping = new AbortController()
  const underWay = new Set<Promise<void>>()

  async function replace({ message, show }: Asking, reword: Reword): Promise<void> {
    const limit = AbortSignal.timeout(MODEL_WITHIN_MS)
    const answer = await reword(AbortSignal.any([stopping.signal, limit]))
    if (answer === undefined || !(await isShown(replyId(message)))) return
    const replaces = replyId(message)
    const content = {
      kind: 'message',
      message: { ...addressReply(message, show(answer)), replaces },
    } as const
    const to = message.conversation
    const id = rewordedId(message)
    await store.outbox.enqueue([{ id, to, content, notBefore: clock.now(), fallbacks: [] }])
    tools.onReady()
  }

  /** False when the first answer was taken back, could not be sent, or takes too long. */
  async function isShown(deliveryId: string): Promise<boolean> {
    for (let look = 0; look < LOOKS && !stopping.signal.aborted; look += 1) {
      const state = (await store.outbox.byId(deliveryId))?.state
      if (state === 'sent') return true
      if (state === 'dead' || state === 'suppressed') return false
      await clock.sleepUntil(clock.now().add(LOOK_EVERY), stopping.signal)
    }
    return false
  }

  return {
    start: (asking, reword) => {
      const work = replace(asking, reword)
        .catch((error: unknown) => {
          if (!stopping.signal.aborted) tools.onError(error)
        })
        .finally(() => void underWay.delete(work))
      underWay.add(work)
    },
    stop: async () => {
      stopping.abort()
      await Promise.all(underWay)
    },
  }
}
