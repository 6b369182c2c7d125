/**
 * Load on the Feishu channel: 50 groups, 20 messages a second for 60 s over the real SDK and a real
 * store, acknowledged when the inbox row is committed. Prints the acknowledgement times, whether the
 * order in each chat was kept, and what memory did.
 *
 *     node test/bench/feishu-load.ts [seconds] [messages a second]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/clock.ts'
import { receiveMessage } from '../../src/conversation/process-inbox.ts'
import { openStore } from '../../src/storage/sql/open-store.ts'
import { createChannelAt } from '../support/feishu-harness.ts'
import { startFeishuPlatform } from '../support/feishu-platform.ts'

const SECONDS = Number(process.argv[2] ?? 60)
const PER_SECOND = Number(process.argv[3] ?? 20)
const GROUPS = 50

const dataDir = mkdtempSync(join(tmpdir(), 'feishu-load-'))
const store = await openStore({ dataDir })
const platform = await startFeishuPlatform()
const channel = createChannelAt(platform)
const orders = new Map<string, number[]>()
await channel.start(async (message) => {
  await receiveMessage(message, { store, clock: systemClock })
  const chat = message.conversation.conversationId
  const number = message.content.kind === 'text' ? Number(message.content.text.slice(1)) : -1
  orders.set(chat, [...(orders.get(chat) ?? []), number])
})

const megabytes = () => Math.round(process.memoryUsage().rss / 1024 / 1024)
const memory: number[] = []
const times: number[] = []
const pending: Promise<void>[] = []
let refused = 0
const total = SECONDS * PER_SECOND
for (let sent = 0; sent < total; sent += 1) {
  const group = `oc_${sent % GROUPS}`
  const saying = { from: `ou_${sent % 200}`, group, mention: true, text: `第${sent}` }
  pending.push(
    platform.say(saying).then(({ code, milliseconds }) => {
      if (code === 200) times.push(milliseconds)
      else refused += 1
    }),
  )
  if (sent % (PER_SECOND * 10) === 0) memory.push(megabytes())
  await new Promise((resolve) => setTimeout(resolve, 1000 / PER_SECOND))
}
await Promise.all(pending)
memory.push(megabytes())

times.sort((a, b) => a - b)
const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1)
const inOrder = [...orders.values()].every((seen) =>
  seen.every((number, index) => index === 0 || number > (seen[index - 1] ?? 0)),
)
console.log(`messages ${total}, acknowledged ${times.length}, refused ${refused}`)
console.log(`ack ms   p50 ${at(0.5)}  p99 ${at(0.99)}  max ${at(1)}`)
console.log(`order    ${inOrder ? 'kept in every chat' : 'BROKEN'}`)
console.log(`memory   ${memory.join(' → ')} MB`)

await channel.stop()
await platform.stop()
await store.close()
rmSync(dataDir, { recursive: true })
