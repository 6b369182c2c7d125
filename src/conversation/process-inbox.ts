/**
 * The durable way of a message: received (one row, then the acknowledgement), claimed, handled, and
 * its reply put into the outbox in the transaction that settles it.
 *
 * A crash before that transaction means that the message is handled again; after it, that the reply
 * waits in the outbox. The reply's id is made from the message's, so no crash makes two of it. What
 * a command changes in the ledger is part of the same transaction.
 */
import type { Clock } from '../clock.ts'
import type { InboundMessage, OutboundMessage } from '../domain/message.ts'
import type { InboxItem } from '../storage/inbox-store.ts'
import type { Store } from '../storage/store.ts'
import { startWorkLoop, type WorkLoop } from '../work-loop.ts'
import { addressReply } from './address-reply.ts'
import { replyId, rewordedId } from './reply-ids.ts'

export interface InboxDependencies {
  readonly store: Store
  readonly clock: Clock
  /**
   * Acts on a message that is a command, inside the settling transaction; undefined when it is none.
   * It calls no model and no network.
   */
  readonly runCommand: (
    message: InboundMessage,
    store: Store,
  ) => Promise<OutboundMessage | undefined>
  /** Answers everything else; undefined for what needs no reply. May take its time. */
  readonly handleMessage: (message: InboundMessage) => Promise<OutboundMessage | undefined>
  /** Channels whose one session another replica holds: only there can what came be fetched. */
  readonly elsewhere?: () => readonly string[]
  /** A message could not be handled: `dead` when it is given up. */
  readonly onFailure: (failure: {
    readonly messageId: string
    readonly error: unknown
    readonly dead: boolean
  }) => void
  /** Something new lies in the outbox. */
  readonly onReply?: () => void
  /** Test hook, called at every boundary with its name. */
  readonly failpoint?: (name: string) => void
}

/** Longer than a model's deadline with its retry; a worker that dies is replaced after this. */
const LEASE_SECONDS = 120
const MAX_ATTEMPTS = 4
/** Messages handled at once, each of another conversation. */
const LANES = 4
const RETRY_AFTER_SECONDS = [2, 10, 60] as const
const APOLOGY = '刚才这条消息没有处理成功，已经记下并通知管理员。请稍后再发一次，或直接联系工会。'

/** Takes a message in. Resolves when its row is committed; a rejection means: deliver it again. */
export async function receiveMessage(
  message: InboundMessage,
  { store, clock }: Pick<InboxDependencies, 'store' | 'clock'>,
): Promise<void> {
  await store.transaction(async (inside) => {
    const isNew = await inside.inbox.accept(message, clock.now())
    if (isNew && message.content.kind === 'recalled') {
      const recalled = { id: message.content.messageId, conversation: message.conversation }
      await inside.inbox.withdraw(recalled)
      await inside.outbox.suppress(
        [replyId(recalled), rewordedId(recalled)],
        'recalled',
        clock.now(),
      )
    }
  })
}

/** Works through the inbox until stopped. */
export function startInbox(dependencies: InboxDependencies): WorkLoop {
  const { clock, store } = dependencies
  const lanes = Array.from({ length: LANES }, () =>
    startWorkLoop(() => processNext(dependencies), {
      clock,
      nextDueAt: () => store.inbox.nextDueAt(dependencies.elsewhere?.()),
      onError: (error) => dependencies.onFailure({ messageId: '', error, dead: false }),
    }),
  )
  return {
    wake: () => {
      for (const lane of lanes) lane.wake()
    },
    stop: async () => {
      await Promise.all(lanes.map((lane) => lane.stop()))
    },
  }
}

/** Handles one message, if one waits; says whether it did. */
export async function processNext(dependencies: InboxDependencies): Promise<boolean> {
  const { store, clock, failpoint } = dependencies
  const now = clock.now()
  const leaseUntil = now.add({ seconds: LEASE_SECONDS })
  const [item] = await store.inbox.claim({
    now,
    leaseUntil,
    limit: 1,
    except: dependencies.elsewhere?.() ?? [],
  })
  if (!item) return false
  failpoint?.('inbox-claimed')
  try {
    await process(item, dependencies)
  } catch (error) {
    await giveBack(item, error, dependencies)
  }
  return true
}

async function process(item: InboxItem, dependencies: InboxDependencies): Promise<void> {
  const { store, runCommand, handleMessage, failpoint } = dependencies
  const wasCommand = await store.transaction(async (inside) => {
    const reply = await runCommand(item.message, inside)
    if (reply) await settleWith(item, reply, inside, dependencies)
    return reply !== undefined
  })
  if (wasCommand) return dependencies.onReply?.()
  const reply = await handleMessage(item.message)
  failpoint?.('inbox-handled')
  await store.transaction((inside) => settleWith(item, reply, inside, dependencies))
  failpoint?.('inbox-settled')
  dependencies.onReply?.()
}

/** @throws {LeaseLost} when the lease ran out: whoever has the message now also answers it. */
async function settleWith(
  item: InboxItem,
  reply: OutboundMessage | undefined,
  store: Store,
  { clock, failpoint }: InboxDependencies,
): Promise<void> {
  if (reply) await store.outbox.enqueue([deliveryOf(item.message, reply, clock.now())])
  failpoint?.('inbox-before-settle')
  if (!(await store.inbox.settle(item, 'done'))) throw new LeaseLost()
}

function deliveryOf(message: InboundMessage, reply: OutboundMessage, now: Temporal.Instant) {
  const content = { kind: 'message', message: addressReply(message, reply) } as const
  return { id: replyId(message), to: message.conversation, content, notBefore: now, fallbacks: [] }
}

async function giveBack(item: InboxItem, error: unknown, dependencies: InboxDependencies) {
  if (error instanceof LeaseLost) return
  const { store, clock, onFailure } = dependencies
  const dead = item.attempts >= MAX_ATTEMPTS
  onFailure({ messageId: item.message.id, error, dead })
  if (dead) return await bury(item, dependencies)
  const seconds = RETRY_AFTER_SECONDS[item.attempts - 1] ?? RETRY_AFTER_SECONDS[0]
  await store.inbox.settle(item, { retryAt: clock.now().add({ seconds }) })
}

/** Put aside, so that the conversation goes on; the person is told. */
async function bury(item: InboxItem, { store, clock, onReply }: InboxDependencies) {
  await store.transaction(async (inside) => {
    if (!(await inside.inbox.settle(item, 'dead'))) return
    const apology = { blocks: [{ kind: 'paragraph', text: APOLOGY }] } as const
    await inside.outbox.enqueue([deliveryOf(item.message, apology, clock.now())])
  })
  onReply?.()
}

class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}
