/**
 * People of a Feishu department or user group into the union's list, so that tasks can be given to the
 * unit by name. Safe to run again: an account, else a name in its unit, is the same person; the role
 * and the leader that somebody has already stay.
 */
import type { App } from '../app.ts'
import type { Directory, DirectoryPerson } from '../channels/feishu/read-directory.ts'
import type { AccountRef, Person, Role } from '../domain/person.ts'
import { BadInputError } from '../errors.ts'
import type { PeopleStore } from '../storage/people-store.ts'
import { personIdOf } from '../tasks/person-id.ts'

const CHANNEL = 'feishu'
/** A department of thousands, page by page. */
const WITHIN_MS = 5 * 60 * 1000

export interface Imported {
  readonly added: number
  readonly updated: number
}

/** @throws {BadInputError} when nobody is in a unit of that name, as far as the app may look. */
export async function importFromFeishu(
  unit: string,
  {
    app,
    directory,
    role,
  }: { readonly app: App; readonly directory: Directory; readonly role: Role },
): Promise<Imported> {
  const signal = AbortSignal.timeout(WITHIN_MS)
  const members = await directory.peopleOf(unit, signal)
  if (members.length === 0) {
    throw new BadInputError(
      'unknown_unit',
      `飞书里没有找到「${unit}」的人：请核对部门或用户组的名称，并在开发者后台把它加进应用的「通讯录权限范围」。`,
    )
  }
  const leader = await directory.leaderOf(unit, signal)
  return app.store.transaction(async (store) => {
    const before = (await store.people.all()).length
    const people: Person[] = []
    for (const member of members) {
      people.push(await personOf(member, { unit, role, people: store.people }))
    }
    const leaderId = people.find(({ accounts }) => accounts.some(isOf(leader)))?.id
    for (const person of people) {
      const isLed = leaderId !== undefined && person.id !== leaderId
      await store.people.save(isLed ? { leaderId, ...person } : person)
    }
    const added = (await store.people.all()).length - before
    const { actor, at } = app.change('cli')
    const details = { count: members.length }
    await store.audit.record({ at, actor, action: 'people_imported', subject: 'people', details })
    return { added, updated: members.length - added }
  })
}

async function personOf(
  { accountId, name: given }: DirectoryPerson,
  { unit, role, people }: { unit: string; role: Role; people: PeopleStore },
): Promise<Person> {
  const account: AccountRef = { channel: CHANNEL, accountId }
  // Without the permission to read names there is an account and nothing else.
  const name = given || `飞书用户${accountId.slice(-4)}`
  const called = (await people.find({ name, unit })).find(({ accounts }) => !accounts.some(isHere))
  const known = (await people.byAccount(account)) ?? called
  if (known === undefined) {
    const id = personIdOf(name, unit)
    // Two of the same name in one unit are two people.
    const isTaken = (await people.byId(id)) !== undefined
    return {
      id: isTaken ? personIdOf(name, `${unit}/${accountId}`) : id,
      name,
      role,
      unit,
      accounts: [account],
    }
  }
  const others = known.accounts.filter((other) => !isHere(other))
  return { ...known, name: given || known.name, unit, accounts: [account, ...others] }
}

const isHere = ({ channel }: AccountRef) => channel === CHANNEL
const isOf = (accountId: string | undefined) => (account: AccountRef) =>
  isHere(account) && account.accountId === accountId
