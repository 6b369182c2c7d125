import type { Migration } from '../migrate.ts'

/** An account may be a group chat: `kind` is 'group' then, and null for a person's own. */
export const groupAccounts: Migration = {
  number: 25,
  name: 'group-accounts',
  statements: () => ['alter table accounts add column kind text'],
}
