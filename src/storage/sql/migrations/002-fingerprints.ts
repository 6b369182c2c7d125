import type { Migration } from '../migrate.ts'

/** Samples of a version's wording, so that a text that comes again in another file is recognised. */
export const fingerprintTables: Migration = {
  number: 2,
  name: 'fingerprints',
  statements: () => [
    `create table version_fingerprints (
      sample bigint not null,
      version_id text not null references versions (version_id) on delete cascade deferrable initially deferred,
      primary key (sample, version_id)
    )`,
    'create index version_fingerprints_by_version on version_fingerprints (version_id)',
  ],
}
