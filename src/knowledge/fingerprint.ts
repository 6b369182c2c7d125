/**
 * Recognising a text that comes again, changed a little: after folding, texts are compared by their
 * shingles (runs of five characters), so that lay-out, width and punctuation do not count.
 *
 * A fingerprint is a sample of the shingles, always the same ones of the same text (the smallest
 * hashes), so that likely relatives are found by looking a few numbers up; {@link similarityOf}
 * then compares the whole texts.
 */

const SHINGLE_LENGTH = 5
/** Of two texts that share 80 % of their shingles, 32 samples all differ with probability 1e-22. */
const SAMPLES = 32
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** Up to 32 whole numbers; fewer for a very short text, none for one without letters and digits. */
export function fingerprintOf(text: string): readonly number[] {
  return [...Uint32Array.from(shinglesOf(text)).sort().subarray(0, SAMPLES)]
}

/** Share of the shingles that two texts have in common: 0 nothing, 1 the same wording. */
export function similarityOf(a: string, b: string): number {
  const ofA = shinglesOf(a)
  const ofB = shinglesOf(b)
  if (ofA.size === 0 || ofB.size === 0) return ofA.size === ofB.size ? 1 : 0
  const shared = ofA.intersection(ofB).size
  return shared / (ofA.size + ofB.size - shared)
}

/** Hashes of all shingles; of a text shorter than one, the hash of the text. */
function shinglesOf(text: string): Set<number> {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
  const shingles = new Set<number>()
  if (plain === '') return shingles
  const last = Math.max(0, plain.length - SHINGLE_LENGTH)
  for (let start = 0; start <= last; start++) shingles.add(hashAt(plain, start))
  return shingles
}

/** FNV-1a over the units of one shingle. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashAt(text: string, start: number): number {
  const end = Math.min(text.length, start + SHINGLE_LENGTH)
  let hash = FNV_OFFSET
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME)
  // Neighbouring texts give neighbouring low bits; a last mix spreads them before the smallest are taken.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
