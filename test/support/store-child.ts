/**
 * A second process on a store, for tests of what processes see of one another.
 *
 *     node store-child.ts '{"dataDir": …}' add TEXT        stores and publishes a document, then ends
 *     node store-child.ts '{"dataDir": …}' hang TEXT       does so inside a transaction that never ends
 *     node store-child.ts '{"dataDir": …}' many PREFIX N   N documents, one transaction each
 */
import { createHash } from 'node:crypto'
import { openStore } from '../../src/storage/sql/open-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { documentReading } from './document-reading.ts'

const [options = '{}', command, text = '', count = '1'] = process.argv.slice(2)
const createdAt = Temporal.Instant.from('2025-03-02T08:00:00Z')
const store = await openStore(JSON.parse(options))

async function add(into: Store, content: string) {
  const contentHash = createHash('sha256').update(content).digest('hex')
  const reading = documentReading({ text: content, contentHash })
  const { versionId } = await into.knowledge.addDraft(reading, { createdAt })
  await into.knowledge.setStatus(versionId, 'in-force')
}

if (command === 'hang') {
  await store.transaction(async (inner) => {
    await add(inner, text)
    console.log('written')
    setInterval(() => {}, 1000)
    await new Promise(() => {})
  })
}
for (let n = 0; n < Number(count); n++) await add(store, command === 'many' ? `${text}${n}` : text)
await store.close()
console.log('done')
