/**
 * Reads a question typed in pinyin: 「zhigong shuwu yao jian duoshao ge」, 「zgsw」.
 *
 * A run of letters is cut into words that the passages, the dictionary or questions have; long words
 * win, then frequent ones, then those whose characters stand side by side in the passages. English
 * stays as it is: one word that is no pinyin leaves the whole run untouched.
 */
import type { Repair } from './repair-query.ts'
import type { SpelledWord, Spelling } from './spelling.ts'

export interface PinyinLexicon {
  readonly spelling: Spelling
  /** Passages that hold the word as it is typed: 「app」 stays when a document says app. */
  readonly frequency: (word: string) => number
  readonly pairFrequency: (first: string, second: string) => number
}

const RUN = /[a-z]+(?:['’ ]+[a-z]+)*/g
/** A run of which less than this share of letters falls into words of two and more syllables is no pinyin. */
const LEAST_SHARE_IN_WORDS = 0.4
/** Ways of reading that are followed at each letter. */
const BEAM = 6
/** Makes few long words better than many short ones. */
const WORD_COST = 3
const LONGEST_RUN = 200
const SHORTEST_INITIALS = 3
const LONGEST_INITIALS = 12
/** Everyday letters that are not initials of anything Chinese. */
const ACRONYMS =
  /^(?:app|apk|pdf|ppt|gps|wps|vip|ktv|atm|gdp|pmi|usb|faq|cpu|ceo|cad|mba|url|www|com|doc|xls|txt|csv|api|sms)$/

/** Replaces what is pinyin in a folded text; says what was read as what. */
export function readPinyin(
  text: string,
  lexicon: PinyinLexicon,
): { readonly text: string; readonly repairs: readonly Repair[] } {
  const repairs: Repair[] = []
  const read = text.replace(RUN, (run) => {
    const meant = run.length > LONGEST_RUN ? undefined : readRun(run, lexicon)
    if (meant === undefined) return run
    repairs.push({ typed: run, meant, kind: 'pinyin' })
    return meant
  })
  return { text: read, repairs }
}

/** A word that sounds like Chinese though nothing here has it: it stays as it is typed. */
const SOUNDS_CHINESE =
  /^(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|uang|iong|ang|eng|ing|ong|ian|uan|iao|uai|ai|ei|ui|ao|ou|iu|ie|ue|ve|er|an|en|in|un|ia|ua|uo|[aoeiuv])){1,6}$/
/** Share of a run's letters that must be read, for the rest to be left unread. */
const MOSTLY_READ = 0.6

/** Words typed together are read together; a part that is neither pinyin nor known spoils the run. */
function readRun(run: string, lexicon: PinyinLexicon): string | undefined {
  const words = run.split(/['’ ]+/)
  const whole = readWords(words, lexicon)
  if (whole !== undefined) return whole
  if (!words.every((word) => SOUNDS_CHINESE.test(word) || lexicon.frequency(word) > 0))
    return undefined
  const parts = readInParts(words, lexicon)
  const letters = (some: readonly string[]) => some.join('').length
  const unread = parts.flatMap(({ typed, read }) => (read === undefined ? typed : []))
  if (letters(unread) > (1 - MOSTLY_READ) * letters(words)) return undefined
  return parts.map(({ typed, read }) => read ?? typed.join(' ')).join(' ')
}

/** Words that are read together at most, where not all are. */
const LONGEST_PART = 8

/** From the left the longest stretches that can be read; a word that none begins with stays as it is. */
function readInParts(words: readonly string[], lexicon: PinyinLexicon) {
  const parts: { readonly typed: readonly string[]; readonly read: string | undefined }[] = []
  for (let from = 0; from < words.length; ) {
    let to = Math.min(words.length, from + LONGEST_PART)
    let read = readWords(words.slice(from, to), lexicon)
    while (read === undefined && to > from + 1) read = readWords(words.slice(from, --to), lexicon)
    parts.push({ typed: words.slice(from, to), read })
    from = to
  }
  return parts
}

function readWords(words: readonly string[], lexicon: PinyinLexicon): string | undefined {
  const parts: string[] = []
  let open = ''
  const close = (): boolean => {
    if (open === '') return true
    const read = readSyllables(open, lexicon)
    open = ''
    if (read === undefined) return false
    parts.push(read)
    return true
  }
  let changed = false
  for (const word of words) {
    const initials = readInitials(word, lexicon)
    if (lexicon.frequency(word) > 0) {
      if (!close()) return undefined
      parts.push(word)
    } else if (initials !== undefined && bestPath(word, lexicon) === undefined) {
      if (!close()) return undefined
      parts.push(initials)
      changed = true
    } else {
      open += word
      changed = true
    }
  }
  return close() && changed ? parts.join('') : undefined
}

function readInitials(letters: string, { spelling }: PinyinLexicon): string | undefined {
  if (letters.length < SHORTEST_INITIALS || letters.length > LONGEST_INITIALS) return undefined
  if (ACRONYMS.test(letters)) return undefined
  const [best] = spelling.byInitials(letters)
  return best?.word
}

function readSyllables(letters: string, lexicon: PinyinLexicon): string | undefined {
  const path = bestPath(letters, lexicon)
  if (path === undefined) return undefined
  const inWords = path.words.filter(({ word }) => word.length > 1)
  const share = inWords.reduce((sum, { sound }) => sum + sound.length, 0) / letters.length
  return share >= LEAST_SHARE_IN_WORDS ? path.words.map(({ word }) => word).join('') : undefined
}

interface Step {
  readonly word: string
  readonly sound: string
}

interface Path {
  readonly words: readonly Step[]
  readonly score: number
}

function bestPath(letters: string, lexicon: PinyinLexicon): Path | undefined {
  const paths: Path[][] = Array.from({ length: letters.length + 1 }, () => [])
  paths[0] = [{ words: [], score: 0 }]
  for (let start = 0; start < letters.length; start++) {
    const here = (paths[start] ?? []).sort((a, b) => b.score - a.score).slice(0, BEAM)
    if (here.length === 0) continue
    const longest = Math.min(letters.length, start + lexicon.spelling.longestSound)
    for (let end = start + 1; end <= longest; end++) {
      const sound = letters.slice(start, end)
      const { spelling } = lexicon
      const places = spelling.placesBySound(sound).map((place) => inDocuments(place, lexicon))
      for (const spelled of [...spelling.bySound(sound), ...places]) {
        for (const path of here) paths[end]?.push(extend(path, spelled, sound, lexicon))
      }
    }
  }
  return paths[letters.length]?.sort((a, b) => b.score - a.score)[0]
}

const SUFFIXES = ['', '市', '县', '区', '省']
/** A place that the documents name is likelier than a word of its sound; one that they do not counts half. */
const NAMED_BONUS = 1.5

interface PlaceWord extends SpelledWord {
  readonly bonus: number
}

function inDocuments(place: SpelledWord, { frequency }: PinyinLexicon): PlaceWord {
  const found = Math.max(...SUFFIXES.map((suffix) => frequency(place.word + suffix)))
  return {
    ...place,
    frequency: found,
    bonus: found > 0 ? NAMED_BONUS : -(place.word.length ** 2) / 2,
  }
}

function extend(
  path: Path,
  spelled: SpelledWord & Partial<PlaceWord>,
  sound: string,
  lexicon: PinyinLexicon,
): Path {
  const last = path.words.at(-1)?.word.at(-1)
  const first = spelled.word[0]
  const together =
    last === undefined || first === undefined ? 0 : lexicon.pairFrequency(last, first)
  const score =
    path.score +
    spelled.word.length ** 2 +
    0.3 * Math.min(6, Math.log1p(spelled.frequency)) +
    0.3 * Math.min(6, Math.log1p(together)) +
    (spelled.bonus ?? 0) -
    WORD_COST
  return { words: [...path.words, { word: spelled.word, sound }], score }
}
