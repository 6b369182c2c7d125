/**
 * The numbers that Word shows but does not write: 一、 (一) 1. 第一条 come from the numbering part, and a
 * text without them has lost its structure. They are written into the paragraphs, as a reader sees them.
 *
 * Source: ECMA-376 part 1, 17.9 (numbering); bullets are left out, they number nothing.
 */
import { chineseNumeral } from '../../text/chinese-numeral.ts'
import { decodeXml } from './decode-xml.ts'

interface Level {
  readonly start: number
  readonly format: string
  /** %1、 or 第%1条; `%n` is the number of level n. */
  readonly text: string
}

interface Numbering {
  /** Levels of each w:num, by its id. */
  readonly levels: ReadonlyMap<string, ReadonlyMap<number, Level>>
  /** Lists that share their counters have the same abstract id. */
  readonly abstractOf: ReadonlyMap<string, string>
  /** Levels at which a w:num begins anew. */
  readonly restarts: ReadonlyMap<string, ReadonlyMap<number, number>>
}

interface Place {
  readonly numId: string
  readonly level: number
}

/** The document part with its numbers written; unchanged when nothing is numbered. */
export function writeNumbers(document: string, numberingPart = '', stylesPart = ''): string {
  const numbering = readNumbering(numberingPart)
  if (numbering.levels.size === 0) return document
  const styles = readStyles(stylesPart)
  const counter = createCounter(numbering)
  return document.replace(PARAGRAPH_PROPERTIES, (properties) => {
    const place = placeOf(properties, styles)
    const label = place && counter(place)
    return label === undefined || label === ''
      ? properties
      : `${properties}<w:r><w:t xml:space="preserve">${toXml(label)}</w:t></w:r>`
  })
}

const PARAGRAPH_PROPERTIES = /<w:pPr(?:\s[^>]*)?>(?:(?!<\/w:pPr>).)*<\/w:pPr>/gs

function readNumbering(xml: string): Numbering {
  const abstract = new Map(
    elements(xml, 'w:abstractNum').map((own) => [
      attributeOf(own, 'w:abstractNum', 'w:abstractNumId') ?? '',
      new Map(elements(own, 'w:lvl').map(readLevel)),
    ]),
  )
  const levels = new Map<string, ReadonlyMap<number, Level>>()
  const abstractOf = new Map<string, string>()
  const restarts = new Map<string, ReadonlyMap<number, number>>()
  for (const own of elements(xml, 'w:num')) {
    const id = attributeOf(own, 'w:num', 'w:numId') ?? ''
    const abstractId = attributeOf(own, 'w:abstractNumId') ?? ''
    levels.set(id, abstract.get(abstractId) ?? new Map())
    abstractOf.set(id, abstractId)
    restarts.set(id, new Map(elements(own, 'w:lvlOverride').flatMap(readRestart)))
  }
  return { levels, abstractOf, restarts }
}

function readLevel(xml: string): [number, Level] {
  return [
    Number(attributeOf(xml, 'w:lvl', 'w:ilvl') ?? 0),
    {
      start: Number(attributeOf(xml, 'w:start') ?? 1),
      format: attributeOf(xml, 'w:numFmt') ?? 'decimal',
      text: decodeXml(attributeOf(xml, 'w:lvlText') ?? ''),
    },
  ]
}

function readRestart(xml: string): [number, number][] {
  const start = attributeOf(xml, 'w:startOverride')
  return start === undefined
    ? []
    : [[Number(attributeOf(xml, 'w:lvlOverride', 'w:ilvl') ?? 0), Number(start)]]
}

/** Numbering that a style brings, own or inherited. */
function readStyles(xml: string): (styleId: string) => Partial<Place> | undefined {
  const styles = new Map(
    elements(xml, 'w:style').map((own) => [attributeOf(own, 'w:style', 'w:styleId') ?? '', own]),
  )
  const find = (styleId: string, depth: number): Partial<Place> | undefined => {
    const own = styles.get(styleId)
    if (own === undefined || depth > MOST_ANCESTORS) return undefined
    return readPlace(own) ?? find(attributeOf(own, 'w:basedOn') ?? '', depth + 1)
  }
  return (styleId) => find(styleId, 0)
}

const MOST_ANCESTORS = 10

function placeOf(
  properties: string,
  styles: (styleId: string) => Partial<Place> | undefined,
): Place | undefined {
  const styled = styles(attributeOf(properties, 'w:pStyle') ?? '')
  const { numId, level } = { ...styled, ...readPlace(properties) }
  // Number 0 takes a style's numbering away.
  return numId === undefined || numId === '0' ? undefined : { numId, level: level ?? 0 }
}

function readPlace(xml: string): Partial<Place> | undefined {
  const [own] = elements(xml, 'w:numPr')
  if (own === undefined) return undefined
  const numId = attributeOf(own, 'w:numId')
  const level = attributeOf(own, 'w:ilvl')
  return {
    ...(numId !== undefined && { numId }),
    ...(level !== undefined && { level: Number(level) }),
  }
}

/** Counts on in each list; a level begins anew under every new item above it. */
function createCounter({ levels, abstractOf, restarts }: Numbering) {
  const counts = new Map<string, number[]>()
  const seen = new Set<string>()
  const next = (place: Place, { start }: Level): readonly number[] => {
    const { numId, level } = place
    const abstractId = abstractOf.get(numId) ?? ''
    const count = counts.get(abstractId) ?? []
    const restart = seen.has(`${numId}/${level}`) ? undefined : restarts.get(numId)?.get(level)
    seen.add(`${numId}/${level}`)
    const before = count[level]
    count[level] = restart ?? (before === undefined ? start : before + 1)
    count.length = level + 1
    counts.set(abstractId, count)
    return count
  }
  return (place: Place): string | undefined => {
    const shapes = levels.get(place.numId)
    const shape = shapes?.get(place.level)
    if (shapes === undefined || shape === undefined) return undefined
    const count = next(place, shape)
    const isNumber = shape.format !== 'bullet' && shape.format !== 'none'
    return isNumber ? labelOf(shape, shapes, count) : undefined
  }
}

function labelOf(
  { text }: Level,
  shapes: ReadonlyMap<number, Level>,
  count: readonly number[],
): string {
  const label = text.replace(/%(\d)/g, (_, written: string) => {
    const level = Number(written) - 1
    const shape = shapes.get(level)
    return spell(count[level] ?? shape?.start ?? 1, shape?.format ?? 'decimal')
  })
  return /[、.．)）:：]$/.test(label) || label === '' ? label : `${label} `
}

/** A number as the format shows it; formats that Chinese documents do not use count in digits. */
function spell(value: number, format: string): string {
  if (
    /^(?:chineseCounting|chineseCountingThousand|chineseLegalSimplified|japaneseCounting|taiwaneseCounting|ideographDigital)/.test(
      format,
    )
  )
    return chineseNumeral(value)
  if (/^decimalEnclosedCircle/.test(format) && value >= 1 && value <= 20)
    return String.fromCodePoint(0x2460 + value - 1)
  if (format === 'upperLetter') return String.fromCharCode(64 + Math.min(26, Math.max(1, value)))
  if (format === 'lowerLetter') return String.fromCharCode(96 + Math.min(26, Math.max(1, value)))
  if (format === 'ideographTraditional')
    return '甲乙丙丁戊己庚辛壬癸'.charAt(value - 1) || String(value)
  return String(value)
}

function elements(xml: string, name: string): string[] {
  const pattern = new RegExp(`<${name}(?:\\s[^>]*)?(?:/>|>.*?</${name}>)`, 'gs')
  return xml.match(pattern) ?? []
}

function attributeOf(xml: string, name: string, attribute = 'w:val'): string | undefined {
  return new RegExp(`<${name}\\s(?:[^>]*\\s)?${attribute}="([^"]*)"`).exec(xml)?.[1]
}

const toXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
