/** Watching a page, and no longer: with an audit entry, like every change of what the bot knows. */
import type { ChangeContext } from './publish-document.ts'
import { FIRST_RECHECK } from './recheck-sources.ts'

/** Begins to look at a page again every day. Key: its address; watching it twice watches it once. */
export function watchSource(
  url: string,
  documentId: string,
  context: ChangeContext,
): Promise<void> {
  return context.store.transaction(async (store) => {
    await store.sources.watch({ url, documentId, nextCheckAt: context.at.add(FIRST_RECHECK) })
    await record('source_watched', documentId, { ...context, store })
  })
}

/** False when it was not watched. */
export function unwatchSource(url: string, context: ChangeContext): Promise<boolean> {
  return context.store.transaction(async (store) => {
    const watched = (await store.sources.list()).find((source) => source.url === url)
    if (!watched || !(await store.sources.unwatch(url))) return false
    await record('source_unwatched', watched.documentId, { ...context, store })
    return true
  })
}

function record(action: string, documentId: string, { store, actor, at }: ChangeContext) {
  return store.audit.record({ at, actor, action, subject: `document:${documentId}`, details: {} })
}
