import { afterEach, beforeEach, expect, it } from 'vitest'
import { documentVersion } from '../../test/support/fake-web-services.ts'
import { addDocument, type ChangeContext } from '../knowledge/publish-document.ts'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import { findTasks } from '../tasks/find-tasks.ts'
import { correctVersion } from './follow-readership.ts'
import { publishVersion, rollBackVersion } from './publish-version.ts'

const today = Temporal.PlainDate.from('2026-02-01')
const version = documentVersion()
const reading = { ...version, metadata: { ...version.metadata, sample: false } }
const quote = '新建职工书屋24个'
const start = reading.text.indexOf(quote)
const proposals = [{ title: quote, span: { start, end: start + quote.length }, quote }]

let store: Store
let context: ChangeContext
beforeEach(async () => {
  store = await openStore({})
  context = { store, actor: 'web:a', at: Temporal.Instant.from('2026-02-01T02:00:00Z') }
})
afterEach(() => store.close())

async function publish(contentHash: string, versionOf?: string) {
  const options = { publish: false, ...(versionOf !== undefined && { versionOf }) }
  const { version } = await addDocument({ ...reading, proposals, contentHash }, options, context)
  await publishVersion(version.versionId, context, today)
  return version
}
const seenBy = (role: 'worker' | 'cadre') =>
  findTasks('书屋', store.tasks, { statuses: ['draft'], role })

it('hides the tasks of a document that is restricted later, and shows them again', async () => {
  const { versionId, metadata } = await publish('one')
  expect(await seenBy('worker')).toHaveLength(1)
  await correctVersion(versionId, { ...metadata, readableBy: 'cadres' }, context, today)

  expect(await seenBy('worker')).toEqual([])
  expect(await seenBy('cadre')).toHaveLength(1)
  await correctVersion(versionId, metadata, context, today)
  expect(await seenBy('worker')).toHaveLength(1)
})

it('leaves the tasks as they are while only a draft is restricted', async () => {
  const { documentId, metadata } = await publish('one')
  const options = { publish: false, versionOf: documentId }
  const draft = await addDocument({ ...reading, contentHash: 'two' }, options, context)
  const restricted = { ...metadata, readableBy: 'cadres' } as const
  await correctVersion(draft.version.versionId, restricted, context, today)

  expect(await seenBy('worker')).toHaveLength(1)
})

it('follows the version that is brought back', async () => {
  const first = await publish('one')
  const second = await publish('two', first.documentId)
  const restricted = { ...second.metadata, readableBy: 'cadres' } as const
  await correctVersion(second.versionId, restricted, context, today)
  await rollBackVersion(first.documentId, context, today)

  expect(await seenBy('worker')).toHaveLength(1)
})
