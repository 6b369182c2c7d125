/**
 * A file that an admin sends in a private chat: read, kept as a draft, shown, and put in force or given
 * up by a button. Safe to run twice for one message: the same bytes are known by their hash.
 */
import type { DocumentReading } from '../domain/document.ts'
import type { InboundMessage, OutboundMessage } from '../domain/message.ts'
import { BadInputError, BotError } from '../errors.ts'
import type { Arrival } from '../knowledge/publish-document.ts'
import { previewFile } from './preview-file.ts'
import { offerReview } from './review-tasks.ts'

export interface FileIntake {
  /** Whether this sender's files, here, are for the knowledge base. */
  readonly isWelcome: (message: InboundMessage) => Promise<boolean>
  /** Fetches the bytes from the platform, reads them and keeps a draft. @throws {BotError} */
  readonly add: (
    message: InboundMessage,
  ) => Promise<{ readonly reading: DocumentReading; readonly arrival: Arrival }>
  /** Puts a version in force. @throws {BotError} */
  readonly publish: (versionId: string, message: InboundMessage) => Promise<PublishedFile>
  /** Leaves a draft out for good; returns its title. @throws {BotError} */
  readonly discard: (
    versionId: string,
    message: InboundMessage,
  ) => Promise<{ readonly title: string; readonly isInForce: boolean }>
}

export interface PublishedFile {
  readonly documentId: string
  readonly title: string
  /** Tasks read in it that nobody has confirmed yet. */
  readonly unconfirmed: number
}

/** undefined when the file is not for intake. */
export async function takeFile(
  message: InboundMessage,
  intake: FileIntake,
): Promise<OutboundMessage | undefined> {
  if (!(await intake.isWelcome(message))) return undefined
  try {
    const { reading, arrival } = await intake.add(message)
    return previewFile(reading, arrival)
  } catch (error) {
    if (!(error instanceof BotError) || error.retryable) throw error
    return say(`没有读成：${error.message}`)
  }
}

/** The buttons of the preview; undefined for other actions and for people who may not press them. */
export async function settleFile(
  message: InboundMessage,
  intake: FileIntake,
): Promise<OutboundMessage | undefined> {
  const { content } = message
  if (content.kind !== 'action') return undefined
  const versionId = content.values['version']
  const isOurs = content.name === 'publish-document' || content.name === 'discard-draft'
  if (!isOurs || versionId === undefined) return undefined
  if (!(await intake.isWelcome(message))) return say('只有管理员可以发布文件。')
  try {
    return content.name === 'publish-document'
      ? published(await intake.publish(versionId, message))
      : discarded(await intake.discard(versionId, message))
  } catch (error) {
    if (error instanceof BadInputError) return say(error.message)
    throw error
  }
}

function published(file: PublishedFile): OutboundMessage {
  const said = say(`已发布《${file.title}》，现在就可以问了。`)
  const blocks = [...said.blocks, ...offerReview(file)]
  return { blocks, card: [{ kind: 'heading', text: `《${file.title}》` }, ...blocks] }
}

function discarded({
  title,
  isInForce,
}: {
  readonly title: string
  readonly isInForce: boolean
}): OutboundMessage {
  const text = isInForce
    ? `《${title}》已经发布在用，没有改动。要撤下请到管理页面。`
    : `已放弃《${title}》，不会用来回答。要用时把文件再发一次。`
  const said = say(text)
  return { ...said, card: said.blocks }
}

function say(text: string): OutboundMessage {
  return { blocks: [{ kind: 'paragraph', text }] }
}
