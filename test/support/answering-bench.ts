/** The answering pipeline over files of a folder, without a store: for question sets. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { type AnsweringTools, answerQuestion } from '../../src/answering/answer-question.ts'
import type { AskedAnswer, QuestionRow } from '../../src/cli/eval/question-row.ts'
import { renderAnswer } from '../../src/conversation/render-answer.ts'
import type { Answer } from '../../src/domain/answer.ts'
import { toPlainText } from '../../src/domain/plain-text.ts'
import { ingestDocument } from '../../src/ingestion/ingest-document.ts'
import { createUnitReader } from '../../src/retrieval/evidence-units.ts'
import { createQueryRepairer } from '../../src/retrieval/repair-query.ts'
import { createSearchIndex } from '../../src/retrieval/search-index.ts'
import { parseTermDictionary } from '../../src/retrieval/term-dictionary.ts'
import { createGazetteer } from '../../src/text/gazetteer.ts'
import { createTokenizer } from '../../src/text/tokenize.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** A row without a day is asked on this one. */
const ASKED_ON = '2026-07-20'

export interface AnsweringBench {
  ask(row: QuestionRow): Promise<AskedAnswer>
  answer(question: string, more?: Partial<QuestionRow>): Promise<Answer>
  cleanedText(fileName: string): string | undefined
}

export async function openAnsweringBench(files: readonly string[]): Promise<AnsweringBench> {
  const tokenizer = createTokenizer()
  const gazetteer = createGazetteer(
    JSON.parse(readFileSync(join(ROOT, 'data/divisions.json'), 'utf8')),
  )
  const terms = parseTermDictionary(readFileSync(join(ROOT, 'data/terms.txt'), 'utf8'))
  const index = createSearchIndex(tokenizer)
  const texts = new Map<string, string>()
  for (const file of files) {
    const source = { fileName: basename(file), bytes: readFileSync(file) }
    const reading = await ingestDocument(source, { tokenizer, gazetteer })
    index.add({ ...reading, documentId: reading.fileName, versionId: reading.fileName })
    texts.set(reading.fileName, reading.text)
  }
  const repairer = createQueryRepairer({
    index,
    dictionary: () => terms,
    tokenizer,
    placesIn: (text) => gazetteer.findIn(text),
    placeNames: () => gazetteer.names(),
  })
  const tools: AnsweringTools = {
    index,
    reader: createUnitReader(),
    gazetteer,
    terms,
    tagger: tokenizer,
    repair: (text) => repairer.repair(text).text,
    contact: { unionName: '本单位工会' },
    examples: ['今年要建多少个职工书屋?', '八件实事都有哪些?', '工会驿站有什么要求?'],
  }
  const answer = (row: Pick<QuestionRow, 'question'> & Partial<QuestionRow>) => {
    const home = row.region === undefined ? undefined : gazetteer.resolve(row.region)
    return answerQuestion(
      {
        question: row.question,
        history: row.history ?? [],
        role: row.role ?? 'worker',
        askedOn: Temporal.PlainDate.from(row.asked_on ?? ASKED_ON),
        ...(home !== undefined && { jurisdictionCode: home.code }),
      },
      tools,
    )
  }
  return {
    answer: (question, more = {}) => answer({ ...more, question }),
    ask: async (row) => asAsked(await answer(row)),
    cleanedText: (fileName) => texts.get(fileName),
  }
}

/** Plain files of a folder that hold documents. */
export function documentsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.(?:txt|md)$/.test(name) && !name.startsWith('README'))
    .map((name) => join(folder, name))
}

/** The real texts and question sets, which are not part of the project; undefined when they are not there. */
export function sharedFolder(): string | undefined {
  const folder = process.env['SHARED_DIR'] ?? resolve(ROOT, '../shared')
  try {
    readdirSync(join(folder, 'seeds'))
    return folder
  } catch {
    return undefined
  }
}

function asAsked(answer: Answer): AskedAnswer {
  const citations =
    answer.kind === 'grounded'
      ? answer.citations
      : answer.kind === 'not-found'
        ? answer.nearest
        : []
  return {
    kind: answer.kind,
    text: toPlainText(renderAnswer(answer)),
    citations: citations.map(({ fileName, quote }) => ({ document: fileName, quote })),
    notices: answer.notices.map(({ text }) => text),
    latency_ms: 0,
  }
}
