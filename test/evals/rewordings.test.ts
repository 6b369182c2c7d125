/**
 * The guard on rewordings of our own documents: honest ones are let through, bad ones stopped. A bad
 * one that passes is a wrong promise to a worker: none is allowed. A good one that is stopped only
 * costs smoothness: the quote is shown instead.
 */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGrounding, type VouchingPassage } from '../../src/answering/check-grounding.ts'
import { loadPrompt } from '../../src/answering/load-prompt.ts'
import { vouchFor } from '../../src/answering/write-answer.ts'
import type { DocumentReading } from '../../src/domain/document.ts'
import { ingestDocument } from '../../src/ingestion/ingest-document.ts'
import { createGazetteer } from '../../src/text/gazetteer.ts'
import { createTokenizer } from '../../src/text/tokenize.ts'
import { documentsIn } from '../support/answering-bench.ts'
import groups from './rewordings.json' with { type: 'json' }
import thresholds from './thresholds.json' with { type: 'json' }

const HERE = import.meta.dirname
const DOCUMENTS = join(HERE, 'documents')
const tokenizer = createTokenizer()
const gazetteer = createGazetteer(
  JSON.parse(readFileSync(join(HERE, '../../data/divisions.json'), 'utf8')),
)
const rules = loadPrompt('write-answer').fill({ canary: 'k7f3q9', fence: 'f' })

async function read(file: string): Promise<DocumentReading> {
  const source = { fileName: basename(file), bytes: readFileSync(file) }
  return ingestDocument(source, { tokenizer, gazetteer })
}

function vouching(quote: string, { metadata }: DocumentReading): VouchingPassage {
  const place = gazetteer.byCode(metadata.jurisdictionCode ?? '')?.name
  const { title, issuer, issuedOn } = metadata
  return vouchFor({
    quote,
    documentTitle: title,
    ...(issuer !== undefined && { issuer }),
    ...(issuedOn !== undefined && { issuedOn }),
    ...(place !== undefined && { jurisdictionName: place }),
  })
}

/** Why the guard stops a sentence that rests on these passages; undefined when it passes. */
function faultOf(said: string, passages: readonly VouchingPassage[], thisYear = 2026) {
  const cites = passages.map((_, i) => i + 1)
  const { faults } = checkGrounding([{ text: said, cites }], {
    passages,
    context: '',
    thisYear,
    canary: 'k7f3q9',
    rules,
    allowedHosts: [],
    tagger: tokenizer,
    gazetteer,
  })
  return faults[0]
}

interface Case {
  readonly said: string
  readonly fault: string | undefined
}
const honest: Case[] = []
const bad: Case[] = []
/** Sentences of the documents as they stand, each with what vouches for it. */
const sentences: { said: string; passages: readonly VouchingPassage[] }[] = []

beforeAll(async () => {
  for (const group of groups) {
    const document = await read(join(DOCUMENTS, group.document))
    for (const quote of group.quotes) expect(document.text).toContain(quote)
    const passages = group.quotes.map((quote) => vouching(quote, document))
    const check = (said: string): Case => ({
      said,
      fault: faultOf(said, passages, document.metadata.issuedOn?.on.year),
    })
    honest.push(...group.honest.map(check))
    bad.push(...group.bad.map(([, said = '']) => check(said)))
  }
  for (const file of documentsIn(DOCUMENTS)) {
    const document = await read(file)
    const own = document.text.split(/(?<=[。!?\n])/).map((sentence) => sentence.trim())
    for (const said of own.filter((one) => one.length >= 8 && one.length <= 150)) {
      sentences.push({ said, passages: [vouching(said, document)] })
    }
  }
})

describe('the guard', () => {
  it('lets through nearly every honest rewording', () => {
    const blocked = honest.filter(({ fault }) => fault !== undefined)
    const list = blocked.map(({ said, fault }) => `${fault}: ${said}`).join('\n')
    expect(honest.length).toBeGreaterThanOrEqual(60)
    expect(blocked.length / honest.length, list).toBeLessThanOrEqual(
      thresholds.rewordings.falseBlocks,
    )
  })

  it('stops every bad one', () => {
    const missed = bad.filter(({ fault }) => fault === undefined)
    expect(bad.length).toBeGreaterThanOrEqual(120)
    expect(missed.map(({ said }) => said)).toEqual([])
  })

  it('lets every sentence of a document through as it stands', () => {
    const blocked = sentences.filter(({ said, passages }) => {
      return !said.startsWith('#') && faultOf(said, passages) !== undefined
    })
    expect(blocked.map(({ said }) => said)).toEqual([])
  })
})

/** Changes one place of a sentence that matches; the same sentence where nothing does. */
function changeOne(said: string, pattern: RegExp, which: number, change: (was: string) => string) {
  const places = [...said.matchAll(pattern)]
  const place = places[which % Math.max(1, places.length)]
  if (place === undefined) return said
  return said.slice(0, place.index) + change(place[0]) + said.slice(place.index + place[0].length)
}

function stopsAll(pattern: RegExp, change: (was: string, by: number) => string) {
  const choice = fc.record({
    sentence: fc.nat(),
    which: fc.nat(40),
    by: fc.integer({ min: 1, max: 9 }),
  })
  return fc.assert(
    fc.property(choice, ({ sentence, which, by }) => {
      const { said, passages } = sentences[sentence % sentences.length] ?? {}
      if (said === undefined || passages === undefined || said.startsWith('#')) return
      const changed = changeOne(said, pattern, which, (was) => change(was, by))
      if (changed !== said) expect(faultOf(changed, passages), changed).toBeDefined()
    }),
    { numRuns: 400 },
  )
}

describe('an honest sentence is stopped', () => {
  it('with any digit changed', () => {
    stopsAll(/\d/g, (digit, by) => String((Number(digit) + by) % 10))
  })

  it('with any digit left out or written twice', () => {
    stopsAll(/(?<=\d)\d|\d(?=\d)/g, (digit, by) => (by % 2 === 0 ? '' : digit + digit))
  })

  it('with 万 dropped or added', () => {
    stopsAll(/(?<=\d)万|(?<=\d)(?=[名户个元人家份])/g, (was) => (was === '' ? '万' : ''))
  })

  it('with its negation dropped', () => {
    stopsAll(/不予|不得|不(?=[收纳参受开])|严禁|未(?=按)/g, () => '')
  })

  it('with a bound dropped', () => {
    stopsAll(/以上|以内|不超过|不少于|不低于|最高|(?<=[日底月])前/g, () => '')
  })

  it('with another unit', () => {
    stopsAll(/(?<=\d)(?:[名户个家件份](?!人|月|百|工)|元)/g, (was) => (was === '户' ? '名' : '户'))
  })

  it('with per cent become percentage points', () => {
    stopsAll(/(?<=\d)%/g, () => '个百分点')
  })
})
