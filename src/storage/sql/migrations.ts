/** Every migration, in order. Numbers: 001–009 knowledge, 010–019 ledger and messages, 020 on the rest. */
import type { Migration } from './migrate.ts'
import { knowledgeTables } from './migrations/001-knowledge.ts'
import { fingerprintTables } from './migrations/002-fingerprints.ts'
import { auditTables } from './migrations/003-audit.ts'
import { cacheTables } from './migrations/004-cache.ts'
import { pinnedTables } from './migrations/005-pinned-answers.ts'
import { sourceTables } from './migrations/006-sources.ts'
import { messageTables } from './migrations/010-messages.ts'
import { peopleTables } from './migrations/011-people.ts'
import { ledgerTables } from './migrations/012-ledger.ts'
import { consoleTables } from './migrations/020-console.ts'
import { leaseTables } from './migrations/021-leases.ts'
import { postponedReminders } from './migrations/022-postponed-reminders.ts'
import { groupAccounts } from './migrations/025-group-accounts.ts'
import { samplesIndex } from './migrations/026-samples.ts'

export const MIGRATIONS: readonly Migration[] = [
  knowledgeTables,
  fingerprintTables,
  auditTables,
  cacheTables,
  pinnedTables,
  sourceTables,
  messageTables,
  peopleTables,
  ledgerTables,
  consoleTables,
  leaseTables,
  postponedReminders,
  groupAccounts,
  samplesIndex,
]
