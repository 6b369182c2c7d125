/** What the web pages ask of the app. */
import type { App } from './app.ts'
import type { WebServices } from './channels/web/web-services.ts'
import { retireSamples } from './knowledge/retire-samples.ts'
import type { QuestionLog } from './question-log.ts'

export function webServices(app: App, log: QuestionLog): WebServices {
  const { gazetteer, store, knowledge } = app
  return {
    ask: async ({ id, from, query, asOf }) => {
      const asked = asOf === undefined ? query : { ...query, askedOn: asOf }
      const reply = await app.ask(asked)
      // A program may send one id twice: its rows keep ids of their own.
      const key = from === 'chat' ? id : crypto.randomUUID()
      log.note({ id: key, channel: from === 'chat' ? 'web' : 'api', query: asked, ...reply })
      return reply
    },
    recordFeedback: ({ answerId, helpful, reason }) =>
      log.vote(answerId, { helpful, ...(reason && { reason }) }),
    resolvePlace: (description) => gazetteer.resolve(description),
    placeByCode: (code) => gazetteer.byCode(code),
    documentVersion: (versionId) => store.knowledge.version(versionId),
    listDocuments: () => store.knowledge.inForce(),
    removeSamples: async () => (await retireSamples(app.change('web'))).length,
    health: async () => ({
      ready: knowledge.revision > 0 || [...knowledge.index.documents()].length === 0,
      checks: [{ name: 'knowledge', status: 'ok', detail: `${knowledge.index.passageCount} 段` }],
    }),
    today: () => app.today(),
    contact: app.contact,
    get exampleQuestions() {
      return app.exampleQuestions
    },
    logger: app.logger,
  }
}
