/** The key of a person who comes from a list: the same name in the same unit is the same person. */
import { createHash } from 'node:crypto'

/** So that importing again updates. */
export function personIdOf(name: string, unit: string | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify([name, unit ?? '']))
    .digest('hex')
    .slice(0, 12)
}
