import type { Migration } from '../migrate.ts'

/** A reminder that is postponed keeps the moment it was planned for: its label names it. */
export const postponedReminders: Migration = {
  number: 22,
  name: 'postponed-reminders',
  statements: () => ['alter table reminders add column planned_at bigint'],
}
