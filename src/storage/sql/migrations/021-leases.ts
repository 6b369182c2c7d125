import type { Migration } from '../migrate.ts'

/** Who owns what only one process may hold. */
export const leaseTables: Migration = {
  number: 21,
  name: 'leases',
  statements: () => [
    `create table leases (
      name text primary key,
      owner text not null,
      held_until bigint not null
    )`,
  ],
}
