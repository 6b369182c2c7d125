/**
 * What a button of ours carries: the action, and where its card stands. The platform hands it back
 * with the click, so nothing has to be remembered between the two, not even across a restart.
 */
import { z } from 'zod'
import type { Action, ConversationRef } from '../../domain/message.ts'

export const buttonValueShape = z.object({
  name: z.string().min(1).max(100),
  values: z.record(z.string(), z.string()),
  /** deliveryId of the card: what an answer to the click `replaces`. */
  delivery: z.string(),
  kind: z.enum(['private', 'group']),
  thread: z.string().optional(),
})
export type ButtonValue = z.infer<typeof buttonValueShape>

export interface CardPlace {
  readonly deliveryId: string
  readonly to: Pick<ConversationRef, 'kind' | 'threadId'>
}

export function buttonValue(action: Action, place: CardPlace): ButtonValue {
  return {
    name: action.name,
    values: { ...action.values },
    delivery: place.deliveryId,
    kind: place.to.kind,
    ...(place.to.threadId ? { thread: place.to.threadId } : {}),
  }
}
