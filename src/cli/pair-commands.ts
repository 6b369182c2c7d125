/** `people pair|pair-group`: codes that say which account, and which group chat, belongs to whom. */
import { type Command, Option } from 'commander'
import type { App } from '../app.ts'
import { createGroupCode, createPairingCode } from '../conversation/pair-account.ts'
import type { Person, Role } from '../domain/person.ts'
import { BadInputError } from '../errors.ts'
import { personLine, type WithApp } from './people-command.ts'
import type { Terminal } from './program.ts'

export function addPairCommands(people: Command, withApp: WithApp, terminal: Terminal): void {
  people
    .command('pair <姓名或编号>')
    .description('给一个人生成绑定码，他私聊发给机器人后，微信等账号就归他')
    .action((who: string) =>
      withApp(async (app) => {
        const person = await personNamed(who, app)
        const code = await createPairingCode(person.id, app.cache.keyv('pairing'))
        const { actor, at } = app.change('cli')
        const subject = `person:${person.id}`
        await app.store.audit.record({ at, actor, action: 'pairing_offered', subject, details: {} })
        terminal.print(code)
        terminal.say(
          `请让${person.name}在 24 小时内私聊机器人：绑定 ${code}\n只能用一次；谁发这个码谁就是${person.name}，不要发在群里。`,
        )
      }),
    )
  people
    .command('pair-group <群名>')
    .description('给一个群生成绑定码，在群里 @机器人 发出后，这个单位的事项会提醒到群里')
    .requiredOption('--unit <单位>', '提醒谁的事项，写成人员表里的单位')
    .addOption(
      new Option('--role <身份>', '群里身份最低的人：他不能看的事项不发到群里')
        .choices(['worker', 'member', 'cadre'])
        .default('worker'),
    )
    .action((name: string, { unit, role }: { unit: string; role: Role }) =>
      withApp(async (app) => {
        await checkUnit(unit, app)
        const code = await createGroupCode({ name, unit, role }, app.cache.keyv('pairing'))
        const { actor, at } = app.change('cli')
        const subject = `unit:${unit}`
        await app.store.audit.record({ at, actor, action: 'pairing_offered', subject, details: {} })
        terminal.print(code)
        terminal.say(
          `请在群「${name}」里 24 小时内发：@机器人 绑定 ${code}\n只能用一次；群名要一字不差。`,
        )
      }),
    )
}

/** @throws {BadInputError} when nobody is of this unit: a slip of the pen would remind no group ever. */
async function checkUnit(unit: string, { store }: App): Promise<void> {
  if ((await store.people.find({ unit })).length > 0) return
  const units = new Set((await store.people.all()).map((person) => person.unit))
  const known = [...units].filter((each) => each !== undefined)
  throw new BadInputError(
    'unknown_unit',
    `人员里没有单位「${unit}」。${known.length > 0 ? `有这些：${known.join('、')}` : '请先用 people import 导入人员'}`,
  )
}

/** @throws {BadInputError} when nobody or more than one person is called so. */
async function personNamed(who: string, { store }: App): Promise<Person> {
  const byId = await store.people.byId(who)
  if (byId) return byId
  const [person, ...others] = await store.people.find({ name: who })
  if (!person)
    throw new BadInputError('unknown_person', `没有叫「${who}」的人，先用 people import 导入`)
  if (others.length === 0) return person
  const list = [person, ...others].map((each) => `  · ${personLine(each)}`)
  throw new BadInputError('many_people', ['有几个人都叫这个名字，请写编号：', ...list].join('\n'))
}
