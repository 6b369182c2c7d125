/** What conversations need of the app: who is asking, where answers are kept, whom to call. */
import type { App } from '../app.ts'
import type { ConversationTools, GivenAnswer } from '../conversation/handle-message.ts'
import { createDialogueMemory } from '../conversation/recall-dialogue.ts'
import { type FileIntake, takeFile } from '../conversation/take-file.ts'
import type { InboundMessage, OutboundMessage } from '../domain/message.ts'
import type { Role } from '../domain/person.ts'
import { openVersion } from '../knowledge/open-version.ts'
import { accountOf, roleOf } from './accounts.ts'
import { callHuman } from './call-human.ts'
import type { FileChannel } from './file-channel.ts'
import { privateDelivery } from './private-delivery.ts'
import { outcomeOf } from './question-log.ts'
import type { Rewordings } from './reword-answers.ts'
import { takeBackAnswer } from './take-back-answer.ts'

/** Longer than one send. */
const TAKEN_BACK_WITHIN_MS = 30_000

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
    version: (versionId) => openVersion(versionId, app.store.knowledge),
    takeFile: (message) => takeFile(message, intake),
    takeBack: async (question) => {
      if (!channels.get(question.conversation.channel)?.capabilities.edits) return
      const signal = AbortSignal.timeout(TAKEN_BACK_WITHIN_MS)
      await takeBackAnswer(question, { store: app.store, clock: app.clock, signal })
    },
    recordAnswer: (given) => app.store.questions.record(questionRecord(given, app)),
    recordVote: async ({ answerId, ...vote }) => {
      await app.store.questions.vote(answerId, vote)
    },
    callHuman: (message, question) => callHuman(message, question, app, channels),
    sendPrivately: (message, reply) => sendPrivately(message, reply, app, channels),
  }
}

/** In a group, everybody reads the answer: the least privileged member counts. */
async function audienceOf(message: InboundMessage, app: App) {
  const person = await app.store.people.byAccount(accountOf(message))
  const role: Role = message.conversation.kind === 'group' ? 'worker' : await roleOf(message, app)
  const place = person?.jurisdictionCode
  return { role, ...(place !== undefined && { jurisdictionCode: place }) }
}

function questionRecord({ message, question, audience, answer }: GivenAnswer, app: App) {
  return {
    id: message.id,
    askedAt: app.clock.now(),
    channel: message.conversation.channel,
    question,
    role: audience.role,
    ...(audience.jurisdictionCode && { jurisdictionCode: audience.jurisdictionCode }),
    ...outcomeOf(answer),
    latencyMs: 0,
  }
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
