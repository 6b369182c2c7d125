import type { Migration } from '../migrate.ts'

export const sourceTables: Migration = {
  number: 6,
  name: 'watched sources',
  statements: () => [
    `create table watched_sources (
      url text primary key,
      document_id text not null,
      checked_at bigint,
      next_check_at bigint not null,
      failures integer not null,
      problem text
    )`,
    'create index watched_sources_by_due on watched_sources (next_check_at)',
  ],
}
