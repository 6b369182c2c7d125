/** Gold readings of date expressions, and how a printed result is judged against them. */

export interface GoldReading {
  readonly type: string
  readonly due?: string
  readonly date?: string
  readonly at?: string
  readonly start?: string
  readonly end?: string
  readonly days?: readonly string[]
  readonly within?: readonly [string, string]
  readonly next?: readonly string[]
  readonly period?: string
}

export interface GoldRow {
  readonly id: string
  readonly text: string
  readonly span: string
  readonly offset: number
  readonly ref: string
  readonly tz: string
  readonly want: GoldReading
  readonly accept?: readonly GoldReading[]
}

/** What `dates parse` prints for one expression. */
export interface PrintedResult extends GoldReading {
  readonly offset: number
  readonly text: string
}

export type Verdict = 'ok' | 'wrong' | 'miss'

const UNDATED = ['vague', 'none', 'invalid']

/** `ok` if a result over the span is right, `wrong` if only wrong dates are there, `miss` if none is. */
export function judge(row: GoldRow, results: readonly PrintedResult[]): Verdict {
  const end = row.offset + row.span.length
  const over = results.filter((r) => r.offset < end && r.offset + r.text.length > row.offset)
  const isDated = over.some(({ type }) => !UNDATED.includes(type))
  const readings = [row.want, ...(row.accept ?? [])]
  const isRight = over.some((result) => readings.some((reading) => agrees(reading, result)))
  if (isRight || (!isDated && readings.some(({ type }) => UNDATED.includes(type)))) return 'ok'
  return isDated ? 'wrong' : 'miss'
}

function agrees(gold: GoldReading, result: PrintedResult): boolean {
  if (gold.type === 'covers') return isCovered(gold, result)
  if (gold.type !== result.type) return false
  if (gold.type === 'recur') {
    return gold.next ? String(gold.next) === String(result.next) : gold.period === result.period
  }
  return (['due', 'date', 'at', 'start', 'end'] as const).every(
    (field) => gold[field] === undefined || gold[field] === result[field],
  )
}

function isCovered({ days = [], within }: GoldReading, result: PrintedResult): boolean {
  const start = result.start ?? result.date ?? result.due
  const end = result.end ?? result.date ?? result.due
  if (start === undefined || end === undefined) return false
  const isInside = within === undefined || (within[0] <= start && end <= within[1])
  return isInside && days.every((day) => start <= day && day <= end)
}

/** Reads lines of `day | sentence with [the expression] | reading or reading`; `#` begins a comment. */
export function readPhrases(lines: string): GoldRow[] {
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line, index) => {
      const [day = '', marked = '', readings = ''] = line.split(' | ')
      const start = marked.indexOf('[')
      const [want, ...accept] = readings.split(' or ').map(readReading)
      if (!want || start < 0) throw new Error(`Not a phrase: ${line}`)
      return {
        id: `phrase-${index + 1}`,
        text: marked.replace('[', '').replace(']', ''),
        span: marked.slice(start + 1, marked.indexOf(']')),
        offset: start,
        ref: `${day}T09:00:00+08:00`,
        tz: 'Asia/Shanghai',
        want,
        accept,
      }
    })
}

function readReading(written: string): GoldReading {
  const [type = '', ...rest] = written.trim().split(' ')
  const value = rest.join(' ')
  const [start = '', end = ''] = value.split('..')
  switch (type) {
    case 'due':
      return { type, due: value }
    case 'date':
      return { type, date: value }
    case 'datetime':
      return { type, at: value }
    case 'since':
      return { type, start: value }
    case 'interval':
    case 'dtinterval':
      return { type, start, end }
    case 'covers': {
      const [days = '', within = ''] = value.split(' in ')
      const [first = '', last = ''] = within.split('..')
      return { type, days: days.split(','), within: [first, last] }
    }
    case 'recur':
      return value.startsWith('P') ? { type, period: value } : { type, next: value.split(',') }
    default:
      return { type }
  }
}
