/**
 * From a question to the finished extractive answer, as the bot does it, and how many in a second.
 *
 * Questions a second on two cores: two processes side by side, each with an index of its own, answer
 * all questions several times over at the same moment. The figure is what both got through, over the
 * time that the slower one took; beside it what both would with a core each to themselves (their
 * questions over their processor time), which is what stays comparable on a busy machine.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createTokenizer, type Tokenizer } from '../../src/text/tokenize.ts'
import { openAnswering } from './answering-tools.ts'
import { type BenchCorpus, loadCorpus } from './corpus.ts'
import { type Latency, measureLatency } from './measure.ts'

const PROCESSES = 2
const ROUNDS_SIDE_BY_SIDE = 5

const [, file, passages] = process.argv
if (file === import.meta.filename && passages !== undefined) await answerInStep(Number(passages))

export async function measureAnswers(
  { documents, queries, passageCount }: BenchCorpus,
  tokenizer: Tokenizer,
  rounds: number,
): Promise<void> {
  const ask = openAnswering(documents, tokenizer)
  const { p50, p99, cpu } = await measureLatency(ask, queries, rounds)
  console.table([
    {
      what: `question to extractive answer, ${passageCount} passages`,
      'p50 ms': p50.toFixed(2),
      'p99 ms': p99.toFixed(2),
      'CPU ms each': cpu.toFixed(2),
      'questions/s of one core': (1000 / cpu).toFixed(0),
    },
  ])
}

/** Each process makes the corpus of that many passages anew. */
export async function measureThroughput(size: number): Promise<void> {
  const children = Array.from({ length: PROCESSES }, () =>
    fork(import.meta.filename, [String(size)], { execArgv: ['--max-old-space-size=4096'] }),
  )
  await Promise.all(children.map((child) => nextMessage(child)))
  const began = performance.now()
  const finished = children.map((child) => nextMessage<Latency & { asked: number }>(child))
  for (const child of children) child.send('go')
  const results = await Promise.all(finished)
  const seconds = (performance.now() - began) / 1000
  const asked = results.reduce((sum, result) => sum + result.asked, 0)
  const alone = results.reduce((sum, { cpu }) => sum + 1000 / cpu, 0)
  console.table([
    {
      what: `${PROCESSES} processes side by side, ${asked} questions, ${size} passages each`,
      'questions/s': (asked / seconds).toFixed(0),
      'with a core to each': alone.toFixed(0),
    },
  ])
}

async function answerInStep(size: number): Promise<void> {
  const tokenizer = createTokenizer()
  const { documents, queries } = loadCorpus(tokenizer, size)
  const ask = openAnswering(documents, tokenizer)
  for (const { query } of queries) await ask(query)
  process.send?.('ready')
  await once(process, 'message')
  const latency = await measureLatency(ask, queries, ROUNDS_SIDE_BY_SIDE)
  // One round more: it warms up before it measures, as everywhere here.
  process.send?.({ ...latency, asked: queries.length * (ROUNDS_SIDE_BY_SIDE + 1) })
  process.disconnect?.()
}

async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`An answering process ended with ${code}.`)
  })
  const [message] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  return message as T
}
