/** The limits of a card, checked before it is sent: a refusal would cost a call and an answer late. */
import type { Card } from './render-card.ts'

/** 30 KB in the documentation; what a proxy or an escape adds is left free. */
const LIMIT_BYTES = 29 * 1024
/** Everything with a `tag`, texts and icons too. */
const LIMIT_ELEMENTS = 200

export function fitsCard(card: Card): boolean {
  return (
    Buffer.byteLength(JSON.stringify(card)) <= LIMIT_BYTES &&
    countElements(card.body.elements) <= LIMIT_ELEMENTS
  )
}

function countElements(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + countElements(one), 0)
  if (typeof value !== 'object' || value === null) return 0
  const below = Object.values(value).reduce<number>((sum, one) => sum + countElements(one), 0)
  return below + ('tag' in value ? 1 : 0)
}
