/**
 * Clicks that wait for their answer. A card that replaces the clicked one, or a few words, within the
 * time a click may take go back in the answer to the click itself: at once on the screen, and no
 * call of the monthly quota. What comes later is sent as an update or a message.
 */
import type { Clock } from '../../clock.ts'
import type { Card } from './render-card.ts'

/** The platform shows an error after 3 s; what remains is for storing the click and the way back. */
const PATIENCE = { milliseconds: 1_800 }

export type ClickAnswer =
  | { readonly kind: 'card'; readonly card: Card; readonly text?: string }
  | { readonly kind: 'word'; readonly text: string }

export interface ClickAnswers {
  /**
   * What the click is answered with, or undefined when nothing comes in time.
   * @param names what an answer may refer to: the click, the card's deliveryId, its id as a message.
   */
  wait(
    names: readonly string[],
    cardMessageId: string,
    signal: AbortSignal,
  ): Promise<ClickAnswer | undefined>
  /** Hands an answer to whoever waits; the platform's id of the clicked card, or undefined when nobody waits. */
  offer(name: string, answer: ClickAnswer): string | undefined
}

interface Waiting {
  readonly names: readonly string[]
  readonly cardMessageId: string
  readonly take: (answer: ClickAnswer) => void
}

export function createClickAnswers(clock: Clock): ClickAnswers {
  const waiting = new Set<Waiting>()

  async function wait(names: readonly string[], cardMessageId: string, signal: AbortSignal) {
    const done = new AbortController()
    let answer: ClickAnswer | undefined
    const one: Waiting = {
      names,
      cardMessageId,
      take: (given) => {
        answer ??= given // what came first is on the screen
        done.abort()
      },
    }
    waiting.add(one)
    await clock.sleepUntil(clock.now().add(PATIENCE), AbortSignal.any([done.signal, signal]))
    waiting.delete(one)
    return answer
  }

  return {
    wait,
    offer: (name, answer) => {
      const takers = [...waiting].filter(({ names }) => names.includes(name))
      for (const { take } of takers) take(answer)
      return takers[0]?.cardMessageId
    },
  }
}
