/** What an attack did, and whether the promises were kept. */
import type { Arrival } from './wire-server.ts'

export interface Outcome {
  readonly kills: number
  /** Tasks given: each one's person has the task's id as account, and a notice to come. */
  readonly given: readonly string[]
  /** When the closing of a task was known to be committed; milliseconds as in {@link Arrival}. */
  readonly closedAt: ReadonlyMap<string, number>
  /** Messages asked: each is answered in the conversation of its id. */
  readonly asked: readonly string[]
  readonly wire: readonly Arrival[]
}

export interface Report {
  readonly kept: boolean
  readonly kills: number
  readonly tasks: number
  readonly messages: number
  readonly sends: number
  readonly lost: number
  /** Sends that began to arrive after the closing was committed. */
  readonly afterClosing: number
  /** The longest of them, milliseconds: between the last look and the wire lies one send. */
  readonly latestAfterClosingMs: number
  /** Repeated sends on the channel that cannot tell. */
  readonly repeated: number
  /** Messages a reader sees twice on the channel that can. */
  readonly shownTwice: number
}

/** A send whose last look came before the commit may reach the wire this much later on a busy machine. */
const UNDER_WAY_MS = 50

export function summarize({ kills, given, closedAt, asked, wire }: Outcome): Report {
  const reached = new Set(wire.map(({ conversationId }) => conversationId))
  const open = given.filter((id) => !closedAt.has(id))
  const lost = [...open, ...asked].filter((id) => !reached.has(id)).length
  const delays = wire.map(
    ({ conversationId, atMs }) => atMs - (closedAt.get(conversationId) ?? atMs),
  )
  const late = delays.filter((delay) => delay > UNDER_WAY_MS)
  const plain = wire.filter(({ channel }) => channel === 'plain')
  const repeated = plain.length - new Set(plain.map(({ deliveryId }) => deliveryId)).size
  // On the channel that can tell, one id is shown once: two ids for one matter would be seen twice.
  const ids = Map.groupBy(wire, ({ conversationId }) => conversationId)
  const shownTwice = [...ids.values()].filter(
    (sends) => new Set(sends.map(({ deliveryId }) => deliveryId)).size > 1,
  ).length
  return {
    kept: lost === 0 && late.length === 0 && repeated <= kills && shownTwice === 0,
    kills,
    tasks: given.length,
    messages: asked.length,
    sends: wire.length,
    lost,
    afterClosing: late.length,
    latestAfterClosingMs: Math.round(Math.max(0, ...delays)),
    repeated,
    shownTwice,
  }
}
