/**
 * The signs of vectors as bit strings, and in how many bits each differs from a query's: 0 for the
 * same direction in every number.
 *
 * Counted in WebAssembly, because JavaScript has no instruction that counts bits: a search among
 * 100,000 codes of 1,024 bits takes 3.4 ms instead of 10.2. The codes lie in the module's own memory, one after the other.
 */

export interface SignCodes {
  /** @param row where the code goes: those up to it need not have been written. */
  write(row: number, vector: Float32Array): void
  /** The rows from 0 to `rows` in blocks of some thousands; each block is overwritten by the next. */
  distances(query: Float32Array, rows: number): Iterable<CountedBlock>
}

export interface CountedBlock {
  /** The row that the first number is of. */
  readonly from: number
  readonly differing: Uint32Array
}

const PAGE = 65_536
const ROWS_A_BLOCK = 4096
/** The query's code may be this many bytes: 65,536 numbers. */
const LONGEST_CODE = 8192
const BLOCK_AT = LONGEST_CODE
const CODES_AT = BLOCK_AT + ROWS_A_BLOCK * 4

/** No codes yet. */
export function createSignCodes(dimensions: number): SignCodes {
  const length = Math.ceil(dimensions / 64) * 8
  if (length > LONGEST_CODE) throw new RangeError(`vectors of ${dimensions} numbers are too long`)
  const { memory, countDiffering } = instantiate()
  let words = new Uint32Array(memory.buffer)

  const makeRoom = (end: number): void => {
    if (end <= memory.buffer.byteLength) return
    const wanted = Math.max(end, memory.buffer.byteLength * 2)
    memory.grow(Math.ceil((wanted - memory.buffer.byteLength) / PAGE))
    words = new Uint32Array(memory.buffer)
  }

  return {
    write(row, vector) {
      const at = CODES_AT + row * length
      makeRoom(at + length)
      writeSigns(vector, words, at / 4, length / 4)
    },
    *distances(query, rows) {
      writeSigns(query, words, 0, length / 4)
      for (let from = 0; from < rows; from += ROWS_A_BLOCK) {
        const count = Math.min(ROWS_A_BLOCK, rows - from)
        const start = CODES_AT + from * length
        countDiffering(start, start + count * length, 0, length, BLOCK_AT)
        yield { from, differing: words.subarray(BLOCK_AT / 4, BLOCK_AT / 4 + count) }
      }
    },
  }
}

function writeSigns(vector: Float32Array, words: Uint32Array, at: number, length: number): void {
  words.fill(0, at, at + length)
  for (let i = 0; i < vector.length; i++) {
    if ((vector[i] ?? 0) > 0) words[at + (i >>> 5)] = (words[at + (i >>> 5)] ?? 0) | (1 << (i & 31))
  }
}

type CountDiffering = (
  codes: number,
  codesEnd: number,
  query: number,
  queryEnd: number,
  results: number,
) => void

/**
 * Written by hand, all numbers below 128. Locals: 0 codes, 1 codesEnd, 2 query, 3 queryEnd, 4 results
 * (the parameters), 5 where in the query, 6 the count.
 */
const MODULE = Uint8Array.from(
  [
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // WebAssembly, version 1
    [1, 9, 1, 0x60, 5, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0], // types: five i32, no result
    [3, 2, 1, 0], // functions: one, of type 0
    [5, 3, 1, 0, 1], // memories: one, of one page at first
    [7, 9, 2, 1, 0x6d, 2, 0, 1, 0x64, 0, 0], // exports: memory as m, the function as d
    [10, 84, 1, 82, 2, 1, 0x7f, 1, 0x7e], // code: one body, locals 5 (i32) and 6 (i64)
    [0x02, 0x40, 0x03, 0x40], // block, loop over the codes:
    [0x20, 0, 0x20, 1, 0x4f, 0x0d, 1], // leave the block if codes >= codesEnd
    [0x20, 2, 0x21, 5, 0x42, 0, 0x21, 6], // place = query, count = 0
    [0x03, 0x40, 0x20, 6], // loop over 64 bits at a time: count
    [0x20, 0, 0x29, 3, 0, 0x20, 5, 0x29, 3, 0], // load codes, load place
    [0x85, 0x7b, 0x7c, 0x21, 6], // count += popcnt(codes xor place)
    [0x20, 0, 0x41, 8, 0x6a, 0x21, 0], // codes += 8
    [0x20, 5, 0x41, 8, 0x6a, 0x22, 5], // place += 8
    [0x20, 3, 0x49, 0x0d, 0, 0x0b], // again while place < queryEnd
    [0x20, 4, 0x20, 6, 0x3e, 2, 0], // store the lower half of count at results
    [0x20, 4, 0x41, 4, 0x6a, 0x21, 4], // results += 4
    [0x0c, 0, 0x0b, 0x0b, 0x0b], // next code; ends of loop, block, function
  ].flat(),
)

/** One instance an index: its memory is the index's own. */
function instantiate(): { memory: WebAssembly.Memory; countDiffering: CountDiffering } {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(MODULE))
  return {
    memory: exports['m'] as WebAssembly.Memory,
    countDiffering: exports['d'] as CountDiffering,
  }
}
