/** A wechaty message as plain data. */
import type { Message, Wechaty } from 'wechaty'
import type { WechatMessage } from './wechat-link.ts'

/**
 * wechaty's own numbers (puppet schema, message types). 0 is unknown: notices of the platform, and the
 * files of some sessions. Emoticons (5), red packets (12) and money (11) are nothing to answer.
 */
const KINDS: Readonly<Record<number, WechatMessage['kind']>> = {
  1: 'file',
  2: 'voice',
  3: 'card',
  4: 'card',
  6: 'image',
  7: 'text',
  8: 'card',
  9: 'card',
  14: 'card',
  15: 'video',
  16: 'card',
}
const UNKNOWN = 0
const ATTACHMENT = 1

/** Accounts of the platform that look like people to some sessions. */
const PLATFORM_ACCOUNTS: ReadonlySet<string> = new Set([
  'weixin',
  'filehelper',
  'fmessage',
  'floatbottle',
  'medianote',
  'newsapp',
  'notification_messages',
  'notifymessage',
  'qqmail',
  'qmessage',
])

/** A session that does not say what a message is gets this long to name its file, milliseconds. */
const NAME_WITHIN_MS = 5_000

export async function describeMessage(message: Message, bot: Wechaty): Promise<WechatMessage> {
  const talker = message.talker()
  const room = message.room()
  const alias = room && (await orNothing(room.alias(bot.currentUser)))
  const fileName = fileNameOf(message) ?? (await nameOfUnnamedFile(message))
  const isPerson = talker.type() !== bot.Contact.Type.Official && !PLATFORM_ACCOUNTS.has(talker.id)
  return {
    id: message.id,
    kind: kindOf(message, fileName),
    text: message.text(),
    isOwn: message.self(),
    talker: { id: talker.id, name: talker.name(), isPerson },
    ...(room && { room: { id: room.id, topic: (await orNothing(room.topic())) ?? '' } }),
    mentionsMe: room !== undefined && ((await orNothing(message.mentionSelf())) ?? false),
    ownNames: [bot.currentUser.name(), ...(alias ? [alias] : [])].filter((name) => name !== ''),
    ...(fileName !== undefined && { fileName }),
    sentAt: Temporal.Instant.fromEpochMilliseconds(message.date().getTime()).toString(),
  }
}

/** A detail that the session cannot give is no reason to lose the message. */
const orNothing = <T>(asked: Promise<T>) => asked.catch(() => undefined)

function kindOf(message: Message, fileName: string | undefined): WechatMessage['kind'] {
  if (message.type() !== UNKNOWN) return KINDS[message.type()] ?? 'other'
  return fileName === undefined ? 'notice' : 'file'
}

/** Some sessions give files no kind; their name is in the payload all the same. */
function fileNameOf(message: Message): string | undefined {
  const { payload } = message
  const name = payload !== undefined && 'filename' in payload ? payload.filename : undefined
  if (typeof name === 'string' && name !== '') return name
  return message.type() === ATTACHMENT ? message.text() || undefined : undefined
}

/** Others name neither kind nor file: a message of nothing at all, with a file behind it. */
async function nameOfUnnamedFile(message: Message): Promise<string | undefined> {
  const isMystery = message.type() === UNKNOWN && message.text() === '' && !message.self()
  if (!isMystery || message.room() !== undefined) return undefined
  const late = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => late.resolve(undefined), NAME_WITHIN_MS)
  const named = message.toFileBox().then(
    ({ name }) => name || '文件',
    () => undefined, // no file: a notice without words
  )
  const name = await Promise.race([named, late.promise])
  clearTimeout(timer)
  return name
}
