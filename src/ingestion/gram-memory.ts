/**
 * Remembers stretches of a fixed length and tells which of another text's stretches are among them.
 * By a rolling number for each, since making a string of each takes most of the time; equal numbers
 * are compared character by character.
 */

export interface GramMemory {
  /** For each stretch of the text, in order, whether it was remembered. */
  known(text: string): boolean[]
  remember(text: string): void
}

const BASE = 0x0100_0193

/** Remembers nothing yet. @param length of a stretch, UTF-16 units */
export function createGramMemory(length: number): GramMemory {
  const leaving = powerOf(BASE, length)
  /** Number of a stretch → the first of that number: which text, where in it. */
  const first = new Map<number, { readonly text: string; readonly at: number }>()
  /** The others of that number, which are next to none. */
  const others = new Set<string>()

  const isKnown = (text: string, at: number, number: number): boolean => {
    const place = first.get(number)
    if (place === undefined) return false
    return sameAt(place, text, at, length) || others.has(text.slice(at, at + length))
  }

  return {
    known(text) {
      const known: boolean[] = []
      eachNumber(text, length, leaving, (number, at) => known.push(isKnown(text, at, number)))
      return known
    },
    remember(text) {
      eachNumber(text, length, leaving, (number, at) => {
        if (!first.has(number)) first.set(number, { text, at })
        else if (!isKnown(text, at, number)) others.add(text.slice(at, at + length))
      })
    },
  }
}

function eachNumber(
  text: string,
  length: number,
  leaving: number,
  visit: (number: number, at: number) => void,
): void {
  let number = 0
  for (let end = 0; end < text.length; end++) {
    number = (Math.imul(number, BASE) + text.charCodeAt(end)) | 0
    const start = end + 1 - length
    if (start > 0) number = (number - Math.imul(text.charCodeAt(start - 1), leaving)) | 0
    if (start >= 0) visit(number, start)
  }
}

function sameAt(
  place: { readonly text: string; readonly at: number },
  text: string,
  at: number,
  length: number,
): boolean {
  for (let i = 0; i < length; i++) {
    if (place.text.charCodeAt(place.at + i) !== text.charCodeAt(at + i)) return false
  }
  return true
}

function powerOf(base: number, exponent: number): number {
  let power = 1
  for (let i = 0; i < exponent; i++) power = Math.imul(power, base)
  return power
}
