import type { Migration } from '../migrate.ts'

export const pinnedTables: Migration = {
  number: 5,
  name: 'pinned answers',
  statements: () => [
    `create table pinned_answers (
      id text primary key,
      content text not null,
      updated_at bigint not null
    )`,
  ],
}
