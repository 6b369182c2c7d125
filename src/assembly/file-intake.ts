/** Documents that come in by chat: fetched from the platform, read, kept as drafts, published. */
import type { App } from '../app.ts'
import type { FileIntake } from '../conversation/take-file.ts'
import type { InboundMessage } from '../domain/message.ts'
import { BadInputError } from '../errors.ts'
import { discardDraft } from '../knowledge/discard-draft.ts'
import { accountName, roleOf } from './accounts.ts'
import type { FileChannel } from './file-channel.ts'
import { publishVersion } from './publish-version.ts'

const FETCH_WITHIN_MS = 60_000
const UNCONFIRMED = ['draft', 'proposed'] as const
/** More tasks than one document ever has. */
const MOST_TASKS = 1_000

/** Files of admins, in private chats, into the knowledge base. */
export function fileIntake(app: App, channels: ReadonlyMap<string, FileChannel>): FileIntake {
  return {
    isWelcome: async (message) =>
      message.conversation.kind === 'private' && (await roleOf(message, app)) === 'admin',
    add: async (message) => {
      const file = await fetchFile(message, channels)
      const reading = await app.read({ fileName: file.name, bytes: file.bytes })
      const options = { publish: false, original: file.bytes }
      return { reading, arrival: await app.add(reading, options, accountName(message)) }
    },
    publish: async (versionId, message) => {
      const context = app.change(accountName(message))
      const { published } = await publishVersion(versionId, context, app.today())
      const { documentId, metadata } = published
      const unconfirmed = await app.store.tasks.find({
        documentId,
        statuses: UNCONFIRMED,
        limit: MOST_TASKS,
      })
      return { documentId, title: metadata.title, unconfirmed: unconfirmed.length }
    },
    discard: async (versionId, message) => {
      const version = await discardDraft(versionId, app.change(accountName(message)))
      return { title: version.metadata.title, isInForce: version.status === 'in-force' }
    },
  }
}

async function fetchFile(message: InboundMessage, channels: ReadonlyMap<string, FileChannel>) {
  const { content, conversation } = message
  const channel = channels.get(conversation.channel)
  if (content.kind !== 'file' || channel?.readFile === undefined) {
    throw new BadInputError('no_files_here', '这个渠道不能收文件，请在管理页面上传。')
  }
  const signal = AbortSignal.timeout(FETCH_WITHIN_MS)
  const { bytes, name } = await channel.readFile(content.reference, signal)
  return { bytes, name: name ?? content.name }
}
