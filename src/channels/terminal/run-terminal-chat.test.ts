import { PassThrough } from 'node:stream'
import { text as readAll } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { fakeWebServices, PLACE } from '../../../test/support/fake-web-services.ts'
import {
  runTerminalChat,
  type TerminalChatOptions,
  type TerminalQuestion,
} from './run-terminal-chat.ts'

const services = fakeWebServices()
const askedOn = Temporal.PlainDate.from('2026-11-21')
const ask: TerminalChatOptions['ask'] = (question, signal) =>
  services.ask({ id: 'x', from: 'chat', query: { ...question, askedOn } }, signal)

/** Runs a chat over typed lines and gives what was printed. */
async function chat(lines: string, options: Partial<TerminalChatOptions> & { tty?: boolean } = {}) {
  const { tty = false, ...rest } = options
  const input = Object.assign(new PassThrough(), { isTTY: tty })
  const output = Object.assign(new PassThrough(), { isTTY: tty, columns: 80 })
  const printed = readAll(output)
  const done = runTerminalChat({
    ask,
    resolvePlace: services.resolvePlace,
    isLedgerCommand: async (line) => line === '我的任务',
    input,
    output,
    colours: true,
    unionName: '云岭市总工会',
    exampleQuestions: services.exampleQuestions,
    ...rest,
  })
  input.end(lines)
  await done
  output.end()
  return printed
}

describe('runTerminalChat in a pipe', () => {
  it('prints the plain answers with a line between them, and nothing else', async () => {
    const printed = await chat('书屋要建几个\n\n天气怎样')

    expect(printed).toBe(
      `2026 年计划新建职工书屋 24 个。\n\n问本单位工会;没有工会的,打云岭市总工会电话 0870-12351(工作日 9:00—17:00)\n\n────────\n\n我只回答工会方面的问题,天气我不知道。\n`,
    )
  })

  it('carries the history, the place and the role on', async () => {
    const asked: TerminalQuestion[] = []
    const watching: TerminalChatOptions['ask'] = (question, signal) => {
      asked.push(question)
      return ask(question, signal)
    }
    await chat('书屋\n/地区 云岭\n/身份 干部\n2\n/新对话\n驿站\n', { ask: watching })

    expect(asked).toEqual([
      { question: '书屋', history: [], role: 'worker' },
      {
        question: '驿站什么时候开放?',
        history: ['书屋'],
        role: 'cadre',
        jurisdictionCode: PLACE.code,
      },
      { question: '驿站', history: [], role: 'cadre', jurisdictionCode: PLACE.code },
    ])
  })

  it('says what is wrong and goes on', async () => {
    const failing: TerminalChatOptions['ask'] = (question, signal) =>
      question.question === '坏' ? Promise.reject(new Error('secret')) : ask(question, signal)
    const printed = await chat('😀\n坏\n/地区 乌有乡\n/身份 皇帝\n/什么\n书屋\n', { ask: failing })

    expect(printed).toContain('没有看到文字')
    expect(printed).toContain('这个问题没有答成')
    expect(printed).not.toContain('secret')
    expect(printed).toContain('不认识地区「乌有乡」')
    expect(printed).toContain('身份可以是')
    expect(printed).toContain('没有命令「/什么」')
    expect(printed).toContain('24 个')
  })

  it('helps at 帮助, and says where the ledger is kept instead of looking it up', async () => {
    const asked: string[] = []
    const watching: TerminalChatOptions['ask'] = (question, signal) => {
      asked.push(question.question)
      return ask(question, signal)
    }
    const printed = await chat('帮助\n我的任务\n书屋\n', { ask: watching })

    expect(printed).toContain('/新对话')
    expect(printed).toContain('终端里只问答，不办任务。')
    expect(asked).toEqual(['书屋'])
  })

  it('stops at /退出 and leaves the rest unasked', async () => {
    expect(await chat('/退出\n书屋\n')).toBe('')
  })

  it('ends when nobody reads its output any more', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: false })
    const output = Object.assign(new PassThrough(), { isTTY: false })
    const done = runTerminalChat({
      ask,
      resolvePlace: services.resolvePlace,
      isLedgerCommand: async (line) => line === '我的任务',
      input,
      output,
      colours: false,
      unionName: '',
      exampleQuestions: [],
    })
    output.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))

    await expect(done).resolves.toBeUndefined()
  })
})

describe('runTerminalChat at a keyboard', () => {
  it('greets, prompts, colours the quoted words and says good-bye', async () => {
    const printed = await chat('书屋\n', { tty: true })

    expect(printed).toContain('云岭市总工会工会助手')
    expect(printed).toContain('\u001b[7m24个\u001b[0m')
    expect(printed).toContain('《云岭市总工会二〇二六年工作安排》 · 2026-01-16')
    expect(printed).toContain('还可以问')
    expect(printed).toContain('再见')
  })

  it('prints no colours when none are wanted', async () => {
    expect(await chat('书屋\n', { tty: true, colours: false })).not.toContain('\u001b[7m')
  })

  it('lets no escape sequence of a text act on the terminal', async () => {
    const hostile: TerminalChatOptions['ask'] = async (question, signal) => {
      const reply = await ask(question, signal)
      return { ...reply, answer: { ...reply.answer, summary: '\u001b]0;owned\u0007\u009b2J清屏' } }
    }

    expect(await chat('书屋\n', { tty: true, ask: hostile })).not.toMatch(/\u001b\]0|\u0007|\u009b/)
  })

  it('stops the answer under way at Ctrl-C and leaves at the next one', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} })
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 })
    const printed = readAll(output)
    const waiting: TerminalChatOptions['ask'] = (_question, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('aborted'))
          setImmediate(() => input.write('\u0003'))
        })
        setImmediate(() => input.write('\u0003'))
      })
    const done = runTerminalChat({
      ask: waiting,
      resolvePlace: services.resolvePlace,
      isLedgerCommand: async (line) => line === '我的任务',
      input,
      output,
      colours: true,
      unionName: '',
      exampleQuestions: [],
    })
    input.write('书屋\n')
    await done
    output.end()

    expect(await printed).toMatch(/已停止。[\s\S]*再见/)
  })
})
