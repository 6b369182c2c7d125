/** Documents into the store: what an admin brings, and the samples of a first start. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from '../app.ts'
import type { DocumentReading } from '../domain/document.ts'
import {
  type Arrival,
  type ArrivalOptions,
  addDocument,
  type ChangeContext,
} from '../knowledge/publish-document.ts'
import { afterPublication } from './publish-version.ts'

/** Stores a reading; what publication brings with it happens in the same transaction. */
export function takeIn(
  reading: DocumentReading,
  options: ArrivalOptions,
  { context, today }: { readonly context: ChangeContext; readonly today: Temporal.PlainDate },
): Promise<Arrival> {
  return context.store.transaction(async (store) => {
    const inner = { ...context, store }
    const arrival = await addDocument(reading, options, inner)
    const { status, versionId } = arrival.version
    if (status === 'in-force') await afterPublication(versionId, inner, today)
    return arrival
  })
}

/** Only into a store that never had any document: samples that were removed stay away. */
export async function seedSamples(
  { store, read, change }: Pick<App, 'store' | 'read' | 'change'>,
  folder: string,
): Promise<void> {
  if ((await store.knowledge.list()).length > 0) return
  for (const fileName of readdirSync(folder)) {
    const original = readFileSync(join(folder, fileName))
    const reading = await read({ fileName, bytes: original })
    await addDocument(reading, { publish: true, original }, change('first-start'))
  }
}
