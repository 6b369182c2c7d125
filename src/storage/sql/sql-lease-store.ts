/** Leases in SQL: one row a name, taken by one statement. */
import type { LeaseStore } from '../lease-store.ts'
import type { Database } from './database.ts'
import { storedInstant } from './stored-values.ts'

export interface LeaseTables {
  readonly leases: { readonly name: string; readonly owner: string; readonly held_until: number }
}

export function sqlLeaseStore(database: Database): LeaseStore {
  return {
    hold: async (name, { owner, now, until }) => {
      const row = { name, owner, held_until: storedInstant(until) }
      const taken = await database.db
        .insertInto('leases')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ owner, held_until: row.held_until })
            .where((is) =>
              is.or([
                is('leases.owner', '=', owner),
                is('leases.held_until', '<=', storedInstant(now)),
              ]),
            ),
        )
        .returning('owner')
        .executeTakeFirst()
      return taken !== undefined
    },
    release: async (name, owner) => {
      await database.db
        .deleteFrom('leases')
        .where('name', '=', name)
        .where('owner', '=', owner)
        .execute()
    },
  }
}
