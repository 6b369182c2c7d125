/**
 * The guard on rewordings of our own documents: honest ones are let through, bad ones stopped. A bad
 * one that passes is a wrong promise to a worker: none is allowed. A good one that is stopped only
 * costs smoothness: the quote is shown instead.
 */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
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

type Change = (was: string) => readonly string[]

/** Every sentence of our documents with one place changed, each place in each of its ways; those that pass. */
function passing(pattern: RegExp, change: Change): string[] {
  return sentences.flatMap(({ said, passages }) =>
    [...said.matchAll(pattern)].flatMap(({ 0: was, index }) => {
      const end = index + was.length
      const changed = change(was).map((now) => said.slice(0, index) + now + said.slice(end))
      return changed.filter((one) => one !== said && faultOf(one, passages) === undefined)
    }),
  )
}

describe('an honest sentence is stopped', () => {
  it('with any digit changed', () => {
    const others = (digit: string) => [1, 4].map((by) => String((Number(digit) + by) % 10))
    expect(passing(/\d/g, others)).toEqual([])
  })

  it('with any digit left out or written twice', () => {
    expect(passing(/(?<=\d)\d|\d(?=\d)/g, (digit) => ['', digit + digit])).toEqual([])
  })

  it('with 万 dropped or added', () => {
    expect(
      passing(/(?<=\d)万|(?<=\d)(?=[名户个元人家份])/g, (was) => [was === '' ? '万' : '']),
    ).toEqual([])
  })

  it('with its negation dropped', () => {
    expect(passing(/不予|不得|不(?=[收纳参受开])|严禁|未(?=按)/g, () => [''])).toEqual([])
  })

  it('with a bound dropped', () => {
    expect(passing(/以上|以内|不超过|不少于|不低于|最高|(?<=[日月]|月底)前/g, () => [''])).toEqual(
      [],
    )
  })

  it('with another unit', () => {
    expect(
      passing(/(?<=\d)(?:[名户个家件份](?!人|月|百|工)|元)/g, (was) => [
        was === '户' ? '名' : '户',
      ]),
    ).toEqual([])
  })

  it('with per cent become percentage points', () => {
    expect(passing(/(?<=\d)%/g, () => ['个百分点'])).toEqual([])
  })
})
