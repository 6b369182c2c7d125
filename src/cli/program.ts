/**
 * The frame of the command line: Chinese help, and one way to end. Exit 0 done, 1 failed, 2 wrong
 * use. With --json only machine-readable output goes to standard output; people's words go to
 * standard error.
 */
import { Command, CommanderError, Help } from 'commander'
import { BadInputError, BotError } from '../errors.ts'

export interface Terminal {
  /** Writes a line to standard output. */
  print(line: string): void
  /** Writes a line to standard error. */
  say(line: string): void
}

export const EXIT_DONE = 0
export const EXIT_FAILED = 1
export const EXIT_WRONG_USE = 2

/** A command that speaks Chinese; sub-commands made with `.command()` inherit all of it. */
export function chineseCommand(name: string, terminal: Terminal): Command {
  return dress(new Command(name), terminal)
}

function dress(command: Command, terminal: Terminal): Command {
  command
    .exitOverride()
    .helpOption('-h, --help', '显示帮助')
    .helpCommand('help [命令]', '显示某个命令的帮助')
    .configureHelp({ formatHelp: (shown, helper) => translateHelp(shown, helper) })
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: () => {}, // said once, in Chinese, by exitCodeOf
    })
  const plainCreate = command.createCommand.bind(command)
  command.createCommand = (name) => dress(plainCreate(name), terminal)
  return command
}

const TITLES: readonly (readonly [english: RegExp, chinese: string])[] = [
  [/^Usage: /m, '用法：'],
  [/^Options:/m, '选项：'],
  [/^Commands:/m, '命令：'],
  [/^Arguments:/m, '参数：'],
  [/\[options\]/g, '[选项]'],
  [/\[command\]/g, '[命令]'],
  [/ \(choices: ([^()]*), default: ([^()]*)\)$/gm, '（可选：$1，默认：$2）'],
  [/ \(choices: ([^()]*)\)$/gm, '（可选：$1）'],
  [/ \(default: ([^()]*)\)$/gm, '（默认：$1）'],
]

function translateHelp(shown: Command, helper: Help): string {
  const english = Help.prototype.formatHelp.call(helper, shown, helper)
  return TITLES.reduce((text, [pattern, chinese]) => text.replace(pattern, chinese), english)
}

/** Says what went wrong, in Chinese and without a stack, and gives the exit code for it. */
export function exitCodeOf(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return exitCodeOfUsage(error, terminal)
  if (error instanceof BadInputError) {
    terminal.say(error.message)
    return EXIT_WRONG_USE
  }
  if (error instanceof BotError) {
    terminal.say(error.message)
    return EXIT_FAILED
  }
  terminal.say(`没有做成：${error instanceof Error ? error.message : String(error)}`)
  return EXIT_FAILED
}

function exitCodeOfUsage(error: CommanderError, terminal: Terminal): number {
  if (error.exitCode === 0) return EXIT_DONE
  const named = /'([^']+)'/.exec(error.message)?.[1] ?? ''
  const sentence = USAGE_FAULTS[error.code]
  if (error.code !== 'commander.help') {
    terminal.say(`${sentence === undefined ? '命令写得不对' : sentence(named)}。加 --help 看用法。`)
  }
  return EXIT_WRONG_USE
}

const USAGE_FAULTS: Readonly<Record<string, (named: string) => string>> = {
  'commander.unknownCommand': (name) => `没有「${name}」这个命令`,
  'commander.unknownOption': (name) => `没有「${name}」这个选项`,
  'commander.missingArgument': (name) => `还缺参数：${name}`,
  'commander.missingMandatoryOptionValue': (name) => `还缺选项：${name}`,
  'commander.optionMissingArgument': (name) => `选项 ${name} 后面要有值`,
  'commander.invalidArgument': (name) => `「${name}」填得不对`,
  'commander.excessArguments': () => '参数多了；问题里有空格的话，请用引号括起来',
}
