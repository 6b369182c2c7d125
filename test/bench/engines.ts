/** The engines compared: ours, MiniSearch and SQLite FTS5, all fed the same jieba words. */
import { DatabaseSync } from 'node:sqlite'
import MiniSearch from 'minisearch'
import { createSearchIndex } from '../../src/retrieval/search-index.ts'
import type { Tokenizer } from '../../src/text/tokenize.ts'
import type { CutDocument } from './corpus.ts'

export interface Engine {
  readonly name: string
  /** Names of documents, best first; a document stands as its best passage. */
  search(query: string): readonly string[]
  /** Memory the engine itself reports, when it does, in bytes. */
  readonly ownBytes?: number
  close(): void
}

type Build = (documents: readonly CutDocument[], tokenizer: Tokenizer) => Engine

/** Passages asked of each engine: enough for ten documents. */
const PASSAGES = 40

export const ENGINES: Readonly<Record<string, Build>> = {
  ours(documents, tokenizer) {
    const index = createSearchIndex(tokenizer)
    for (const document of documents) index.add(document)
    return {
      name: 'ours',
      search: (query) =>
        index.search({ text: query, limit: PASSAGES }).map(({ document }) => document.versionId),
      get ownBytes() {
        return index.bytes
      },
      close: () => {},
    }
  },

  filtered(documents, tokenizer) {
    const index = createSearchIndex(tokenizer)
    for (const document of documents) index.add(document)
    const accepts = ({ text }: { text: string }) => text.length % 3 !== 0
    return {
      name: 'ours, a third hidden',
      search: (query) =>
        index
          .search({
            text: query,
            limit: PASSAGES,
            accepts,
            prior: ({ text: own }) => (own.length % 2 === 0 ? 1 : 0.9),
          })
          .map(({ document }) => document.versionId),
      close: () => {},
    }
  },

  fts5(documents, tokenizer) {
    const database = new DatabaseSync(':memory:')
    database.exec(
      `create virtual table passages using fts5(words, document unindexed, tokenize = "unicode61 tokenchars '.%'")`,
    )
    const insert = database.prepare('insert into passages (words, document) values (?, ?)')
    database.exec('begin')
    for (const { versionId, passages } of documents) {
      for (const { tokens } of passages) insert.run(tokens.join(' '), versionId)
    }
    database.exec('commit')
    const select = database.prepare(
      `select document from passages where passages match ? order by bm25(passages) limit ${PASSAGES}`,
    )
    return {
      name: 'SQLite FTS5 + jieba',
      search(query) {
        const words = [...new Set(tokenizer.tokens(query))].map((word) => `"${word}"`)
        if (words.length === 0) return []
        return select.all(words.join(' OR ')).map(({ document }) => String(document))
      },
      get ownBytes() {
        const { size } = database
          .prepare('select page_count * page_size as size from pragma_page_count, pragma_page_size')
          .get() as { size: number }
        return size
      },
      close: () => database.close(),
    }
  },

  minisearch(documents, tokenizer) {
    const engine = new MiniSearch<{ id: string; words: string; document: string }>({
      fields: ['words'],
      storeFields: ['document'],
      tokenize: (text) => text.split(' '),
      processTerm: (term) => term,
    })
    for (const { versionId, passages } of documents) {
      for (const { tokens, ordinal } of passages) {
        engine.add({ id: `${versionId}/${ordinal}`, words: tokens.join(' '), document: versionId })
      }
    }
    return {
      name: 'MiniSearch + jieba',
      search: (query) =>
        engine
          .search(tokenizer.tokens(query).join(' '))
          .slice(0, PASSAGES)
          .map(({ document }) => String(document)),
      close: () => {},
    }
  },
}
