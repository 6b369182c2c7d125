import type { DocumentSummary } from '../domain/document.ts'
import { type ChangeContext, withdrawDocument } from './publish-document.ts'

/** Takes every sample document out of force; returns those that were. Running twice does nothing more. */
export async function retireSamples(context: ChangeContext): Promise<readonly DocumentSummary[]> {
  return context.store.transaction(async (store) => {
    const inner = { ...context, store }
    const documents = await store.knowledge.list()
    const retired: DocumentSummary[] = []
    for (const { documentId, metadata } of documents) {
      if (!metadata.sample) continue
      const withdrawn = await withdrawDocument(documentId, inner)
      if (withdrawn) retired.push(withdrawn)
    }
    return retired
  })
}
