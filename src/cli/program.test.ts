import { describe, expect, it } from 'vitest'
import { BadInputError, BotError } from '../errors.ts'
import { chineseCommand, exitCodeOf, type Terminal } from './program.ts'

function recorded() {
  const [printed, said]: [string[], string[]] = [[], []]
  const terminal: Terminal = {
    print: (line) => printed.push(line),
    say: (line) => said.push(line),
  }
  const program = chineseCommand('bot', terminal)
  program
    .command('ask [question]')
    .description('问一个问题')
    .option('--json', '只印 JSON')
    .action(() => {})
  const run = async (...words: string[]) => {
    try {
      await program.parseAsync(words, { from: 'user' })
      return 0
    } catch (error) {
      return exitCodeOf(error, terminal)
    }
  }
  return { run, printed, said, terminal }
}

describe('the command line', () => {
  it('shows its help in Chinese and ends well', async () => {
    const { run, printed } = recorded()

    expect(await run('--help')).toBe(0)
    expect(printed.join('\n')).toMatch(/用法：[\s\S]*命令：[\s\S]*问一个问题/)
    expect(printed.join('\n')).not.toMatch(/Usage|Options|display help/)
  })

  it.each([
    [['asks'], '没有「asks」这个命令'],
    [['ask', '--colour'], '没有「--colour」这个选项'],
    [['ask', '今年', '要建多少'], '请用引号括起来'],
  ])('says of %j what is wrong, with exit code 2', async (words, sentence) => {
    const { run, said } = recorded()

    expect(await run(...words)).toBe(2)
    expect(said.join('\n')).toContain(sentence)
  })

  it('tells bad input, a failure and a surprise apart by exit code, and never shows a stack', () => {
    const { terminal, said } = recorded()

    expect(exitCodeOf(new BadInputError('empty_question', '问题是空的'), terminal)).toBe(2)
    expect(exitCodeOf(new BotError('store_locked', '数据库被占用'), terminal)).toBe(1)
    expect(exitCodeOf(new TypeError('x is undefined'), terminal)).toBe(1)
    expect(said.join('\n')).not.toContain('    at ')
  })
})
