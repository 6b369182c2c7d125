/** Keeps what was understood until somebody says 「是」, in the store, so that a restart forgets nothing. */
import type { OutboundMessage } from '../domain/message.ts'
import type { Store } from '../storage/store.ts'
import type { Effect } from './apply-effect.ts'
import type { Command } from './command.ts'
import { askToConfirm, say } from './command-messages.ts'
import type { CommandTools, Speaker } from './command-tools.ts'

export type Request =
  | { readonly kind: 'save'; readonly effect: Effect }
  | { readonly kind: 'choose'; readonly command: Command; readonly options: readonly string[] }

/** What a command comes to: something to confirm, or a question because something is missing or odd. */
export type Proposal =
  | {
      readonly kind: 'propose'
      readonly effect: Effect
      readonly understood: string
      /** Something about it is odd: asked about even where a button or a form leaves no doubt of the rest. */
      readonly isOdd?: boolean
    }
  | { readonly kind: 'ask'; readonly text: string }

/** How long an echo waits for its 「是」. */
const PENDING_MINUTES = 30

/** Stores a request; returns the id that its buttons carry. */
export async function keepPending(
  request: Request,
  { account, conversation }: Speaker,
  store: Store,
  tools: Pick<CommandTools, 'now' | 'newId'>,
): Promise<string> {
  const id = tools.newId()
  const expiresAt = tools.now().add({ minutes: PENDING_MINUTES })
  const { conversationId } = conversation
  await store.pending.put({ id, account, conversationId, request, expiresAt })
  return id
}

/** Asks for 「是」; a question goes out as it is. */
export async function confirm(
  proposal: Proposal,
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage> {
  if (proposal.kind === 'ask') return say(proposal.text)
  const request: Request = { kind: 'save', effect: proposal.effect }
  return askToConfirm(await keepPending(request, speaker, store, tools), proposal.understood)
}
