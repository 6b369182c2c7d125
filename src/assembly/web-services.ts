/** What the web pages ask of the app. */
import type { App } from '../app.ts'
import type { WebServices } from '../channels/web/web-services.ts'
import type { HealthReport } from '../domain/health.ts'
import { openVersion } from '../knowledge/open-version.ts'
import { retireSamples } from '../knowledge/retire-samples.ts'
import type { QuestionLog } from './question-log.ts'

export interface WebExtras {
  readonly log: QuestionLog
  health(): Promise<HealthReport>
  readonly metrics: NonNullable<WebServices['metrics']>
  feishuWebhook?(request: Request): Promise<Response>
  /** The pages below /console. */
  console: NonNullable<WebServices['console']>
}

export function webServices(app: App, extras: WebExtras): WebServices {
  const { log, feishuWebhook } = extras
  const { gazetteer, store } = app
  return {
    ask: async ({ id, from, query, asOf }, signal) => {
      const asked = asOf === undefined ? query : { ...query, askedOn: asOf }
      const reply = await app.ask(asked, signal)
      // A program may send one id twice: its rows keep ids of their own.
      const key = from === 'chat' ? id : crypto.randomUUID()
      log.note({ id: key, channel: from === 'chat' ? 'web' : 'api', query: asked, ...reply })
      return reply
    },
    recordFeedback: ({ answerId, helpful, reason }) =>
      log.vote(answerId, { helpful, ...(reason && { reason }) }),
    resolvePlace: (description) => gazetteer.resolve(description),
    placeByCode: (code) => gazetteer.byCode(code),
    documentVersion: (versionId) => openVersion(versionId, store.knowledge),
    listDocuments: () => store.knowledge.inForce(),
    removeSamples: async () => (await retireSamples(app.change('web'))).length,
    health: () => extras.health(),
    metrics: extras.metrics,
    console: extras.console,
    ...(feishuWebhook && { feishuWebhook }),
    today: () => app.today(),
    contact: app.contact,
    get exampleQuestions() {
      return app.exampleQuestions
    },
    logger: app.logger,
  }
}
