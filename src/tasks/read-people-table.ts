/**
 * People out of a table (a roster as unions keep it): which column is which is read from the headings,
 * in any order. Rows that cannot be used are reported with their number, never silently left out.
 *
 * A person's id is made from name and 单位, so that importing the same roster again changes people
 * instead of doubling them. Phone and identity numbers are not read: nothing here needs them.
 */
import { createHash } from 'node:crypto'
import type { AccountRef, Person, Role } from '../domain/person.ts'

export interface PeopleTable {
  readonly people: readonly Person[]
  /** Plain Chinese, each with its row. */
  readonly problems: readonly string[]
}

type Column = 'name' | 'unit' | 'role' | 'leader' | 'accounts'

const HEADINGS: Readonly<Record<Column, RegExp>> = {
  name: /^(?:姓名|名字|人员)$/u,
  unit: /^(?:单位|部门|科室|工会|责任单位|所在单位)$/u,
  role: /^(?:角色|身份|职务类别|权限)$/u,
  leader: /^(?:上级|分管领导|领导|负责人|分管)$/u,
  accounts: /^(?:账号|帐号|飞书账号|飞书|微信)$/u,
}
const ROLE_NAMES: readonly (readonly [RegExp, Role])[] = [
  [/^(?:管理员|admin)$/iu, 'admin'],
  [/^(?:干部|工会干部|主席|副主席|专干|cadre)$/iu, 'cadre'],
  [/^(?:会员|工会会员|member)$/iu, 'member'],
  [/^(?:职工|工人|群众|worker)$/iu, 'worker'],
]
const ACCOUNT = /^(?<channel>[a-z]+):(?<accountId>\S+)$/u

interface Row {
  readonly number: number
  readonly name: string
  readonly unit: string
  readonly role: string
  readonly leader: string
  readonly accounts: string
}

/** `rows` with their heading row first. */
export function readPeopleTable(rows: readonly (readonly string[])[]): PeopleTable {
  const [headings = [], ...body] = rows
  const columns = columnsOf(headings)
  if (columns.name === undefined) {
    return {
      people: [],
      problems: ['没有找到「姓名」这一列，请在第一行写明列名：姓名、单位、角色、分管领导、账号。'],
    }
  }
  const read = body
    .map((cells, index) => rowOf(cells, columns, index + 2))
    .filter((row) => Object.values(row).some((value) => typeof value === 'string' && value !== ''))
  const problems: string[] = []
  const named = read.filter(
    (row) => row.name !== '' || void problems.push(`第 ${row.number} 行没有姓名，未导入。`),
  )
  const ids = new Map(named.map((row) => [row, personId(row.name, row.unit)]))
  const people = named.map((row) => personOf(row, named, ids, problems))
  return { people: withoutRepeats(people, problems), problems }
}

function columnsOf(headings: readonly string[]): Readonly<Partial<Record<Column, number>>> {
  const found: Partial<Record<Column, number>> = {}
  for (const [index, heading] of headings.entries()) {
    const plain = heading.replaceAll(/[\s*]/gu, '')
    for (const column of Object.keys(HEADINGS) as Column[]) {
      if (HEADINGS[column].test(plain)) found[column] ??= index
    }
  }
  return found
}

function rowOf(
  cells: readonly string[],
  columns: Partial<Record<Column, number>>,
  number: number,
): Row {
  const cell = (column: Column) => {
    const index = columns[column]
    return index === undefined ? '' : (cells[index] ?? '').trim()
  }
  return {
    number,
    name: cell('name').replaceAll(/\s/gu, ''),
    unit: cell('unit'),
    role: cell('role'),
    leader: cell('leader').replaceAll(/\s/gu, ''),
    accounts: cell('accounts'),
  }
}

function personOf(
  row: Row,
  all: readonly Row[],
  ids: ReadonlyMap<Row, string>,
  problems: string[],
): Person {
  const leaderId = leaderOf(row, all, ids, problems)
  return {
    id: ids.get(row) ?? personId(row.name, row.unit),
    name: row.name,
    role: roleOf(row, problems),
    ...(row.unit !== '' && { unit: row.unit }),
    ...(leaderId !== undefined && { leaderId }),
    accounts: accountsOf(row, problems),
  }
}

/** An unreadable role gives the least: rights are not guessed. */
function roleOf({ role, number }: Row, problems: string[]): Role {
  if (role === '') return 'worker'
  const known = ROLE_NAMES.find(([pattern]) => pattern.test(role))?.[1]
  if (!known)
    problems.push(
      `第 ${number} 行的角色「${role}」不认识，按「职工」导入。可写：管理员、干部、会员、职工。`,
    )
  return known ?? 'worker'
}

/** Of several people with the leader's name the one of the same 单位; else it is reported. */
function leaderOf(
  row: Row,
  all: readonly Row[],
  ids: ReadonlyMap<Row, string>,
  problems: string[],
): string | undefined {
  if (row.leader === '') return undefined
  const named = all.filter(({ name }) => name === row.leader)
  const near = named.filter(({ unit }) => unit === row.unit)
  const [leader, ...others] = named.length > 1 ? near : named
  if (leader && others.length === 0) return ids.get(leader)
  problems.push(
    named.length === 0
      ? `第 ${row.number} 行的领导「${row.leader}」不在表里，先不填。`
      : `第 ${row.number} 行的领导「${row.leader}」有重名，先不填。`,
  )
  return undefined
}

function accountsOf({ accounts, number }: Row, problems: string[]): readonly AccountRef[] {
  return accounts
    .split(/[\s,;、\uff0c\uff1b]+/u)
    .filter(Boolean)
    .flatMap((text) => {
      const { channel, accountId } = ACCOUNT.exec(text)?.groups ?? {}
      if (channel !== undefined && accountId !== undefined) return [{ channel, accountId }]
      problems.push(`第 ${number} 行的账号「${text}」要写成 feishu:ou_… 的样子，未导入这个账号。`)
      return []
    })
}

function withoutRepeats(people: readonly Person[], problems: string[]): readonly Person[] {
  const byId = new Map<string, Person>()
  for (const person of people) {
    if (byId.has(person.id)) problems.push(`「${person.name}」在同一单位出现两次，以后一行为准。`)
    byId.set(person.id, person)
  }
  return [...byId.values()]
}

export function personId(name: string, unit: string): string {
  return createHash('sha256').update(`${name}\n${unit}`).digest('hex').slice(0, 16)
}
