import type { Migration } from '../migrate.ts'

/** People and their accounts; the account with the lowest `preference` is written to first. */
export const peopleTables: Migration = {
  number: 11,
  name: 'people',
  statements: () => [
    `create table people (
      id text primary key,
      name text not null,
      role text not null check (role in ('worker', 'member', 'cadre', 'admin')),
      unit text,
      jurisdiction_code text,
      leader_id text
    )`,
    'create index people_by_name on people (name)',
    'create index people_by_unit on people (unit)',
    'create index people_by_leader on people (leader_id)',
    `create table accounts (
      channel text not null,
      account_id text not null,
      person_id text not null references people (id) on delete cascade,
      preference integer not null,
      primary key (channel, account_id)
    )`,
    'create index accounts_by_person on accounts (person_id)',
  ],
}
