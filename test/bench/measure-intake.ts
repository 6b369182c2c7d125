/**
 * How fast documents come in. Articles of about 1,500 characters: read (from bytes to passages, lists,
 * facts and tasks) on one core; then read, stored and put in force in a database file, as
 * `ingest FOLDER --publish` does, the start of the reading threads included; then how long after a
 * publication the first question is answered from it. Alone: `node test/bench/intake.ts`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { parseConfig } from '../../src/config.ts'
import { ingestFolder } from '../../src/knowledge/ingest-folder.ts'
import { silentLogger } from '../../src/logger.ts'
import { mixArticles } from './corpus.ts'

const LENGTH = 1_500
/** Projects are numbered from here: whole numbers of five digits, none inside another. */
const FIRST = 10_000
const WARM_UP = 20
/** Publications after each of which a question is asked. */
const ASKED = 40

export async function measureIntake(count: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-intake-'))
  const config = parseConfig({ DATA_DIR: dataDir })
  const app = await createApp(config, { clock: systemClock, logger: silentLogger })
  const files = mixArticles(count + ASKED, LENGTH).map(fileOf)
  const many = files.slice(0, count)
  for (const { source } of files.slice(0, WARM_UP)) await app.read(source)
  const read = await rate(count, async () => {
    for (const { source } of many) await app.read(source)
  })
  const inForce = await rate(count, () => publishFolder(many, app))
  console.table([
    { what: `${count} articles of ${LENGTH} characters read`, ...read },
    { what: 'read, stored and in force', ...inForce },
  ])
  const times = (await timesToAnswer(files.slice(count), app)).toSorted((a, b) => a - b)
  console.log(
    `a file in, read, published, asked about and answered: p50 ${times[ASKED / 2]?.toFixed(0)} ms, longest ${times.at(-1)?.toFixed(0)} ms`,
  )
  await app.close()
  rmSync(dataDir, { recursive: true })
}

type Article = ReturnType<typeof fileOf>

function fileOf(text: string, i: number) {
  const project = `青蓝${FIRST + i}号项目安排资金`
  const amount = `${i + 100}万元`
  const bytes = Buffer.from(`某市总工会工作简报第${i}期\n${project}${amount}。${text}`)
  return { source: { fileName: `${i}.txt`, bytes }, question: `${project}多少?`, amount }
}

async function rate(count: number, work: () => Promise<void>) {
  const start = performance.now()
  const before = process.cpuUsage()
  await work()
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(before)
  return {
    s: seconds.toFixed(1),
    'a second': (count / seconds).toFixed(0),
    'a second of one core': (count / ((user + system) / 1e6)).toFixed(0),
  }
}

async function publishFolder(articles: readonly Article[], app: App): Promise<void> {
  const files = articles.map(({ source }) => ({
    name: source.fileName,
    bytes: async () => source.bytes,
  }))
  const { failures } = await ingestFolder(files, {
    ingest: (source) => app.readAside(source),
    add: (reading, options) => app.add(reading, options, 'bench'),
    knowledge: app.store.knowledge,
    publish: true,
  })
  if (failures.length > 0) throw new Error(failures[0]?.message)
}

/** Milliseconds each. */
async function timesToAnswer(articles: readonly Article[], app: App): Promise<number[]> {
  const askedOn = Temporal.PlainDate.from('2026-07-20')
  const times: number[] = []
  for (const { source, question, amount } of articles) {
    const start = performance.now()
    const options = { publish: true, original: source.bytes }
    await app.add(await app.read(source), options, 'bench')
    const { text } = await app.ask({ question, history: [], role: 'worker', askedOn })
    if (!text.includes(amount)) throw new Error(`${question} was not answered: ${text}`)
    times.push(performance.now() - start)
  }
  return times
}
