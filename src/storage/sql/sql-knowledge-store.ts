/** Documents and their versions in SQL: what a KnowledgeStore promises, and which file keeps it. */
import type { KnowledgeStore } from '../knowledge-store.ts'
import { addDraft } from './add-draft.ts'
import { remove, setMetadata, setStatus } from './change-versions.ts'
import type { Database } from './database.ts'
import {
  contents,
  findByContentHash,
  findByFileName,
  findSimilar,
  history,
  inForce,
  list,
  original,
  summary,
  version,
} from './find-versions.ts'
import { changesSince, lock, revision } from './knowledge-revision.ts'

export function sqlKnowledgeStore(database: Database): KnowledgeStore {
  return {
    lock: () => lock(database),
    revision: () => revision(database),
    changesSince: (since) => changesSince(database, since),
    contents: (versionIds) => contents(database, versionIds),
    addDraft: (reading, options) => addDraft(database, reading, options),
    setStatus: (versionId, status) => setStatus(database, versionId, status),
    setMetadata: (versionId, metadata) => setMetadata(database, versionId, metadata),
    remove: (documentId) => remove(database, documentId),
    version: (versionId) => version(database, versionId),
    summary: (versionId) => summary(database, versionId),
    list: () => list(database),
    inForce: (options) => inForce(database, options),
    history: (documentId) => history(database, documentId),
    findByContentHash: (contentHash) => findByContentHash(database, contentHash),
    findByFileName: (fileName) => findByFileName(database, fileName),
    findSimilar: (fingerprint, options) => findSimilar(database, fingerprint, options),
    original: (contentHash) => original(database, contentHash),
  }
}
