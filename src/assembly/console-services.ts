/** What the console asks of the app. Every change carries the account that made it. */
import type { App } from '../app.ts'
import type {
  ConsoleServices,
  KnowledgeService,
  PinnedService,
  UploadResult,
} from '../console/console-services.ts'
import type { HealthReport } from '../domain/health.ts'
import { fetchPage } from '../ingestion/fetch-page.ts'
import { confirmSupersession } from '../knowledge/confirm-supersession.ts'
import { removePinnedAnswer, savePinnedAnswer } from '../knowledge/edit-pinned-answers.ts'
import { openVersion } from '../knowledge/open-version.ts'
import { retireSamples } from '../knowledge/retire-samples.ts'
import { consoleBackup } from './console-backup.ts'
import { consoleChannels } from './console-channels.ts'
import { consoleDeliveries, consolePeople, consoleTasks } from './console-tasks.ts'
import { correctVersion } from './follow-readership.ts'
import { publishVersion, rollBackVersion, withdrawVersion } from './publish-version.ts'
import { reviewDraft } from './review-draft.ts'
import type { RunningChannel } from './start-messaging.ts'

export interface ConsoleExtras {
  health(): Promise<HealthReport>
  readonly channels: readonly RunningChannel[]
}

export function consoleServices(app: App, extras: ConsoleExtras): ConsoleServices {
  const { store, clock, logger, contact, gazetteer, config } = app
  return {
    accounts: store.console,
    changeAccounts: (work) => store.transaction(work),
    questions: store.questions,
    audit: store.audit,
    clock,
    logger,
    contact,
    timeZone: config.TIME_ZONE,
    health: () => extras.health(),
    resolvePlace: (description) => gazetteer.resolve(description),
    placeByCode: (code) => gazetteer.byCode(code),
    knowledge: knowledgeService(app),
    sandbox: {
      ask: (query, signal) => app.ask(query, signal),
      explain: (query) => app.explain(query),
    },
    tasks: consoleTasks(app),
    people: consolePeople(app),
    pinned: pinnedService(app),
    deliveries: consoleDeliveries(app),
    backup: consoleBackup(app),
    channels: consoleChannels(extras.channels),
  }
}

function pinnedService(app: App): PinnedService {
  return {
    list: () => app.store.pinned.list(),
    save: async (form, actor) => {
      await savePinnedAnswer(form, app.change(actor))
    },
    remove: async (id, actor) => {
      await removePinnedAnswer(id, app.change(actor))
    },
  }
}

function knowledgeService(app: App): KnowledgeService {
  const { knowledge } = app.store
  return {
    list: () => knowledge.list(),
    inForce: () => knowledge.inForce(),
    version: (versionId) => openVersion(versionId, knowledge),
    history: (documentId) => knowledge.history(documentId),
    original: (contentHash) => knowledge.original(contentHash),
    upload: async ({ name, bytes }, actor): Promise<UploadResult> => {
      const reading = await app.read({ fileName: name, bytes })
      const arrival = await app.add(reading, { publish: false, original: bytes }, actor)
      return { kind: arrival.kind, versionId: arrival.version.versionId }
    },
    uploadUrl: async (url, actor): Promise<UploadResult> => {
      const { bytes } = await fetchPage(url, { signal: new AbortController().signal })
      const reading = await app.read({ fileName: url, bytes, url })
      const arrival = await app.add(reading, { publish: false, original: bytes }, actor)
      return { kind: arrival.kind, versionId: arrival.version.versionId }
    },
    review: (versionId, viewer) => reviewDraft(versionId, viewer, app),
    publish: async (versionId, actor) => {
      await publishVersion(versionId, app.change(actor), app.today())
    },
    withdraw: async (documentId, actor) => {
      await withdrawVersion(documentId, app.change(actor), app.today())
    },
    rollback: async (documentId, actor) => {
      await rollBackVersion(documentId, app.change(actor), app.today())
    },
    supersede: async (olderVersionId, newerVersionId, actor) => {
      await confirmSupersession(olderVersionId, newerVersionId, app.change(actor))
    },
    setMetadata: async (versionId, metadata, actor) => {
      await correctVersion(versionId, metadata, app.change(actor), app.today())
    },
    removeSamples: async (actor) => (await retireSamples(app.change(actor))).length,
  }
}
