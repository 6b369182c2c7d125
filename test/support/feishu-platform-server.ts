/**
 * The fake open platform to play with by hand:
 *
 *     node test/support/feishu-platform-server.ts 41600
 *     FEISHU_APP_ID=… FEISHU_APP_SECRET=… FEISHU_DOMAIN=http://127.0.0.1:41600 npm start
 *
 * Then type: `你好` speaks in private, `@ 问题` in a group with a mention, `! 1 标签` presses the button
 * with that label on the message with that number, `drop` cuts the connection, `quit` ends.
 */
import { createInterface } from 'node:readline'
import { buttonOf, wordsOf } from './feishu-harness.ts'
import { startFeishuPlatform } from './feishu-platform.ts'

const platform = await startFeishuPlatform({ port: Number(process.argv[2] ?? 41_600) })
console.log(`开放平台(假)在 ${platform.url},这样接上机器人:
  FEISHU_APP_ID=${platform.appId} FEISHU_APP_SECRET=${platform.appSecret} FEISHU_DOMAIN=${platform.url} npm start`)

let printed = 0
let version = ''
const { shown } = platform.world
setInterval(() => {
  for (; printed < shown.length; printed += 1) {
    const message = shown[printed]
    if (message) console.log(`\n[${printed + 1}] ${message.chatId}\n${wordsOf(message)}\n`)
  }
  const now = shown.map(({ earlier }) => earlier.length).join()
  if (now !== version && shown.some(({ earlier }) => earlier.length > 0)) {
    for (const [at, message] of shown.entries()) {
      if (message.earlier.length > 0) console.log(`[${at + 1}] 现在是:\n${wordsOf(message)}\n`)
    }
  }
  version = now
}, 200)

const lines = createInterface({ input: process.stdin })
for await (const line of lines) {
  const press = /^!\s*(\d+)\s+(.+)$/.exec(line)
  const message = press ? shown[Number(press[1]) - 1] : undefined
  if (line === 'quit') break
  if (line === 'drop') platform.dropConnections()
  else if (press && message) {
    const value = buttonOf(message, press[2] ?? '')
    const { id, chatId } = message
    const answer = await platform.click({ from: 'ou_me', messageId: id, chatId, value })
    console.log(JSON.stringify(answer.data))
  } else if (line.startsWith('@')) {
    const text = line.slice(1).trim()
    console.log(await platform.say({ from: 'ou_me', group: 'oc_group', mention: true, text }))
  } else if (line.trim() !== '') console.log(await platform.say({ from: 'ou_me', text: line }))
}
await platform.stop()
process.exit(0)
