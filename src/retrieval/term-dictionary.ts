/**
 * The union's words: which names mean the same programme, which are related but not equal, and what
 * people call it or mistype. Used to find passages, never to rewrite what a document says.
 *
 * Format of the text (data/terms.txt explains it to whoever edits it): one term a line,
 * `name = same、same ≈ related ~ colloquial`, `#` starts a comment. Reloading is parsing a new text:
 * stored tokens do not depend on the dictionary.
 */
import { foldForMatching } from '../text/fold-for-matching.ts'
import type { Expansion } from './search-index.ts'

export type TermRelation = 'same' | 'related' | 'colloquial'

export interface Term {
  readonly name: string
  readonly same: readonly string[]
  readonly related: readonly string[]
  readonly colloquial: readonly string[]
}

/** A name of the dictionary found in a question, and the term it leads to. */
export interface TermMatch {
  /** As it stands in the folded question. */
  readonly found: string
  readonly start: number
  readonly term: Term
  /** How the found name stands to the term's own name; the name itself is `same`. */
  readonly relation: TermRelation
}

/** A line that could not be read: what is wrong with it, in plain Chinese. */
export interface TermFault {
  readonly line: number
  readonly message: string
}

export interface TermDictionary {
  readonly terms: readonly Term[]
  readonly faults: readonly TermFault[]
  /** The longest names that a text holds, each with every term it leads to, in order. */
  matches(text: string): readonly TermMatch[]
  /** Other wordings to look for beside the question's own. */
  expand(question: string): readonly Expansion[]
  /** Every name of every column: what typing errors and pinyin are repaired to. */
  names(): Iterable<string>
}

/** Weight of a wording by how the question's word and the wording stand to the term. */
const WEIGHTS = {
  same: { same: 0.8, related: 0.25 },
  colloquial: { same: 0.7, related: 0.2 },
  related: { same: 0.4, related: 0 },
} as const satisfies Record<TermRelation, { same: number; related: number }>

const SEPARATOR = /[、;；]/
const COLUMN = /([=≈~])/

/** Reads a dictionary; lines that cannot be read are left out and reported. */
export function parseTermDictionary(text: string): TermDictionary {
  const terms: Term[] = []
  const faults: TermFault[] = []
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replace(/#.*$/, '').trim()
    if (line === '') continue
    const term = readLine(line)
    if (typeof term === 'string') faults.push({ line: i + 1, message: `第 ${i + 1} 行：${term}` })
    else terms.push(term)
  }
  const byName = indexByName(terms)
  const longest = longestByFirst(byName.keys())
  const matches = (question: string) => findNames(foldForMatching(question), byName, longest)
  return {
    terms,
    faults,
    matches,
    expand: (question) => expand(matches(question)),
    names: () => byName.keys(),
  }
}

function readLine(line: string): Term | string {
  const [first = '', ...rest] = line.split(COLUMN)
  const name = foldForMatching(first.trim())
  if (name === '') return '缺少正式说法（行首要先写文件里的叫法）'
  if (SEPARATOR.test(name)) return '行首只能写一个正式说法，其他写法放在 = 后面'
  const columns: Record<string, string[]> = { '=': [], '≈': [], '~': [] }
  for (let i = 0; i < rest.length; i += 2) {
    const names = (rest[i + 1] ?? '').split(SEPARATOR).map((word) => foldForMatching(word.trim()))
    columns[rest[i] ?? '']?.push(...names.filter((word) => word !== '' && word !== name))
  }
  const { '=': same = [], '≈': related = [], '~': colloquial = [] } = columns
  if (same.length + related.length + colloquial.length === 0 && name.length < 2) {
    return '一个字的词没有用处'
  }
  return { name, same, related, colloquial }
}

interface NamedTerm {
  readonly term: Term
  readonly relation: TermRelation
}

function indexByName(terms: readonly Term[]): Map<string, NamedTerm[]> {
  const byName = new Map<string, NamedTerm[]>()
  const enter = (name: string, term: Term, relation: TermRelation) => {
    const known = byName.get(name) ?? []
    if (known.every((other) => other.term !== term)) {
      byName.set(name, [...known, { term, relation }])
    }
  }
  for (const term of terms) {
    enter(term.name, term, 'same')
    for (const name of term.same) enter(name, term, 'same')
    for (const name of term.colloquial) enter(name, term, 'colloquial')
    for (const name of term.related) enter(name, term, 'related')
  }
  return byName
}

function findNames(
  text: string,
  byName: ReadonlyMap<string, readonly NamedTerm[]>,
  longest: ReadonlyMap<string, number>,
): TermMatch[] {
  const found: TermMatch[] = []
  for (let start = 0; start < text.length; ) {
    const name = longestNameAt(text, start, byName, longest)
    for (const { term, relation } of byName.get(name) ?? []) {
      found.push({ found: name, start, term, relation })
    }
    start += Math.max(1, name.length)
  }
  return found
}

/** Length of the longest name that begins with a character. */
function longestByFirst(names: Iterable<string>): ReadonlyMap<string, number> {
  const longest = new Map<string, number>()
  for (const name of names) {
    const first = name.charAt(0)
    longest.set(first, Math.max(longest.get(first) ?? 0, name.length))
  }
  return longest
}

function longestNameAt(
  text: string,
  start: number,
  byName: ReadonlyMap<string, unknown>,
  longest: ReadonlyMap<string, number>,
): string {
  const most = longest.get(text.charAt(start)) ?? 0
  for (let length = Math.min(most, text.length - start); length > 0; length--) {
    const name = text.slice(start, start + length)
    if (byName.has(name)) return name
  }
  return ''
}

/** The heaviest weight wins where two terms lead to one wording. */
function expand(matches: readonly TermMatch[]): Expansion[] {
  const expansions = new Map<string, Expansion>()
  for (const { found, term, relation } of matches) {
    const weights = WEIGHTS[relation]
    const wordings = [
      ...[term.name, ...term.same].map((wording) => ({ wording, weight: weights.same })),
      ...term.related.map((wording) => ({ wording, weight: weights.related })),
    ]
    for (const { wording, weight } of wordings) {
      const known = expansions.get(wording)?.weight ?? 0
      if (wording === found || weight <= known) continue
      expansions.set(wording, { term: wording, weight, insteadOf: found })
    }
  }
  return [...expansions.values()]
}
