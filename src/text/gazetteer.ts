/**
 * Looks up places of China by name, down to county level (GB/T 2260).
 *
 * A text says 平凉, 甘肃平凉, 双流区 or 成都双流; a name may belong to twenty counties (鼓楼区) or be a
 * common word (和平, 安康). So a name counts when it is unique, or when a place above it is named:
 * directly before it, or elsewhere in the text. Short names that are also words count only directly
 * after such a place.
 */
import {
  type Gazetteer,
  type Jurisdiction,
  levelOf,
  liesWithin,
  NATION,
  type PlaceMention,
} from '../domain/jurisdiction.ts'
import { foldScript } from './fold-script.ts'
import { isCommonWord, isWordHere, shortNamesOf } from './place-names.ts'

/** Code → name of the place itself: {"620800": "平凉市"}; the shape of data/divisions.json. */
export type Divisions = Readonly<Record<string, string>>

interface Name {
  readonly text: string
  readonly codes: readonly string[]
  /** 平凉 for 平凉市. */
  readonly isShort: boolean
}

interface Index {
  readonly jurisdictions: ReadonlyMap<string, Jurisdiction>
  /** First character → names, longest first. */
  readonly names: ReadonlyMap<string, readonly Name[]>
  /** First character → second character → names, longest first: few characters begin two names. */
  readonly openings: ReadonlyMap<number, ReadonlyMap<number, readonly Name[]>>
}

/** A name as it stands in a text, before it is known which place it means. */
interface Sighting extends Name {
  readonly start: number
  readonly end: number
}

export function createGazetteer(divisions: Divisions): Gazetteer {
  const index = buildIndex(divisions)
  return {
    byCode: (code) => (code === NATION.code ? NATION : index.jurisdictions.get(code)),
    resolve: (description) => resolve(index, description),
    findIn: (text) => findIn(index, foldScript(text)),
    *names() {
      for (const names of index.names.values())
        for (const { text } of names) if (!isCommonWord(text)) yield text
    },
  }
}

const WHOLE_NATION = /^(?:全国|中国|中华人民共和国|国家|全总)$/
const SEPARATORS = /[\s/／\\|、,，·>›\-—]+/g
/** What may follow a place in a description without changing it: 平凉的, 双流区总工会, 环翠楼街道. */
const HARMLESS_TAIL =
  /^(?:的|人|本地|地区|.{0,20}(?:工会|街道|镇|乡|村|社区|开发区|新区|园区|公司))?$/

function resolve(index: Index, description: string): Jurisdiction | undefined {
  const text = foldScript(description.normalize('NFKC').trim())
  if (/^\d{6}$/.test(text)) return text === NATION.code ? NATION : index.jurisdictions.get(text)
  const compact = text.replace(SEPARATORS, '').replace(/^中国(?=.)/, '')
  if (WHOLE_NATION.test(compact)) return NATION
  return descend(index, compact)
}

/** Reads names from the left, each inside the one before. */
function descend(index: Index, text: string): Jurisdiction | undefined {
  let within = NATION.code
  let rest = text
  while (rest !== '') {
    const step = nextStep(index, rest, within)
    if (step === undefined) break
    within = step.code
    rest = rest.slice(step.length)
  }
  if (within === NATION.code || !HARMLESS_TAIL.test(rest)) return undefined
  return index.jurisdictions.get(within)
}

function nextStep(index: Index, text: string, within: string) {
  for (const name of index.names.get(text.charAt(0)) ?? []) {
    if (!text.startsWith(name.text)) continue
    const code = highest(
      name.codes.filter((candidate) => candidate !== within && liesWithin(candidate, within)),
    )
    if (code !== undefined) return { code, length: name.text.length }
  }
  return undefined
}

/** The one place of the highest level among several of a name: 吉林 is the province. Undefined when two share it. */
function highest(codes: readonly string[]): string | undefined {
  for (const level of ['province', 'prefecture', 'county']) {
    const [first, second] = codes.filter((code) => levelOf(code) === level)
    if (first !== undefined) return second === undefined ? first : undefined
  }
  return undefined
}

function findIn(index: Index, text: string): PlaceMention[] {
  const sightings = sight(index, text)
  const anchors = sightings.flatMap((sighting) => anchorOf(sighting))
  const mentions: PlaceMention[] = []
  for (const sighting of sightings) {
    const before = mentions.at(-1)
    const upper = before?.end === sighting.start ? before.jurisdiction.code : undefined
    const code = meaningOf(sighting, upper, anchors)
    const jurisdiction = code === undefined ? undefined : index.jurisdictions.get(code)
    if (jurisdiction === undefined) continue
    const continues = upper !== undefined && liesWithin(jurisdiction.code, upper)
    const start = continues && before !== undefined ? before.start : sighting.start
    if (continues) mentions.pop()
    mentions.push({ jurisdiction, start, end: sighting.end })
  }
  return mentions
}

/** All names that stand in the text, longest first at each place, not overlapping. */
function sight(index: Index, text: string): Sighting[] {
  const sightings: Sighting[] = []
  let position = 0
  while (position < text.length) {
    const name = index.openings
      .get(text.charCodeAt(position))
      ?.get(text.charCodeAt(position + 1))
      ?.find(
        (candidate) =>
          text.startsWith(candidate.text, position) &&
          !isWordHere(candidate.text, text, position) &&
          !(candidate.isShort && cutsWord(text, position, candidate.text.length)),
      )
    if (name === undefined) position += 1
    else {
      sightings.push({ ...name, start: position, end: position + name.text.length })
      position += name.text.length
    }
  }
  return sightings
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
/** Characters around a name that decide how it is cut into words. */
const CONTEXT = 8

/** Whether a name begins or ends inside a word: 新和 in 创新和产业. */
function cutsWord(text: string, position: number, length: number): boolean {
  const start = Math.max(0, position - CONTEXT)
  const window = text.slice(start, position + length + CONTEXT)
  const edges = new Set(Array.from(segmenter.segment(window), ({ index }) => start + index))
  const end = position + length
  return !edges.has(position) || !(edges.has(end) || end === start + window.length)
}

/** A sighting that is certain by itself, and so decides between places of another name. */
function anchorOf(sighting: Sighting): string[] {
  if (isCommonWord(sighting.text)) return []
  const code = highest(sighting.codes)
  if (code === undefined) return []
  return sighting.codes.length === 1 || levelOf(code) !== 'county' ? [code] : []
}

function meaningOf(
  sighting: Sighting,
  upper: string | undefined,
  anchors: readonly string[],
): string | undefined {
  if (upper !== undefined) {
    const inside = sighting.codes.filter((code) => code !== upper && liesWithin(code, upper))
    if (inside.length > 0) return highest(inside)
  }
  if (isCommonWord(sighting.text)) return undefined
  const top = highest(sighting.codes)
  if (top !== undefined && (levelOf(top) !== 'county' || sighting.codes.length === 1)) return top
  const near = sighting.codes.filter((code) =>
    anchors.some((anchor) => anchor !== code && liesWithin(code, anchor)),
  )
  return near.length === 1 ? near[0] : undefined
}

function buildIndex(divisions: Divisions): Index {
  const jurisdictions = new Map<string, Jurisdiction>()
  const codesByName = new Map<string, { codes: Set<string>; isShort: boolean }>()
  const add = (text: string, code: string, isShort: boolean) => {
    const entry = codesByName.get(text) ?? { codes: new Set<string>(), isShort }
    entry.codes.add(code)
    codesByName.set(text, { codes: entry.codes, isShort: entry.isShort && isShort })
  }
  for (const [code, own] of Object.entries(divisions)) {
    jurisdictions.set(code, { code, name: fullName(divisions, code) })
    add(own, code, false)
    for (const short of shortNamesOf(own, levelOf(code))) {
      if (divisions[code] !== short.text) add(short.text, code, short.isShort)
    }
  }
  const names = groupByFirstCharacter(codesByName)
  return { jurisdictions, names, openings: groupByOpening(names) }
}

/** Every name has two characters at least. */
function groupByOpening(names: Index['names']): Index['openings'] {
  return new Map(
    [...names].map(([first, group]) => [
      first.charCodeAt(0),
      Map.groupBy(group, ({ text }) => text.charCodeAt(1)),
    ]),
  )
}

function fullName(divisions: Divisions, code: string): string {
  const upper = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code]
  return [...new Set(upper)].map((part) => divisions[part] ?? '').join('')
}

function groupByFirstCharacter(
  names: ReadonlyMap<string, { codes: ReadonlySet<string>; isShort: boolean }>,
): Map<string, Name[]> {
  const groups = new Map<string, Name[]>()
  for (const [text, { codes, isShort }] of names) {
    const group = groups.get(text.charAt(0)) ?? []
    group.push({ text, codes: [...codes], isShort })
    groups.set(text.charAt(0), group)
  }
  for (const group of groups.values()) group.sort((a, b) => b.text.length - a.text.length)
  return groups
}
