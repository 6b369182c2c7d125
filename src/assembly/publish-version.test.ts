import { afterEach, beforeEach, expect, it } from 'vitest'
import { documentVersion } from '../../test/support/fake-web-services.ts'
import { addDocument, type ChangeContext } from '../knowledge/publish-document.ts'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import { recordChange } from '../tasks/record-change.ts'
import { publishVersion, rollBackVersion, withdrawVersion } from './publish-version.ts'

const today = Temporal.PlainDate.from('2026-02-01')
const reading = documentVersion()
const metadata = { ...reading.metadata, sample: false }

let store: Store
let context: ChangeContext
beforeEach(async () => {
  store = await openStore({})
  context = { store, actor: 'web:a', at: Temporal.Instant.from('2026-02-01T02:00:00Z') }
})
afterEach(() => store.close())

/** A version that promises so many bookrooms. */
async function publish(count: number, versionOf?: string) {
  const quote = `新建职工书屋${count}个`
  const proposals = [{ title: quote, span: { start: 0, end: 5 }, quote }]
  const options = { publish: false, ...(versionOf !== undefined && { versionOf }) }
  const read = { ...reading, metadata, proposals, contentHash: `hash-${count}` }
  const { version } = await addDocument(read, options, context)
  await publishVersion(version.versionId, context, today)
  return version.documentId
}
const waiting = async () =>
  (await store.tasks.find({ statuses: ['draft', 'proposed'], limit: 9 })).map(({ title }) => title)

it('puts the tasks of the version that is brought back up again, and drops those of the other', async () => {
  const documentId = await publish(24)
  await publish(30, documentId)
  expect(await waiting()).toEqual(['新建职工书屋30个'])
  await rollBackVersion(documentId, context, today)

  expect(await waiting()).toEqual(['新建职工书屋24个'])
})

it('drops what nobody has confirmed with a document that is withdrawn, and brings it back with it', async () => {
  const documentId = await publish(24)
  await withdrawVersion(documentId, context, today)
  expect(await waiting()).toEqual([])
  const [version] = await store.knowledge.history(documentId)
  await publishVersion(version?.versionId ?? '', context, today)

  expect(await waiting()).toEqual(['新建职工书屋24个'])
})

it('brings nothing back that somebody closed', async () => {
  const documentId = await publish(24)
  const [task] = await store.tasks.find({ statuses: ['draft'], limit: 1 })
  const actor = { kind: 'person', personId: 'li', name: '李' } as const
  const ledger = { store, onScheduleChanged: async () => {} }
  const change = { kind: 'superseded', byTaskId: 'other' } as const
  await recordChange(task?.id ?? '', change, { ...context, actor, today, basis: '' }, ledger)
  await publish(30, documentId)
  await rollBackVersion(documentId, context, today)

  expect(await waiting()).toEqual([])
})
