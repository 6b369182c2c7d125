/**
 * Load on the bot in Feishu: 50 groups, 20 questions a second for 60 s, over the real protocol, the bot
 * in a process of its own as `npm start` runs it. Prints the times of acknowledgement,
 * whether every question was answered once and in the order of its chat, and the process's memory and
 * processor time.
 *
 *     [DATABASE_URL=postgres://…] node test/bench/feishu-load.ts [seconds] [messages a second]
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startFeishuPlatform } from '../support/feishu-platform.ts'

const SECONDS = Number(process.argv[2] ?? 60)
const PER_SECOND = Number(process.argv[3] ?? 20)
const GROUPS = 50
const MAIN = resolve(import.meta.dirname, '../../src/main.ts')
const QUESTIONS = ['2014年要新建多少个职工书屋?', '八件实事是哪八件?', '谢谢', '产假多少天?']
/** After the last question, for what is still on its way. */
const PATIENCE_MS = 60_000
/** Clock ticks a second of /proc/…/stat (getconf CLK_TCK). */
const TICKS = 100

const dataDir = mkdtempSync(join(tmpdir(), 'feishu-load-'))
const platform = await startFeishuPlatform()
const bot = spawn(process.execPath, [MAIN], {
  env: {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: '0',
    FEISHU_APP_ID: platform.appId,
    FEISHU_APP_SECRET: platform.appSecret,
    FEISHU_DOMAIN: platform.url,
    FEISHU_MONTHLY_CALLS: '0',
  },
  stdio: 'ignore',
})
await until(() => platform.connections() > 0)

const run = String(process.pid)
const acks: number[] = []
const memory: number[] = []
const pending: Promise<void>[] = []
let refused = 0
const before = processorSeconds()
const begin = performance.now()
const total = SECONDS * PER_SECOND
for (let at = 0; at < total; at += 1) {
  const messageId = `om_${run}_${at}`
  const group = `oc_${at % GROUPS}`
  const text = QUESTIONS[at % QUESTIONS.length] ?? ''
  const saying = { from: `ou_${at % 200}`, group, mention: true, text, messageId }
  pending.push(
    platform.say(saying).then(({ code, milliseconds }) => {
      if (code === 200) acks.push(milliseconds)
      else refused += 1
    }),
  )
  if (at % (PER_SECOND * 10) === 0) memory.push(megabytes())
  const wait = begin + ((at + 1) * 1000) / PER_SECOND - performance.now()
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait)))
}
await Promise.all(pending)
const answered = () => new Set(platform.world.shown.map(({ parentId = '' }) => parentId))
await until(() => answered().size >= total)
memory.push(megabytes())
const cpu = processorSeconds() - before

const { world } = platform
const numberOf = (parentId = '') => Number(parentId.split('_').at(-1))
const byChat = Map.groupBy(world.shown, ({ chatId }) => chatId)
const inOrder = [...byChat.values()].every((shown) =>
  shown.every((one, at) => at === 0 || numberOf(one.parentId) > numberOf(shown[at - 1]?.parentId)),
)
console.log(`messages ${total}, acknowledged ${acks.length}, refused ${refused}`)
console.log(`ack ms   ${percentiles(acks)}`)
console.log(
  `answers  ${answered().size} of ${total}, ${world.shown.length - answered().size} twice`,
)
console.log(`order    ${inOrder ? 'kept in every chat' : 'BROKEN'}`)
console.log(`memory   ${memory.join(' → ')} MB`)
console.log(`cpu      ${cpu.toFixed(1)} s, ${((cpu / total) * 1000).toFixed(1)} ms a message`)

bot.kill('SIGTERM')
await new Promise((resolve) => bot.once('exit', resolve))
await platform.stop()
rmSync(dataDir, { recursive: true })

function percentiles(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1)
  return `p50 ${at(0.5)}  p99 ${at(0.99)}  max ${at(1)}`
}

function megabytes(): number {
  const status = readFileSync(`/proc/${bot.pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

/** User and system time of the bot's process. */
function processorSeconds(): number {
  const fields = readFileSync(`/proc/${bot.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / TICKS
}

async function until(isTrue: () => boolean): Promise<void> {
  const limit = performance.now() + PATIENCE_MS
  while (!isTrue() && performance.now() < limit) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
