/** `accounts list|reset-password`: the console's accounts, for whoever runs the machine. */
import type { Command } from 'commander'
import { accountChanges } from '../console/change-accounts.ts'
import { formatMoment } from '../console/format-moment.ts'
import { checkPassword, hashPassword, PASSWORD_COST } from '../console/password.ts'
import { BadInputError } from '../errors.ts'
import { ROLE_NAMES } from '../http/format-document.ts'
import type { WithApp } from './people-command.ts'
import type { Terminal } from './program.ts'
import { readSecret } from './read-secret.ts'

export function addAccountsCommand(program: Command, withApp: WithApp, terminal: Terminal): void {
  const accounts = program.command('accounts').description('管理页面的登录账号')
  accounts
    .command('list')
    .description('列出登录账号')
    .option('--json', '只印 JSON')
    .action(({ json }: { readonly json?: boolean }) =>
      withApp(async ({ store, config }) => {
        const list = (await store.console.accounts()).map(({ name, role, createdAt }) => ({
          name,
          role,
          createdAt,
        }))
        if (json) return terminal.print(JSON.stringify(list))
        for (const { name, role, createdAt } of list)
          terminal.print(
            `${name}  ${ROLE_NAMES[role]}  ${formatMoment(createdAt, config.TIME_ZONE)}`,
          )
        if (list.length === 0) {
          terminal.print(
            '还没有登录账号。启动程序（npm start），打开它印出的「管理页面」链接来设置。',
          )
        }
      }),
    )
  accounts
    .command('reset-password <登录名>')
    .description('忘了密码时设一个新的；密码在提示后输入，也可以用管道送入。已登录的地方都会退出')
    .action((name: string) =>
      withApp(async ({ store, clock }) => {
        const account = await store.console.accountByName(name.trim())
        if (!account) throw new BadInputError('unknown_account', await unknown(name, store.console))
        const password = await readSecret('新密码')
        checkPassword(password, account.name)
        const changes = accountChanges((work) => store.transaction(work), { clock })
        await changes.resetPassword(account.id, await hashPassword(password, PASSWORD_COST))
        terminal.print(
          `已给「${account.name}」设了新密码，已登录的地方都退出了。请用新密码登录管理页面。`,
        )
      }),
    )
}

async function unknown(
  name: string,
  { accounts }: { accounts(): Promise<readonly { readonly name: string }[]> },
): Promise<string> {
  const known = (await accounts()).map((account) => account.name)
  const hint = known.length > 0 ? `有这些：${known.join('、')}` : '还没有任何登录账号'
  return `没有登录名「${name}」。${hint}`
}
