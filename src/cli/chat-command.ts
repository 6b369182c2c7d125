import type { Command } from 'commander'
import type { App } from '../app.ts'
import { runTerminalChat } from '../channels/terminal/run-terminal-chat.ts'
import { isLedgerCommand } from '../conversation/is-ledger-command.ts'

/** `chat`: the web chat's answers in a terminal or a pipe. */
export function addChatCommand(
  program: Command,
  withApp: <R>(work: (app: App) => Promise<R>) => Promise<R>,
): void {
  program
    .command('chat')
    .description('在终端里问答；也可以用管道送入问题，一行一个')
    .action(() =>
      withApp(async (app) => {
        await app.seedSamples()
        await runTerminalChat(chatOptions(app))
      }),
    )
}

const chatOptions = (app: App) => ({
  ask: (question: Parameters<Parameters<typeof runTerminalChat>[0]['ask']>[0]) =>
    app.ask({ ...question, askedOn: app.today() }),
  isLedgerCommand: (line: string) => {
    const { calendar, clock, config, store } = app
    const ref = clock.now().toZonedDateTimeISO(config.TIME_ZONE).toPlainDateTime()
    return isLedgerCommand(line, { tasks: store.tasks, dateContext: { ref, calendar } })
  },
  resolvePlace: (description: string) => app.gazetteer.resolve(description),
  input: process.stdin,
  output: process.stdout,
  colours: !process.env['NO_COLOR'],
  unionName: app.contact.unionName,
  exampleQuestions: app.exampleQuestions,
})
