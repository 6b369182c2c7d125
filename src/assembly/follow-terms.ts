/**
 * The term dictionary as it is now: the words that come with the bot, and those of this union in
 * DATA_DIR/terms.txt, which no new version of the bot overwrites. An edit of either counts at once.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { type FollowedFile, followFile } from '../knowledge/follow-file.ts'
import type { Logger } from '../logger.ts'
import { parseTermDictionary, type TermDictionary } from '../retrieval/term-dictionary.ts'

export interface TermsPlaces {
  /** The file that comes with the bot. */
  readonly shipped: string
  /** Folder in which an admin may put a terms.txt. */
  readonly dataDir: string
}

/** @throws what reading the shipped file throws, at the start only. */
export function followTerms(
  { shipped, dataDir }: TermsPlaces,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): () => TermDictionary {
  const follow = (path: string): FollowedFile<string> =>
    followFile(path, {
      clock,
      parse: (content) => content,
      onFault: (error) => logger.warn('terms_unreadable', { error }),
    })
  const base = follow(shipped)
  const ownPath = join(dataDir, 'terms.txt')
  let own: FollowedFile<string> | undefined
  let read = ['', '']
  let dictionary = parseTermDictionary('')
  return () => {
    own ??= existsSync(ownPath) ? follow(ownPath) : undefined
    const now = [base.current(), own?.current() ?? '']
    if (now.some((content, index) => content !== read[index])) {
      read = now
      // Own words first, so that the numbers of bad lines are those of the admin's file.
      dictionary = parseTermDictionary(now.toReversed().join('\n'))
      logger.info('terms_read', { faults: dictionary.faults.length })
    }
    return dictionary
  }
}
