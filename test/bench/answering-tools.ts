/** What answers the bench's questions: an index over its corpus with all that the bot has beside it. */
import { readFileSync } from 'node:fs'
import { type AnsweringTools, answerQuestion } from '../../src/answering/answer-question.ts'
import type { Answer } from '../../src/domain/answer.ts'
import { createUnitReader } from '../../src/retrieval/evidence-units.ts'
import { createQueryRepairer } from '../../src/retrieval/repair-query.ts'
import { createSearchIndex } from '../../src/retrieval/search-index.ts'
import { parseTermDictionary } from '../../src/retrieval/term-dictionary.ts'
import { createGazetteer } from '../../src/text/gazetteer.ts'
import type { Tokenizer } from '../../src/text/tokenize.ts'
import type { CutDocument } from './corpus.ts'

const read = (name: string) => readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8')

/** Asks as a worker of one town does, on a day on which the news is fresh. */
export function openAnswering(
  documents: readonly CutDocument[],
  tokenizer: Tokenizer,
): (question: string) => Promise<Answer> {
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
  const tools: AnsweringTools = {
    index,
    reader: createUnitReader(),
    tagger: tokenizer,
    gazetteer,
    contact: { unionName: '示例市总工会' },
    examples: [],
    terms,
    repair: (text) => repairer.repair(text).text,
  }
  const asker = { history: [], role: 'worker', jurisdictionCode: '620800' } as const
  const askedOn = Temporal.PlainDate.from('2023-09-05')
  return (question) => answerQuestion({ ...asker, askedOn, question }, tools)
}
