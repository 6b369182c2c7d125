/** What the web pages ask of the app. */
import type { App } from './app.ts'
import type { WebServices } from './channels/web/web-services.ts'
import { retireSamples } from './knowledge/retire-samples.ts'

export function webServices(app: App): WebServices {
  const { gazetteer, store, knowledge } = app
  return {
    ask: ({ query, asOf }) => app.ask(asOf === undefined ? query : { ...query, askedOn: asOf }),
    resolvePlace: (description) => gazetteer.resolve(description),
    placeByCode: (code) => gazetteer.byCode(code),
    documentVersion: (versionId) => store.knowledge.version(versionId),
    listDocuments: () => store.knowledge.list(),
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
