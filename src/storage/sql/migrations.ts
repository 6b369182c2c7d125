/** Every migration, in order. Numbers: 001–009 knowledge, 010–019 ledger and messages, 020 on the rest. */
import type { Migration } from './migrate.ts'
import { knowledgeTables } from './migrations/001-knowledge.ts'
import { messageTables } from './migrations/010-messages.ts'
import { peopleTables } from './migrations/011-people.ts'
import { ledgerTables } from './migrations/012-ledger.ts'

export const MIGRATIONS: readonly Migration[] = [
  knowledgeTables,
  messageTables,
  peopleTables,
  ledgerTables,
]
