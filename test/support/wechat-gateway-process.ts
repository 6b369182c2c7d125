/**
 * Entry of a WeChat gateway that is a process of its own, so that a test can kill it. Told what to do
 * by its parent; tells what the accounts behind it were shown. See fork-gateway.ts.
 */
import { FileBox } from 'file-box'
import type { GatewayCommand, GatewayNotice } from './fork-gateway.ts'
import { startGateway } from './wechat-gateway.ts'

interface Seen {
  text(): string
  talker(): { readonly id: string }
}

/** What the mock's rooms and people can do and their types do not say. */
interface Listening {
  on(event: 'message', listener: (message: Seen) => void): void
}

const tell = (notice: GatewayNotice) => process.send?.(notice)
const port = Number(process.argv[2]) || undefined
const { endpoint, mocker, login, logout } = await startGateway(port)

const people = new Map(
  ['zhang', 'li', 'boss'].map((id) => [id, mocker.createContact({ id, name: id })]),
)
const room = mocker.createRoom({
  id: 'union@chatroom',
  topic: '工会群',
  memberIdList: ['bot', ...people.keys()],
})
for (const [id, place] of [...people, ['union@chatroom', room]] as const) {
  const listening = place as unknown as Listening
  listening.on('message', (message) => {
    if (message.talker().id === 'bot') tell({ kind: 'shown', to: id, text: message.text() })
  })
}

function obey(command: GatewayCommand): void {
  if (command.kind === 'login') login()
  if (command.kind === 'logout') logout()
  if (command.kind === 'scan') mocker.scan(command.qr)
  if (command.kind !== 'say') return
  const bot = mocker.ContactMock.load('bot')
  const said = command.file
    ? FileBox.fromBase64(command.file.base64, command.file.name)
    : command.text
  const saying = people.get(command.from)?.say(said as string, command.mentionsBot ? [bot] : [])
  saying?.to(command.inRoom ? room : bot)
}

process.on('message', obey)
process.on('disconnect', () => process.exit(0))
tell({ kind: 'ready', endpoint })
