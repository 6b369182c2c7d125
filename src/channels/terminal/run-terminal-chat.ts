/**
 * The chat in a terminal. At a keyboard: a prompt, colours, line history. In a pipe: one question a
 * line, the plain answers with a line between them, nothing else, so that other programs can read it.
 */
import { createInterface, type Interface } from 'node:readline'
import type { Answer } from '../../domain/answer.ts'
import type { Jurisdiction } from '../../domain/jurisdiction.ts'
import type { Role } from '../../domain/person.ts'
import { BadInputError, BotError } from '../../errors.ts'
import { cleanQuestion } from '../../text/clean-question.ts'
import { disarm, type Paint, paintWith, renderTerminal } from './render-terminal.ts'
import { LEDGER_ELSEWHERE, newSession, readLine, type TerminalSession } from './terminal-session.ts'

export interface TerminalQuestion {
  readonly question: string
  readonly history: readonly string[]
  readonly role: Role
  readonly jurisdictionCode?: string
}

export interface TerminalChatOptions {
  ask(
    question: TerminalQuestion,
    signal: AbortSignal,
  ): Promise<{ readonly answer: Answer; readonly text: string }>
  resolvePlace(description: string): Jurisdiction | undefined
  /** Whether a line is for the ledger (我的任务): that is kept elsewhere, and is said so. */
  isLedgerCommand(line: string): Promise<boolean>
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean }
  /** False when the environment asks for none (NO_COLOR); without a terminal there are none anyway. */
  readonly colours: boolean
  readonly unionName: string
  readonly exampleQuestions: readonly string[]
}

/** Earlier questions kept for follow-ups. */
const MOST_HISTORY = 20
/** Between two answers in a pipe. */
const SEPARATOR = '────────'

/** Resolves when the person leaves (/退出, Ctrl-D, Ctrl-C at the prompt) or the input or output ends. */
export async function runTerminalChat(options: TerminalChatOptions): Promise<void> {
  const { input, output } = options
  const atKeyboard = input.isTTY === true && output.isTTY === true
  const paint = paintWith(atKeyboard && options.colours)
  const lines = createInterface({
    input,
    ...(atKeyboard && { output, prompt: `${paint('red', '问')} ` }),
    terminal: atKeyboard,
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  const chat: Chat = { options, paint, lines, atKeyboard, underWay: undefined, answered: 0 }
  lines.on('SIGINT', () => interrupt(chat))
  const onOutputGone = () => lines.close() // `… | head`: nobody reads any more.
  output.on('error', onOutputGone)
  if (atKeyboard) output.write(`${greeting(options, paint)}\n\n`)
  await converse(chat)
  output.off('error', onOutputGone)
  if (atKeyboard) output.write(`${paint('dim', '再见')}\n`)
}

interface Chat {
  readonly options: TerminalChatOptions
  readonly paint: Paint
  readonly lines: Interface
  readonly atKeyboard: boolean
  underWay: AbortController | undefined
  answered: number
}

async function converse(chat: Chat): Promise<void> {
  let session = newSession
  if (chat.atKeyboard) chat.lines.prompt()
  for await (const line of chat.lines) {
    const meaning = readLine(line, session, chat.options.resolvePlace)
    if (meaning.kind === 'quit') break
    if (meaning.kind === 'said') {
      session = meaning.session
      say(chat, meaning.text)
    }
    if (meaning.kind === 'question') session = await reply(chat, meaning.question, session)
    if (chat.atKeyboard) chat.lines.prompt()
  }
  chat.lines.close()
}

async function reply(chat: Chat, typed: string, session: TerminalSession) {
  if (!(await chat.options.isLedgerCommand(typed))) return answer(chat, typed, session)
  say(chat, LEDGER_ELSEWHERE)
  return session
}

/** Asks and shows; a failure is shown too and the chat goes on. */
async function answer(
  chat: Chat,
  typed: string,
  session: TerminalSession,
): Promise<TerminalSession> {
  const { options, paint, atKeyboard } = chat
  const underWay = new AbortController()
  chat.underWay = underWay
  try {
    const question = cleanQuestion(typed)
    const { history, role, place } = session
    const asked = { question, history, role, ...(place && { jurisdictionCode: place.code }) }
    const reply = await options.ask(asked, underWay.signal)
    say(chat, atKeyboard ? renderTerminal(reply.answer, paint) : disarm(reply.text))
    const { suggestions } = reply.answer
    return { ...session, suggestions, history: [...history, question].slice(-MOST_HISTORY) }
  } catch (error) {
    say(chat, underWay.signal.aborted ? '已停止。' : failureText(error))
    return session
  } finally {
    chat.underWay = undefined
  }
}

function say(chat: Chat, text: string): void {
  const { output } = chat.options
  if (chat.atKeyboard) output.write(`\n${text}\n\n`)
  else output.write(chat.answered > 0 ? `\n${SEPARATOR}\n\n${text}\n` : `${text}\n`)
  chat.answered += 1
}

/** Ctrl-C stops the answer under way; at the prompt it leaves. */
function interrupt(chat: Chat): void {
  if (chat.underWay) chat.underWay.abort()
  else chat.lines.close()
}

function failureText(error: unknown): string {
  if (error instanceof BadInputError) return error.message
  const code = error instanceof BotError ? `（${error.code}）` : ''
  return `这个问题没有答成${code}，请稍后再试；一直这样请运行 doctor 检查。`
}

function greeting({ unionName, exampleQuestions }: TerminalChatOptions, paint: Paint): string {
  const examples = exampleQuestions.slice(0, 3).map((text) => `  ${disarm(text)}`)
  const lines = [
    `${paint('bold', '娘家人')} · ${unionName}工会助手`,
    paint('dim', '我只按工会的文件回答，每一句都给出处。输入 /帮助 看命令，Ctrl-D 退出。'),
    ...(examples.length > 0 ? ['可以这样问：', ...examples] : []),
  ]
  return lines.join('\n')
}
