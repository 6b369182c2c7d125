/**
 * A file that an admin sends in a private chat: read, kept as a draft, shown, and put in force or left
 * a draft by a button. Safe to run twice for one message: the same bytes are known by their hash.
 */
import type { DocumentDate, DocumentReading } from '../domain/document.ts'
import type { Block, InboundMessage, OutboundMessage } from '../domain/message.ts'
import { BotError } from '../errors.ts'
import type { Arrival } from '../knowledge/publish-document.ts'

export interface FileIntake {
  /** Whether this sender's files, here, are for the knowledge base. */
  readonly isWelcome: (message: InboundMessage) => Promise<boolean>
  /** Fetches the bytes from the platform, reads them and keeps a draft. @throws {BotError} */
  readonly add: (
    message: InboundMessage,
  ) => Promise<{ readonly reading: DocumentReading; readonly arrival: Arrival }>
  /** Puts a version in force; returns its title. @throws {BotError} */
  readonly publish: (versionId: string, message: InboundMessage) => Promise<string>
}

/** undefined when the file is not for intake. */
export async function takeFile(
  message: InboundMessage,
  intake: FileIntake,
): Promise<OutboundMessage | undefined> {
  if (!(await intake.isWelcome(message))) return undefined
  try {
    const { reading, arrival } = await intake.add(message)
    return preview(reading, arrival)
  } catch (error) {
    if (!(error instanceof BotError) || error.retryable) throw error
    return say(`没有读成:${error.message}`)
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
  const isOurs = content.name === 'publish-document' || content.name === 'keep-draft'
  if (!isOurs || versionId === undefined) return undefined
  if (!(await intake.isWelcome(message))) return say('只有管理员可以发布文件。')
  if (content.name === 'keep-draft') return say('好的,先留作草稿,不会用来回答。')
  return say(`已发布《${await intake.publish(versionId, message)}》,现在就可以问了。`)
}

/** Warnings and items shown on a phone. */
const MOST_SHOWN = 5

function preview(reading: DocumentReading, arrival: Arrival): OutboundMessage {
  const { metadata, lists, facts, proposals, warnings } = reading
  const { versionId, status } = arrival.version
  const counts = `${reading.passages.length} 段、${lists.length} 个清单、${facts.length} 个数字、${proposals.length} 项任务`
  const rows = [
    { label: '发文机关', value: metadata.issuer ?? '没读到' },
    { label: '日期', value: metadata.issuedOn ? writeDate(metadata.issuedOn) : '没读到' },
    { label: '读出', value: counts },
  ]
  const blocks: Block[] = [
    { kind: 'heading', text: `《${metadata.title}》` },
    { kind: 'paragraph', text: standing(arrival) },
    { kind: 'rows', rows },
    ...warnings
      .slice(0, MOST_SHOWN)
      .map(({ message }): Block => ({ kind: 'notice', tone: 'warning', text: message })),
  ]
  if (status !== 'draft') return { blocks }
  const values = { version: versionId }
  const actions: Block = {
    kind: 'actions',
    actions: [
      { label: '发布', name: 'publish-document', values, style: 'primary' },
      { label: '先留着', name: 'keep-draft', values },
    ],
  }
  return { blocks: [...blocks, actions] }
}

function standing({ kind, version }: Arrival): string {
  if (kind === 'known') return '这份文件已经有了,没有改动。'
  if (kind === 'new-version') return `这是已有文件的第 ${version.version} 版,存为草稿。`
  return '读好了,存为草稿。看一眼再发布。'
}

function writeDate({ on, precision, inferredFrom }: DocumentDate): string {
  const shown = { day: 10, month: 7, year: 4 }[precision]
  return `${on.toString().slice(0, shown)}${inferredFrom === undefined ? '' : '(年份是推定的)'}`
}

function say(text: string): OutboundMessage {
  return { blocks: [{ kind: 'paragraph', text }] }
}
