/** The commands of the command line, put together. */
import { type App, createApp } from '../app.ts'
import { loadEnvironment } from '../assembly/load-environment.ts'
import { systemClock } from '../clock.ts'
import { parseConfig } from '../config.ts'
import { createLogger } from '../logger.ts'
import { addAccountsCommand } from './accounts-command.ts'
import { addAskCommand } from './ask-command.ts'
import { addBackupCommands } from './backup-command.ts'
import { addChatCommand } from './chat-command.ts'
import { addDatesCommand } from './dates-command.ts'
import { addDoctorCommand } from './doctor-command.ts'
import { addDocumentsCommand } from './documents-command.ts'
import { addEvalCommand } from './eval-command.ts'
import { addIngestCommand } from './ingest-command.ts'
import { addPairCommands } from './pair-commands.ts'
import { addPeopleCommand } from './people-command.ts'
import { addPinnedCommand } from './pinned-command.ts'
import { chineseCommand, exitCodeOf, type Terminal } from './program.ts'
import { addSetupCommand } from './setup-command.ts'
import { addSourcesCommand } from './sources-command.ts'
import { addTasksCommand } from './tasks-command.ts'
import { addTasksExtractCommand } from './tasks-extract-command.ts'

const terminal: Terminal = {
  print: (line) => process.stdout.write(`${line}\n`),
  say: (line) => process.stderr.write(`${line}\n`),
}

// `… | head`: whoever read our output has gone; that is no failure.
process.stdout.on('error', () => process.exit(0))

const configure = () => parseConfig(loadEnvironment())

/** Opens the app for one command, and closes it whatever happens. Warnings only: output is for answers. */
async function withApp<R>(work: (app: App) => Promise<R>): Promise<R> {
  const config = configure()
  const level = config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL
  const logger = createLogger(level, (line) => process.stderr.write(line))
  const app = await createApp(config, { clock: systemClock, logger })
  try {
    return await work(app)
  } finally {
    await app.close()
  }
}

/** Runs what the process was asked for; sets its exit code. */
export async function runCommandLine(): Promise<void> {
  const program = chineseCommand('npm run bot --', terminal).description('娘家人：工会助手的命令行')
  addAskCommand(program, withApp, terminal)
  addChatCommand(program, withApp)
  addIngestCommand(program, withApp, terminal)
  addDocumentsCommand(program, withApp, terminal)
  addEvalCommand(program, withApp, terminal)
  addDatesCommand(program, terminal)
  addTasksExtractCommand(program, withApp, terminal)
  addTasksCommand(program, withApp, terminal)
  addPairCommands(addPeopleCommand(program, withApp, terminal), withApp, terminal)
  addAccountsCommand(program, withApp, terminal)
  addSetupCommand(program, configure, terminal)
  addDoctorCommand(program, configure, { terminal, clock: systemClock })
  addPinnedCommand(program, withApp, terminal)
  addSourcesCommand(program, withApp, terminal)
  addBackupCommands(program, configure, terminal)

  try {
    await program.parseAsync()
  } catch (error) {
    process.exitCode = exitCodeOf(error, terminal)
  }
}
