/**
 * How fast documents come in: `node test/bench/intake.ts [--articles 500]`. Articles of about 1,500
 * characters: read (from bytes to passages, lists, facts and tasks) on one core; then read, stored and
 * put in force in a database file, as `ingest FOLDER --publish` does, the start of the reading threads
 * included; then how long after a publication the first question is answered from it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { parseConfig } from '../../src/config.ts'
import { ingestFolder } from '../../src/knowledge/ingest-folder.ts'
import { silentLogger } from '../../src/logger.ts'
import { mixArticles } from './corpus.ts'

const LENGTH = 1_500
/** Projects are numbered from here: whole numbers of five digits, none inside another. */
const FIRST = 10_000
/** Publications after each of which a question is asked. */
const ASKED = 40

const { values } = parseArgs({ options: { articles: { type: 'string', default: '500' } } })
const count = Number(values.articles)
const articles = mixArticles(count + ASKED, LENGTH).map(
  (text, i) => `某市总工会工作简报第${i}期\n青蓝${FIRST + i}号项目安排资金${i + 100}万元。${text}`,
)
const dataDir = mkdtempSync(join(tmpdir(), 'bench-intake-'))
const app = await createApp(parseConfig({ DATA_DIR: dataDir }), {
  clock: systemClock,
  logger: silentLogger,
})
const bytesOf = (i: number) => Buffer.from(articles[i] ?? '')
const read = (i: number) => app.read({ fileName: `${i}.txt`, bytes: bytesOf(i) })
const publish = async (i: number) => {
  await app.add(await read(i), { publish: true, original: bytesOf(i) }, 'bench')
}

for (let i = 0; i < 20; i++) await read(i)
await measure('read', async () => {
  for (let i = 0; i < count; i++) await read(i)
})
await measure('read, stored and in force', publishFolder)
await ask(0)
const times: number[] = []
for (let i = count; i < count + ASKED; i++) {
  const start = performance.now()
  await publish(i)
  await ask(i)
  times.push(performance.now() - start)
}
times.sort((a, b) => a - b)
console.log(
  `a file in, read, published, asked about and answered: p50 ${times[ASKED / 2]?.toFixed(0)} ms, longest ${times.at(-1)?.toFixed(0)} ms`,
)
await app.close()
rmSync(dataDir, { recursive: true })

async function publishFolder(): Promise<void> {
  const files = Array.from({ length: count }, (_, i) => ({
    name: `${i}.txt`,
    bytes: async () => bytesOf(i),
  }))
  const { failures } = await ingestFolder(files, {
    ingest: (source) => app.readAside(source),
    add: (reading, options) => app.add(reading, options, 'bench'),
    knowledge: app.store.knowledge,
    publish: true,
  })
  if (failures.length > 0) throw new Error(failures[0]?.message)
}

async function measure(what: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now()
  const before = process.cpuUsage()
  await work()
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(before)
  const cpuSeconds = (user + system) / 1e6
  console.log(
    `${count} articles of ${LENGTH} characters ${what} in ${seconds.toFixed(1)} s: ${(count / seconds).toFixed(0)} a second, ${(count / cpuSeconds).toFixed(0)} a second of one core`,
  )
}

async function ask(i: number): Promise<void> {
  const question = `青蓝${FIRST + i}号项目安排资金多少?`
  const today = Temporal.PlainDate.from('2026-07-20')
  const { text } = await app.ask({ question, history: [], role: 'worker', askedOn: today })
  if (!text.includes(`${i + 100}万元`))
    throw new Error(`article ${i} was not answered from: ${text}`)
}
