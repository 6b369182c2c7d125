/** keyv over whatever is there: the main store by default, Redis when REDIS_URL is set. */
import type { Keyv } from 'keyv'

/**
 * What may be lost at any moment without anybody being wronged: dialogue context, cached answers.
 * Never for what must happen once: get-then-set lets two replicas through.
 */
export interface Cache {
  /** A Keyv of its own for one namespace; namespaces do not see one another. */
  keyv(namespace: string): Keyv
}

/** A cache that does not forget by itself. */
export interface PrunedCache extends Cache {
  /** Deletes what has expired; returns how many. Reading skips it anyway. */
  prune(): Promise<number>
}
