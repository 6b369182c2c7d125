import type { DocumentSummary } from '../domain/document.ts'
import { type ChangeContext, withdrawDocument } from './publish-document.ts'

/** Takes every sample document out of force; returns those that were. Running twice does nothing more. */
export async function retireSamples(context: ChangeContext): Promise<readonly DocumentSummary[]> {
  return context.store.transaction(async (store) => {
    const inner = { ...context, store }
    const samples = await store.knowledge.inForce({ samplesOnly: true })
    const retired: DocumentSummary[] = []
    for (const { documentId } of samples) {
      const withdrawn = await withdrawDocument(documentId, inner)
      if (withdrawn) retired.push(withdrawn)
    }
    return retired
  })
}
