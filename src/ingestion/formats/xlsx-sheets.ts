/**
 * What a reader of values does not tell about a workbook's sheets: which cells are merged, which
 * numbers are shown as percentages or with a unit, which sheets are hidden. Read from the XML.
 *
 * Source: ECMA-376 part 1, 18.2 (workbook), 18.3 (worksheet), 18.8.30 (number formats).
 */
import { decodeXml } from './decode-xml.ts'
import { xmlPart } from './unzip.ts'

export interface SheetDetails {
  readonly isHidden: boolean
  readonly merges: readonly Merge[]
  /** How a number in this cell is shown; undefined when as it is. Rows and columns from 0. */
  formatAt(row: number, column: number): NumberFormat | undefined
}

/** Rows and columns from 0, both ends included. */
export interface Merge {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

export interface NumberFormat {
  readonly isPercent: boolean
  /** Words behind the number: 元, 个. */
  readonly suffix: string
}

type Parts = ReadonlyMap<string, Uint8Array>

/** A sheet with more merged areas is drawn, not written. */
const MOST_MERGES = 5_000

/** The details of each sheet in the workbook's order. */
export function sheetDetails(parts: Parts): readonly SheetDetails[] {
  const workbook = xmlPart(parts, 'xl/workbook.xml') ?? ''
  const targets = relationTargets(xmlPart(parts, 'xl/_rels/workbook.xml.rels') ?? '')
  const formats = cellFormats(xmlPart(parts, 'xl/styles.xml') ?? '')
  return [...workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].map(([sheet]) => {
    const target = targets.get(attribute(sheet, '(?:\\w+:)id') ?? '') ?? ''
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
    const xml = xmlPart(parts, path) ?? ''
    return {
      isHidden: /^(?:hidden|veryHidden)$/.test(attribute(sheet, 'state') ?? ''),
      merges: mergesIn(xml),
      formatAt: formatsIn(xml, formats),
    }
  })
}

function relationTargets(xml: string): ReadonlyMap<string, string> {
  return new Map(
    [...xml.matchAll(/<Relationship\s[^>]*>/g)].map(([own]) => [
      attribute(own, 'Id') ?? '',
      attribute(own, 'Target') ?? '',
    ]),
  )
}

function mergesIn(xml: string): Merge[] {
  const areas = xml.matchAll(/<mergeCell\s[^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g)
  return [...areas.take(MOST_MERGES)].map(([, left = '', top = '', right = '', bottom = '']) => ({
    top: Number(top) - 1,
    left: columnOf(left),
    bottom: Number(bottom) - 1,
    right: columnOf(right),
  }))
}

/** Formats by style number; only those that change what a number says. */
function cellFormats(styles: string): ReadonlyMap<number, NumberFormat> {
  const codes = new Map(
    [...styles.matchAll(/<numFmt\s[^>]*>/g)].map(([own]) => [
      attribute(own, 'numFmtId') ?? '',
      decodeXml(attribute(own, 'formatCode') ?? ''),
    ]),
  )
  const cells = /<cellXfs[^>]*>(.*?)<\/cellXfs>/s.exec(styles)?.[1] ?? ''
  const formats = [...cells.matchAll(/<xf\s[^>]*>/g)].map(([own]) => {
    const id = attribute(own, 'numFmtId') ?? '0'
    return formatOf(PERCENT_IDS.has(id) ? '0%' : (codes.get(id) ?? ''))
  })
  return new Map(formats.flatMap((format, style) => (format ? [[style, format]] : [])))
}

/** 0% and 0.00% are built in. */
const PERCENT_IDS = new Set(['9', '10'])

function formatOf(code: string): NumberFormat | undefined {
  const [positive = ''] = code.replace(/\\(.)/g, '"$1"').split(';')
  if (/[ymdhs]/i.test(positive.replace(/"[^"]*"|\[[^\]]*\]/g, ''))) return undefined
  const bare = positive.replace(/"[^"]*"/g, '')
  const isPercent = bare.includes('%')
  const words = /[0#]\s*((?:"[^"]{1,6}"){1,6})\s*$/.exec(positive)?.[1] ?? ''
  const suffix = words.replaceAll('"', '')
  return isPercent || suffix !== '' ? { isPercent, suffix } : undefined
}

function formatsIn(xml: string, formats: ReadonlyMap<number, NumberFormat>) {
  const found = new Map<string, NumberFormat>()
  if (formats.size > 0) {
    for (const [cell] of xml.matchAll(/<c\s[^>]*>/g)) {
      const format = formats.get(Number(attribute(cell, 's') ?? 0))
      const reference = attribute(cell, 'r')
      if (format && reference) found.set(reference, format)
    }
  }
  return (row: number, column: number) => found.get(`${letters(column)}${row + 1}`)
}

function columnOf(reference: string): number {
  return [...reference].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function letters(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest === 0 ? '' : letters(rest - 1)) + String.fromCharCode(65 + (column % 26))
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
}
