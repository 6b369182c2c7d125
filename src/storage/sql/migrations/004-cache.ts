import type { Migration } from '../migrate.ts'

/** What keyv keeps here may be lost; on PostgreSQL the table is not even logged. */
export const cacheTables: Migration = {
  number: 4,
  name: 'cache',
  statements: (engine) => [
    `create ${engine === 'postgres' ? 'unlogged ' : ''}table cache_entries (
      namespace text not null,
      key text not null,
      value text not null,
      expires_at bigint,
      primary key (namespace, key)
    )`,
    'create index cache_entries_by_expiry on cache_entries (expires_at) where expires_at is not null',
  ],
}
