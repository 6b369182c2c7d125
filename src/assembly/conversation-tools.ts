/** What conversations need of the app: who is asking, where answers are kept, whom to call. */
import { createHash } from 'node:crypto'
import type { App } from '../app.ts'
import type { Channel } from '../channels/channel.ts'
import type { ConversationTools, GivenAnswer } from '../conversation/handle-message.ts'
import { createDialogueMemory } from '../conversation/recall-dialogue.ts'
import { type FileIntake, takeFile } from '../conversation/take-file.ts'
import type { Answer } from '../domain/answer.ts'
import type { ConversationRef, InboundMessage, OutboundMessage } from '../domain/message.ts'
import type { AccountRef, Role } from '../domain/person.ts'
import { BadInputError } from '../errors.ts'
import { discardDraft } from '../knowledge/discard-draft.ts'
import type { Delivery } from '../storage/outbox-store.ts'
import { publishVersion } from './publish-version.ts'
import type { Rewordings } from './reword-answers.ts'

/** A channel that can also fetch what people send. */
export interface FileChannel extends Channel {
  readFile?(
    reference: string,
    signal: AbortSignal,
  ): Promise<{ readonly bytes: Uint8Array; readonly name?: string }>
  /** What an account is called, as far as the platform tells. */
  nameOf?(accountId: string, signal: AbortSignal): Promise<string | undefined>
}

const FETCH_WITHIN_MS = 60_000
/** A name is a courtesy: nobody waits longer for it. */
const NAME_WITHIN_MS = 2_000
const UNCONFIRMED = ['draft', 'proposed'] as const
/** More tasks than one document ever has. */
const MOST_TASKS = 1_000

export function conversationTools(
  app: App,
  channels: ReadonlyMap<string, FileChannel>,
  { intake, rewordings }: { readonly intake: FileIntake; readonly rewordings: Rewordings },
): ConversationTools {
  const dialogue = createDialogueMemory(app.cache.keyv('dialogue'))
  return {
    audienceOf: (message) => audienceOf(message, app),
    ask: async (query, later) => {
      const edits = channels.get(later?.message.conversation.channel ?? '')?.capabilities.edits
      if (later === undefined || !edits) return (await app.ask(query)).answer
      const { answer, reword } = await app.quote(query)
      if (reword) rewordings.start(later, reword)
      return answer
    },
    dialogue,
    today: () => app.today(),
    contact: app.contact,
    get examples() {
      return app.exampleQuestions
    },
    wordsOnly: ({ conversation }) =>
      channels.get(conversation.channel)?.capabilities.wordsOnly ?? false,
    version: (versionId) => app.store.knowledge.version(versionId),
    takeFile: (message) => takeFile(message, intake),
    recordAnswer: (given) => app.store.questions.record(questionRecord(given, app)),
    recordVote: async ({ answerId, ...vote }) => {
      await app.store.questions.vote(answerId, vote)
    },
    callHuman: (message, question) => callHuman(message, question, app, channels),
    sendPrivately: (message, reply) => sendPrivately(message, reply, app, channels),
  }
}

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
    throw new BadInputError('no_files_here', '这个渠道不能收文件,请在管理页面上传。')
  }
  const signal = AbortSignal.timeout(FETCH_WITHIN_MS)
  const { bytes, name } = await channel.readFile(content.reference, signal)
  return { bytes, name: name ?? content.name }
}

/** In a group, everybody reads the answer: the least privileged member counts. */
async function audienceOf(message: InboundMessage, app: App) {
  const person = await app.store.people.byAccount(accountOf(message))
  const role: Role = message.conversation.kind === 'group' ? 'worker' : await roleOf(message, app)
  const place = person?.jurisdictionCode
  return { role, ...(place !== undefined && { jurisdictionCode: place }) }
}

async function roleOf(message: InboundMessage, app: App): Promise<Role> {
  if (app.config.ADMINS.includes(accountName(message))) return 'admin'
  return (await app.store.people.byAccount(accountOf(message)))?.role ?? 'worker'
}

function questionRecord({ message, question, audience, answer }: GivenAnswer, app: App) {
  return {
    id: message.id,
    askedAt: app.clock.now(),
    channel: message.conversation.channel,
    question,
    role: audience.role,
    ...(audience.jurisdictionCode && { jurisdictionCode: audience.jurisdictionCode }),
    kind: answer.kind,
    ...(answer.kind === 'refused' && { reason: answer.reason }),
    documentIds: documentsOf(answer),
    latencyMs: 0,
  }
}

export function documentsOf(answer: Answer): string[] {
  if (answer.kind === 'refused') return []
  const citations = answer.kind === 'grounded' ? answer.citations : answer.nearest
  return [...new Set(citations.map(({ documentId }) => documentId))]
}

/** Tells every admin that can be reached; false when there is none. */
async function callHuman(
  message: InboundMessage,
  question: string | undefined,
  app: App,
  channels: ReadonlyMap<string, FileChannel>,
): Promise<boolean> {
  const admins = await adminAccounts(app)
  const reachable = admins.filter(({ channel }) => channels.get(channel)?.capabilities.initiates)
  const from = await nameOf(message, app, channels)
  const asked = question === undefined ? '。' : `，刚才问的是：${question}`
  const blocks = [{ kind: 'paragraph', text: `${from}想找人工${asked}` }] as const
  const { channel: here } = message.conversation
  await app.store.outbox.enqueue(
    reachable.map((account) => {
      // On the same platform the admin can open a chat with them from the mention.
      const mention = account.channel === here ? { mention: message.sender.accountId } : {}
      const about = ['call', message.id, account.channel, account.accountId]
      return privateDelivery(about, account, { blocks, ...mention }, app)
    }),
  )
  return reachable.length > 0
}

async function nameOf(
  message: InboundMessage,
  app: App,
  channels: ReadonlyMap<string, FileChannel>,
): Promise<string> {
  const { displayName, accountId } = message.sender
  const known = displayName ?? (await app.store.people.byAccount(accountOf(message)))?.name
  if (known !== undefined) return known
  const channel = channels.get(message.conversation.channel)
  const signal = AbortSignal.timeout(NAME_WITHIN_MS)
  const asked = await channel?.nameOf?.(accountId, signal).catch(() => undefined)
  return asked || '一位职工'
}

/** Every account under which an admin can be reached, configured or known. */
export async function adminAccounts(app: App): Promise<readonly AccountRef[]> {
  const people = await app.store.people.find({ role: 'admin' })
  const configured = app.config.ADMINS.map((name) => {
    const [channel = '', ...rest] = name.split(':')
    return { channel, accountId: rest.join(':') }
  })
  const all = [...configured, ...people.flatMap(({ accounts }) => accounts)]
  return [...new Map(all.map((account) => [JSON.stringify(account), account])).values()]
}

async function sendPrivately(
  message: InboundMessage,
  reply: OutboundMessage,
  app: App,
  channels: ReadonlyMap<string, FileChannel>,
): Promise<boolean> {
  if (!channels.get(message.conversation.channel)?.capabilities.initiates) return false
  const { blocks } = reply
  await app.store.outbox.enqueue([
    privateDelivery(['private', message.id], accountOf(message), { blocks }, app),
  ])
  return true
}

const accountOf = ({ conversation, sender }: InboundMessage): AccountRef => ({
  channel: conversation.channel,
  accountId: sender.accountId,
})

const accountName = (message: InboundMessage): string => {
  const { channel, accountId } = accountOf(message)
  return `${channel}:${accountId}`
}

/** @param about what the delivery is about: the same about, the same id, sent once. */
export function privateDelivery(
  about: readonly string[],
  account: AccountRef,
  message: OutboundMessage,
  app: App,
): Delivery {
  const id = createHash('sha256').update(JSON.stringify(about)).digest('base64url').slice(0, 40)
  return {
    id,
    to: privateChat(account),
    content: { kind: 'message', message },
    notBefore: app.clock.now(),
    fallbacks: [],
  }
}

const privateChat = ({ channel, accountId }: AccountRef): ConversationRef => ({
  channel,
  conversationId: accountId,
  kind: 'private',
})
