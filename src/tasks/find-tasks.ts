/**
 * Which tasks somebody means by a few words: 「书屋」, 「八件实事」, 「慰问困难职工」.
 *
 * Exact words first; only when no task has them, those that share most pairs of characters with
 * them. Several that fit equally are all returned: the caller asks, it never picks.
 */
import { mayRead, type Role } from '../domain/person.ts'
import type { Task, TaskStatus } from '../domain/task.ts'
import type { TaskStore } from '../storage/task-store.ts'

export interface FindOptions {
  readonly statuses: readonly TaskStatus[]
  /** Whose eyes: tasks of documents this role may not read are not found. */
  readonly role: Role
}

/** Tasks compared one by one when none has the words as they are. */
const MANY = 500
/** Characters of an abbreviation; longer words are alike or something else. */
const LONGEST_SHORT = 4
/** Share of the subject's character pairs that a title must have to be meant. */
const LEAST_SHARE = 0.6

export async function findTasks(
  subject: string,
  store: Pick<TaskStore, 'find'>,
  { statuses, role }: FindOptions,
): Promise<readonly Task[]> {
  const words = subject.split(/\s+/u).filter(Boolean)
  if (words.length === 0) return []
  const visible = (tasks: readonly Task[]) =>
    tasks.filter(({ readableBy }) => mayRead(role, readableBy))
  const exact = visible(await store.find({ statuses, words, limit: MANY }))
  if (exact.length > 0) return preferTitles(exact, words)
  const all = visible(await store.find({ statuses, limit: MANY }))
  const alike = mostAlike(subject, all)
  return alike.length > 0 ? alike : all.filter(({ title }) => isShortFor(subject, title))
}

/** 互保 for 互助补充保险: its characters in their order, and few of them. */
function isShortFor(subject: string, title: string): boolean {
  const characters = Array.from(subject.replaceAll(/\s/gu, ''))
  if (characters.length < 2 || characters.length > LONGEST_SHORT) return false
  let at = 0
  return characters.every((character) => {
    at = title.indexOf(character, at) + 1
    return at > 0
  })
}

/** A word in a title says more than the same word somewhere in the sentence quoted. */
function preferTitles(tasks: readonly Task[], words: readonly string[]): readonly Task[] {
  const titled = tasks.filter(({ title }) => words.every((word) => title.includes(word)))
  const named = titled.filter(({ title }) => words.length === 1 && title === words[0])
  if (named.length > 0) return named
  return titled.length > 0 ? titled : tasks
}

function mostAlike(subject: string, tasks: readonly Task[]): readonly Task[] {
  const pairs = pairsOf(subject)
  if (pairs.length === 0) return []
  const scored = tasks.map((task) => {
    const own = new Set(pairsOf(`${task.title}\n${task.source?.listTitle ?? ''}`))
    return { task, share: pairs.filter((pair) => own.has(pair)).length / pairs.length }
  })
  const best = Math.max(0, ...scored.map(({ share }) => share))
  if (best < LEAST_SHARE) return []
  return scored.filter(({ share }) => share === best).map(({ task }) => task)
}

function pairsOf(text: string): string[] {
  const characters = Array.from(text.replaceAll(/\s/gu, ''))
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}
