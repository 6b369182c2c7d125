/** What an asker said before, without what is no subject to go on with: greetings, thanks, abuse, the weather. */
import type { RefusalReason } from '../domain/answer.ts'
import { type ScreeningTagger, screenQuestion } from './screen-question.ts'

const NO_SUBJECT: ReadonlySet<RefusalReason> = new Set([
  'small-talk',
  'thanks',
  'about-me',
  'insult',
  'complaint',
  'wants-human',
  'off-topic',
  'empty',
])

/** More than are ever gone back to; reading them costs. */
const TURNS_READ = 8

export function earlierTurns(history: readonly string[], tagger: ScreeningTagger): string[] {
  return history.slice(-TURNS_READ).filter((turn) => {
    const screening = screenQuestion(turn, tagger)
    return screening.kind === 'answer' || !NO_SUBJECT.has(screening.reason)
  })
}
