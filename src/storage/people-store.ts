/** The people of this union and the accounts under which they write. */
import type { AccountRef, Person, Role } from '../domain/person.ts'

export interface PeopleStore {
  byId(id: string): Promise<Person | undefined>
  byIds(ids: readonly string[]): Promise<readonly Person[]>
  byAccount(account: AccountRef): Promise<Person | undefined>
  find(filter: {
    readonly name?: string
    readonly unit?: string
    readonly role?: Role
    readonly leaderId?: string
  }): Promise<readonly Person[]>
  all(): Promise<readonly Person[]>
  /** Inserts or replaces; an account that belonged to somebody else moves to this person. */
  save(person: Person): Promise<void>
  /** Forgets the person and their accounts; false when unknown. */
  remove(id: string): Promise<boolean>
}
