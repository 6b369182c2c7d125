/**
 * A message in, a message out: questions are answered, files go to intake, buttons act. Commands of
 * the ledger were handled before (process-inbox).
 *
 * Pure but for its tools; safe to run twice for one message: votes and records carry its id.
 */
import { wantsHuman } from '../answering/social-phrases.ts'
import { type Answer, isAnswered, isGap } from '../domain/answer.ts'
import type { Contact } from '../domain/contact.ts'
import type { InboundMessage, OutboundMessage } from '../domain/message.ts'
import type { Audience } from '../domain/person.ts'
import type { Query } from '../domain/query.ts'
import { handOver, MISSES_BEFORE_OFFER } from './hand-over.ts'
import { offerAgain, offerChoices } from './offer-choices.ts'
import { maskPersonalNumbers, tellsOwnHardship } from './protect-privacy.ts'
import { READ_SOURCE, readSource, type SourceTools } from './read-source.ts'
import type { DialogueMemory } from './recall-dialogue.ts'
import { type RenderOptions, renderAnswer } from './render-answer.ts'
import { takeVote, type Vote } from './take-vote.ts'
import { welcome } from './welcome.ts'

/** An answer that was given: for the log, the gaps to fill, the votes. */
export interface GivenAnswer {
  readonly message: InboundMessage
  /** With personal numbers masked. */
  readonly question: string
  readonly audience: Audience
  readonly answer: Answer
}

export interface AskedLater {
  readonly message: InboundMessage
  readonly show: (answer: Answer) => OutboundMessage
}

export interface ConversationTools {
  /** Role and place of the sender; in a group those of its least privileged member. */
  readonly audienceOf: (message: InboundMessage) => Promise<Audience>
  /** `later` is who asked, where a better wording may replace the answer once it is there. */
  readonly ask: (query: Query, later?: AskedLater) => Promise<Answer>
  readonly dialogue: DialogueMemory
  readonly today: () => Temporal.PlainDate
  readonly contact: Contact
  readonly examples: readonly string[]
  readonly render?: RenderOptions
  /** Whether this message's channel has no buttons: then the original text is offered by number. */
  readonly wordsOnly?: (message: InboundMessage) => boolean
  readonly version?: SourceTools['version']
  /** Takes an admin's file in; undefined when this sender's files are not for intake. */
  readonly takeFile: (message: InboundMessage) => Promise<OutboundMessage | undefined>
  /** Takes back the answer to a question that was recalled, where that is possible. */
  readonly takeBack?: (question: Pick<InboundMessage, 'id' | 'conversation'>) => Promise<void>
  readonly recordAnswer: (given: GivenAnswer) => Promise<void>
  readonly recordVote: (vote: Vote) => Promise<void>
  /** Tells the union's people that somebody wants a human; false when there is nobody to tell. */
  readonly callHuman: (message: InboundMessage, question: string | undefined) => Promise<boolean>
  /** Sends to the sender alone; false where the channel cannot. */
  readonly sendPrivately: (message: InboundMessage, reply: OutboundMessage) => Promise<boolean>
}

export async function handleMessage(
  message: InboundMessage,
  tools: ConversationTools,
): Promise<OutboundMessage | undefined> {
  const { content } = message
  switch (content.kind) {
    case 'text':
      return handleText(message, content.text, tools)
    case 'action':
      return handleAction(message, content.name, content.values, tools)
    case 'file':
      return (
        (await tools.takeFile(message)) ??
        say('文件我收到了，但只有管理员发来的文件会进资料库。有问题请直接打字问我。')
      )
    case 'joined':
      return welcome(tools.examples, message.conversation.kind)
    case 'unsupported':
      return say('暂时只能读文字和文件，请打字告诉我。')
    case 'recalled': {
      await tools.takeBack?.({ id: content.messageId, conversation: message.conversation })
      return undefined
    }
  }
}

async function handleText(
  message: InboundMessage,
  text: string,
  tools: ConversationTools,
): Promise<OutboundMessage> {
  if (wantsHuman(text)) return callHuman(message, tools)
  if (message.conversation.kind === 'group' && tellsOwnHardship(text)) {
    const { misses } = await tools.dialogue.recall(message)
    const answer = await answerTo(message, text, tools)
    const sent = await tools.sendPrivately(message, showAnswer(answer, message, misses, tools))
    return say(
      sent
        ? '已私信您。个人情况请不要在群里说。'
        : '个人情况请不要在群里说，请私聊我，我单独答复您。',
    )
  }
  return answerText(message, text, tools)
}

async function answerText(
  message: InboundMessage,
  text: string,
  tools: ConversationTools,
): Promise<OutboundMessage> {
  const { misses } = await tools.dialogue.recall(message)
  const show = (answer: Answer) => showAnswer(answer, message, misses, tools)
  return show(await answerTo(message, text, tools, { message, show }))
}

async function answerTo(
  message: InboundMessage,
  text: string,
  tools: ConversationTools,
  later?: AskedLater,
): Promise<Answer> {
  const audience = await tools.audienceOf(message)
  const { questions } = await tools.dialogue.recall(message)
  const query = { question: text, history: questions, askedOn: tools.today(), ...audience }
  const answer = await tools.ask(query, later)
  const question = maskPersonalNumbers(text)
  if (answer.kind !== 'refused') {
    await tools.dialogue.remember(message, question, isAnswered(answer))
  }
  await tools.recordAnswer({ message, question, audience, answer })
  return answer
}

function showAnswer(
  answer: Answer,
  message: InboundMessage,
  misses: number,
  tools: ConversationTools,
): OutboundMessage {
  const rendered = renderAnswer(answer, { ...tools.render, choicesBelow: true })
  const missed = isGap(answer) && misses + 1 >= MISSES_BEFORE_OFFER
  const choices = { missed, wordsOnly: tools.wordsOnly?.(message) ?? false }
  return { ...rendered, blocks: [...rendered.blocks, ...offerChoices(message.id, answer, choices)] }
}

async function handleAction(
  message: InboundMessage,
  name: string,
  values: Readonly<Record<string, string>>,
  tools: ConversationTools,
): Promise<OutboundMessage | undefined> {
  if (name === 'vote') return takeVote(values, tools.recordVote)
  if (name === 'hand-over') return callHuman(message, tools)
  if (name === READ_SOURCE) return showSource(message, values, tools)
  if (name === 'ask' && values['question'] !== undefined)
    return handleText(message, values['question'], tools)
  return undefined
}

async function showSource(
  message: InboundMessage,
  values: Readonly<Record<string, string>>,
  tools: ConversationTools,
): Promise<OutboundMessage | undefined> {
  const { version } = tools
  if (version === undefined) return undefined
  const { role } = await tools.audienceOf(message)
  const original = await readSource(values, { role, version })
  return { blocks: [...original.blocks, offerAgain(values)] }
}

async function callHuman(
  message: InboundMessage,
  tools: ConversationTools,
): Promise<OutboundMessage> {
  const { questions } = await tools.dialogue.recall(message)
  return handOver(tools.contact, await tools.callHuman(message, questions.at(-1)))
}

function say(text: string): OutboundMessage {
  return { blocks: [{ kind: 'paragraph', text }] }
}
