/** `people list|import|feishu`: who the cadres are, from a table that a union already has or from Feishu. Pairing: pair-commands.ts. */
import type { Command } from 'commander'
import type { App } from '../app.ts'
import { importFromFeishu } from '../assembly/import-from-feishu.ts'
import { openFeishuDirectory } from '../assembly/open-channels.ts'
import { channelName } from '../console/channel-name.ts'
import type { AccountRef, Person, Role } from '../domain/person.ts'
import { BadInputError } from '../errors.ts'
import { ROLE_NAMES as CHINESE_ROLES } from '../http/format-document.ts'
import { personIdOf } from '../tasks/person-id.ts'
import type { Terminal } from './program.ts'
import { readTableFile } from './read-table-file.ts'

export type WithApp = <R>(work: (app: App) => Promise<R>) => Promise<R>

const ROLE_NAMES: Readonly<Record<string, Role>> = {
  职工: 'worker',
  会员: 'member',
  干部: 'cadre',
  工会干部: 'cadre',
  管理员: 'admin',
  worker: 'worker',
  member: 'member',
  cadre: 'cadre',
  admin: 'admin',
}

/** Column names people use, by what they mean. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  name: ['姓名', '名字', 'name'],
  role: ['身份', '角色', 'role'],
  unit: ['单位', '部门', 'unit'],
  region: ['地区', '区域', 'region'],
  leader: ['领导', '上级', '分管领导', 'leader'],
  account: ['账号', '飞书账号', '帐号', 'account'],
}

export function addPeopleCommand(program: Command, withApp: WithApp, terminal: Terminal): Command {
  const people = program.command('people').description('人员')
  people
    .command('import <文件>')
    .description('从 xlsx 或 csv 导入；列：姓名、身份、单位、地区、领导、账号（如 feishu:ou_abc）')
    .action(async (file: string) => {
      const rows = await readTableFile(file)
      await withApp(async (app) => {
        const list = readPeople(rows, app)
        await app.store.transaction(async (store) => {
          for (const person of list) await store.people.save(person)
          const { actor, at } = app.change('cli')
          const details = { count: list.length }
          await store.audit.record({
            at,
            actor,
            action: 'people_imported',
            subject: 'people',
            details,
          })
        })
        terminal.print(`导入 ${list.length} 人`)
      })
    })
  people
    .command('feishu <部门或用户组...>')
    .description('从飞书导入部门或用户组里的人（连同下级部门），以后可以按部门交办')
    .option('--role <身份>', '职工、会员、干部或管理员；已有的人不变', '干部')
    .action((units: string[], { role: roleName }: { role: string }) =>
      withApp(async (app) => {
        const role = ROLE_NAMES[roleName]
        if (role === undefined) throw new BadInputError('bad_role', `不认识身份「${roleName}」`)
        const directory = await openFeishuDirectory(app)
        for (const unit of units) {
          const { added, updated } = await importFromFeishu(unit, { app, directory, role })
          terminal.print(`${unit}：新增 ${added} 人，更新 ${updated} 人`)
        }
      }),
    )
  people
    .command('list')
    .description('列出人员')
    .option('--json', '只印 JSON')
    .action(({ json }: { json?: boolean }) =>
      withApp(async (app) => {
        const list = await app.store.people.all()
        terminal.print(
          json ? JSON.stringify(list) : list.map(personLine).join('\n') || '还没有人员',
        )
      }),
    )
  return people
}

/** @throws {BadInputError} naming every row that cannot be used; then nobody is imported. */
function readPeople(rows: readonly (readonly string[])[], app: App): Person[] {
  const [header = [], ...body] = rows
  const column = (field: string) => header.findIndex((cell) => COLUMNS[field]?.includes(cell))
  if (column('name') < 0) {
    throw new BadInputError('bad_table', '第一行要是列名，至少有「姓名」一列')
  }
  const faults: string[] = []
  const people = body.map((row, i) => {
    const cells = Object.fromEntries(
      Object.keys(COLUMNS).map((field) => [field, row[column(field)]?.trim() || undefined]),
    )
    const read = readPerson(cells, app)
    if (typeof read === 'string') faults.push(`  · 第 ${i + 2} 行：${read}`)
    return read
  })
  if (faults.length > 0) {
    throw new BadInputError(
      'bad_people',
      ['一个人也没有导入，请先改好这些行：', ...faults].join('\n'),
    )
  }
  const known = people.filter((person) => typeof person !== 'string')
  const idByName = new Map(known.map(({ name, id }) => [name, id]))
  return known.map(({ leader, ...person }) => {
    const leaderId = leader === undefined ? undefined : idByName.get(leader)
    return { ...person, ...(leaderId !== undefined && { leaderId }) }
  })
}

type Row = Omit<Person, 'leaderId'> & { readonly leader: string | undefined }

/** A person, or what is wrong with the row. */
function readPerson(
  { name, role: roleName, unit, region, leader, account }: Record<string, string | undefined>,
  app: App,
): Row | string {
  const role = ROLE_NAMES[roleName ?? '职工']
  const place = region === undefined ? undefined : app.gazetteer.resolve(region)
  if (name === undefined) return '没有姓名'
  if (role === undefined) return `不认识身份「${roleName}」`
  if (region !== undefined && place === undefined) return `不认识地区「${region}」`
  if (account !== undefined && !/^[a-z]+:\S+$/.test(account)) return '账号要写成 feishu:ou_abc'
  return {
    id: personIdOf(name, unit),
    name,
    role,
    leader,
    accounts: account === undefined ? [] : [accountOf(account)],
    ...(unit !== undefined && { unit }),
    ...(place !== undefined && { jurisdictionCode: place.code }),
  }
}

function accountOf(text: string): AccountRef {
  const [channel = '', ...rest] = text.split(':')
  return { channel, accountId: rest.join(':') }
}

export const personLine = ({ id, name, role, unit, accounts }: Person) =>
  `${id}  ${name}  ${CHINESE_ROLES[role]}  ${unit ?? ''}  ${accounts.map(({ channel }) => channelName(channel)).join('、')}`
