/**
 * Places, by GB/T 2260 division code: six digits, province (2), prefecture (2), county (2).
 * Example: 620000 甘肃省, 620800 平凉市, 620802 崆峒区. The nation is 000000.
 */

export interface Jurisdiction {
  readonly code: string
  /** Full name from the province down: 甘肃省平凉市. */
  readonly name: string
}

export type JurisdictionLevel = 'nation' | 'province' | 'prefecture' | 'county'

export const NATION: Jurisdiction = { code: '000000', name: '全国' }

export function levelOf(code: string): JurisdictionLevel {
  if (code === NATION.code) return 'nation'
  if (code.endsWith('0000')) return 'province'
  return code.endsWith('00') ? 'prefecture' : 'county'
}

/** Whether `code` is `upper` or lies inside it. Every place lies inside the nation. */
export function liesWithin(code: string, upper: string): boolean {
  return code.startsWith(significantDigits(upper))
}

function significantDigits(code: string): string {
  const digits = { nation: 0, province: 2, prefecture: 4, county: 6 }[levelOf(code)]
  return code.slice(0, digits)
}

/** How the places names found in a text are looked up; the data lives in data/divisions.json. */
export interface Gazetteer {
  /** The place that a free description names (甘肃平凉, 甘肃省/平凉市, 620800); undefined if none. */
  resolve(description: string): Jurisdiction | undefined
  /** Every place named in a text, with where it stands, in order of appearance. */
  findIn(text: string): readonly PlaceMention[]
  /** The place with this code; undefined for a code that does not exist. */
  byCode(code: string): Jurisdiction | undefined
  /** Every name that a place goes by and that is no everyday word: 平凉市, 平凉. */
  names(): Iterable<string>
}

export interface PlaceMention {
  readonly jurisdiction: Jurisdiction
  /** UTF-16 offset in the searched text. */
  readonly start: number
  readonly end: number
}
