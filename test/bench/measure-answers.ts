/** From a question to the finished extractive answer, as the bot does it, and how many in a second. */
import { readFileSync } from 'node:fs'
import { answerQuestion } from '../../src/answering/answer-question.ts'
import { createUnitReader } from '../../src/retrieval/evidence-units.ts'
import { createQueryRepairer } from '../../src/retrieval/repair-query.ts'
import { createSearchIndex } from '../../src/retrieval/search-index.ts'
import { parseTermDictionary } from '../../src/retrieval/term-dictionary.ts'
import { createGazetteer } from '../../src/text/gazetteer.ts'
import type { Tokenizer } from '../../src/text/tokenize.ts'
import type { BenchCorpus } from './corpus.ts'
import { measureLatency } from './measure.ts'

const read = (name: string) => readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8')

export async function measureAnswers(
  { documents, queries, passageCount }: BenchCorpus,
  tokenizer: Tokenizer,
  rounds: number,
): Promise<void> {
  const index = createSearchIndex(tokenizer)
  for (const document of documents) index.add(document)
  const terms = parseTermDictionary(read('terms.txt'))
  const gazetteer = createGazetteer(JSON.parse(read('divisions.json')))
  const repairer = createQueryRepairer({
    index,
    tokenizer,
    dictionary: () => terms,
    placesIn: (text) => gazetteer.findIn(text),
    placeNames: () => gazetteer.names(),
  })
  while (!repairer.learn(10_000));
  const tools = {
    index,
    reader: createUnitReader(),
    tagger: tokenizer,
    gazetteer,
    contact: { unionName: '示例市总工会' },
    examples: [],
    terms,
    repair: (text: string) => repairer.repair(text).text,
  }
  const ask = (question: string) =>
    answerQuestion(
      {
        question,
        history: [],
        role: 'worker',
        jurisdictionCode: '620800',
        askedOn: Temporal.PlainDate.from('2023-09-05'),
      },
      tools,
    )
  const { p50, p99, cpu } = await measureLatency(ask, queries, rounds)
  console.table([
    {
      what: `question to extractive answer, ${passageCount} passages`,
      'p50 ms': p50.toFixed(2),
      'p99 ms': p99.toFixed(2),
      'CPU ms each': cpu.toFixed(2),
      'questions/s on one core': (1000 / cpu).toFixed(0),
    },
  ])
}
