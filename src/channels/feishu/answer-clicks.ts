/**
 * Clicks that wait for their answer. A card that replaces the clicked one within the time a click
 * may take goes back in the answer to the click itself: at once on the screen, and no call of the
 * monthly quota. Later ones are sent as an update.
 */
import type { Clock } from '../../clock.ts'
import type { Card } from './render-card.ts'

/** The platform shows an error after 3 s; what remains is for the way there and back. */
const PATIENCE = { milliseconds: 1_200 }

export interface ClickAnswers {
  /**
   * The card that replaces the clicked one, or undefined when none comes in time.
   * @param names what the clicked card may be called: its deliveryId, its id as a message.
   */
  wait(
    names: readonly string[],
    cardMessageId: string,
    signal: AbortSignal,
  ): Promise<Card | undefined>
  /** Hands a card to whoever waits; the platform's id of the card it replaces, or undefined when nobody waits. */
  offer(name: string, card: Card): string | undefined
}

interface Waiting {
  readonly names: readonly string[]
  readonly cardMessageId: string
  readonly take: (card: Card) => void
}

export function createClickAnswers(clock: Clock): ClickAnswers {
  const waiting = new Set<Waiting>()

  async function wait(names: readonly string[], cardMessageId: string, signal: AbortSignal) {
    const done = new AbortController()
    let answer: Card | undefined
    const one: Waiting = {
      names,
      cardMessageId,
      take: (card) => {
        answer = card
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
    offer: (name, card) => {
      const takers = [...waiting].filter(({ names }) => names.includes(name))
      for (const { take } of takers) take(card)
      return takers[0]?.cardMessageId
    },
  }
}
