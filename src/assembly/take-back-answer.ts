/**
 * A question that was recalled after it was answered takes its answer along, where the channel edits:
 * what somebody regrets having asked in a group is not left standing there as an answer.
 */
import type { Clock } from '../clock.ts'
import { replyId, rewordedId, takenBackId } from '../conversation/reply-ids.ts'
import type { InboundMessage } from '../domain/message.ts'
import type { Store } from '../storage/store.ts'

const WORDS = '提问已撤回，回答也收回了。'
/** An answer that is just being sent is on the screen soon. */
const LOOK_EVERY = { milliseconds: 300 }
const LOOKS = 20

/** Does nothing for a question that was not answered. Keys: those of {@link takenBackId}. */
export async function takeBackAnswer(
  question: Pick<InboundMessage, 'id' | 'conversation'>,
  { store, clock, signal }: TakeBackTools,
): Promise<void> {
  const replaces = replyId(question)
  if (!(await isShown(replaces, { store, clock, signal }))) return
  const to = question.conversation
  const content = {
    kind: 'message',
    message: { blocks: [{ kind: 'notice', tone: 'info', text: WORDS }], replaces },
  } as const
  const delivery = { to, content, notBefore: clock.now(), fallbacks: [] }
  // In the place of a better wording that is still being made; behind one that is out.
  const isNew = await store.outbox.enqueue([{ ...delivery, id: rewordedId(question) }])
  if (isNew === 0) await store.outbox.enqueue([{ ...delivery, id: takenBackId(question) }])
}

export interface TakeBackTools {
  readonly store: Pick<Store, 'outbox'>
  readonly clock: Clock
  readonly signal: AbortSignal
}

async function isShown(deliveryId: string, { store, clock, signal }: TakeBackTools) {
  for (let look = 0; look < LOOKS && !signal.aborted; look += 1) {
    const state = (await store.outbox.byId(deliveryId))?.state
    if (state !== 'leased') return state === 'sent'
    await clock.sleepUntil(clock.now().add(LOOK_EVERY), signal)
  }
  return false
}
