/**
 * A file that an admin edits while the bot runs (the term dictionary): read again when it changed,
 * at most once a second, and never half: what cannot be read or parsed leaves the last good state.
 */
import { readFileSync, statSync } from 'node:fs'
import type { Clock } from '../clock.ts'

/** How long an edit may stay unseen; asking the file system costs about 10 µs. */
const LOOK_AGAIN = { seconds: 1 }

export interface FollowedFile<T> {
  /** The parsed content as of now, or of at most a second ago. */
  current(): T
}

export interface FollowOptions<T> {
  readonly clock: Pick<Clock, 'now'>
  parse(content: string): T
  /** Told after a change was taken in. */
  onChange?(value: T): void
  /** Told once for each state of the file that cannot be read or parsed. */
  onFault?(cause: unknown): void
}

/** @throws what reading or parsing throws, but only for the first content. */
export function followFile<T>(path: string, options: FollowOptions<T>): FollowedFile<T> {
  let seen = stateOf(path)
  let value = options.parse(readFileSync(path, 'utf8'))
  let lookedAt = options.clock.now()

  const look = () => {
    const now = options.clock.now()
    if (Temporal.Instant.compare(now, lookedAt.add(LOOK_AGAIN)) < 0) return
    lookedAt = now
    const state = stateOf(path)
    if (state === seen) return
    seen = state
    try {
      value = options.parse(readFileSync(path, 'utf8'))
      options.onChange?.(value)
    } catch (cause) {
      options.onFault?.(cause)
    }
  }
  return {
    current: () => {
      look()
      return value
    },
  }
}

/** Changes with every edit: editors write a new file or at least another time or size. */
function stateOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat === undefined ? 'gone' : `${stat.ino} ${stat.mtimeNs} ${stat.size}`
}
