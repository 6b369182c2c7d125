import type { Migration } from '../migrate.ts'

/**
 * Documents and their versions. Texts lie apart from the line a list shows, and passages with their
 * words apart from the texts, because the search index reads all of them and nothing else.
 */
export const knowledgeTables: Migration = {
  number: 1,
  name: 'knowledge',
  statements: (engine) => [
    `create table knowledge_state (
      id integer primary key check (id = 1),
      revision bigint not null
    )`,
    'insert into knowledge_state (id, revision) values (1, 0)',
    `create table versions (
      version_id text primary key,
      document_id text not null,
      version integer not null,
      status text not null check (status in ('draft', 'in-force', 'superseded', 'withdrawn')),
      file_name text not null,
      content_hash text not null,
      metadata text not null,
      sample integer not null,
      created_at bigint not null,
      revision bigint not null,
      unique (document_id, version)
    )`,
    `create unique index versions_one_in_force on versions (document_id) where status = 'in-force'`,
    'create index versions_by_content on versions (content_hash)',
    'create index versions_by_file on versions (file_name)',
    'create index versions_by_revision on versions (revision)',
    `create table version_texts (
      version_id text primary key references versions (version_id) on delete cascade deferrable initially deferred,
      original_text text not null,
      offsets text not null,
      cuts text not null,
      warnings text not null,
      proposals text not null
    )`,
    `create table version_contents (
      version_id text primary key references versions (version_id) on delete cascade deferrable initially deferred,
      text text not null,
      passages text not null,
      lists text not null,
      facts text not null
    )`,
    `create table removed_versions (
      version_id text primary key,
      revision bigint not null
    )`,
    `create table originals (
      content_hash text primary key,
      bytes ${engine === 'postgres' ? 'bytea' : 'blob'} not null
    )`,
    'create index removed_versions_by_revision on removed_versions (revision)',
  ],
}
