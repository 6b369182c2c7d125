/**
 * How fast documents are read: `node test/bench/intake.ts [--articles 500]`. Articles of about 1,500
 * characters as copied web pages, through everything from bytes to passages, lists, facts and tasks.
 */
import { parseArgs } from 'node:util'
import divisions from '../../data/divisions.json' with { type: 'json' }
import { ingestDocument } from '../../src/ingestion/ingest-document.ts'
import { createGazetteer } from '../../src/text/gazetteer.ts'
import { STATE_COUNCIL_HOLIDAYS } from '../../src/text/state-council-holidays.ts'
import { createTokenizer } from '../../src/text/tokenize.ts'
import { workCalendar } from '../../src/text/working-days.ts'

const { values } = parseArgs({ options: { articles: { type: 'string', default: '500' } } })
const options = {
  tokenizer: createTokenizer(),
  gazetteer: createGazetteer(divisions),
  calendar: workCalendar(STATE_COUNCIL_HOLIDAYS),
}
const articles = Array.from({ length: Number(values.articles) }, (_, index) => article(index))

await read(articles.slice(0, 20))
const start = performance.now()
const cpuBefore = process.cpuUsage()
await read(articles)
const seconds = (performance.now() - start) / 1000
const cpu = process.cpuUsage(cpuBefore)
const cpuSeconds = (cpu.user + cpu.system) / 1e6
const length = articles.reduce((sum, text) => sum + text.length, 0) / articles.length
console.log(
  `${articles.length} articles of ${length.toFixed(0)} characters in ${seconds.toFixed(1)} s: ${(articles.length / seconds).toFixed(0)} a second, ${(articles.length / cpuSeconds).toFixed(0)} a second of one core`,
)

async function read(texts: readonly string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    await ingestDocument({ fileName: `${index}.txt`, bytes: Buffer.from(text) }, options)
  }
}

function article(seed: number): string {
  const head = `首页 | 新闻 | 公告 | 服务\n某市总工会工作简报第${seed}期\n发布时间：2024-03-0${(seed % 9) + 1} 09:30 来源：本站\n`
  const items = ['一', '二', '三', '四', '五'].map(
    (ordinal, index) => `${ordinal}是新建职工书屋${seed + index}个`,
  )
  const body = Array.from(
    { length: 22 },
    (_, index) =>
      `第${seed * 31 + index}次走访中，甘肃省平凉市总工会为${(seed + index) * 13}名户外劳动者送去清凉，投入资金${index + 1}.5万元，户外劳动者说这里歇脚方便。`,
  )
  return `${head}办好“五件实事”：${items.join('；')}。\n${body.join('\n')}\n版权所有 某市总工会`
}
