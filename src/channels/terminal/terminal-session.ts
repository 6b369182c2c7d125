/** What a terminal chat remembers between lines, and the commands that change it. */
import type { Jurisdiction } from '../../domain/jurisdiction.ts'
import { ROLES, type Role } from '../../domain/person.ts'

export interface TerminalSession {
  readonly role: Role
  readonly place?: Jurisdiction
  /** Earlier questions, oldest first. */
  readonly history: readonly string[]
  /** What the last answer offered to ask next; a bare number picks one. */
  readonly suggestions: readonly string[]
}

export const newSession: TerminalSession = { role: 'worker', history: [], suggestions: [] }

export const HELP = [
  '直接输入问题，回车发送。',
  '/地区 甘肃平凉   换到这个地区提问；不写地区就取消',
  `/身份 干部       以职工、会员、干部或管理员的身份提问`,
  '/新对话          忘掉前面的问题',
  '/帮助            看这段说明',
  '/退出            结束（也可以按 Ctrl-D）',
  '这里只问答。「我的任务」、报进度、办结这些，请在飞书或微信里跟机器人说，或在管理页面的「任务台账」里、用 npm run bot -- tasks 办。',
].join('\n')

/** What is meant for the ledger has no speaker here whom the ledger knows. */
export const LEDGER_ELSEWHERE =
  '终端里只问答，不办任务。请在飞书或微信里跟机器人说，或在管理页面的「任务台账」里、用 npm run bot -- tasks 办。'

/** What a line asks for. */
export type LineMeaning =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'question'; readonly question: string }
  | { readonly kind: 'quit' }
  | { readonly kind: 'said'; readonly text: string; readonly session: TerminalSession }

const ROLE_WORDS: Readonly<Record<string, Role>> = {
  职工: 'worker',
  工人: 'worker',
  会员: 'member',
  干部: 'cadre',
  工会干部: 'cadre',
  管理员: 'admin',
}

/** Reads one line: a command begins with a slash (half or full width), a bare number picks a suggestion. */
export function readLine(
  line: string,
  session: TerminalSession,
  resolvePlace: (description: string) => Jurisdiction | undefined,
): LineMeaning {
  const text = line.trim()
  if (text === '') return { kind: 'nothing' }
  const [, name, argument = ''] = text.match(/^[/／](\S*)\s*(.*)$/su) ?? []
  if (name !== undefined)
    return runCommand({ name, argument: argument.trim() }, session, resolvePlace)
  if (/^(?:帮助|help|使用说明)$/iu.test(text)) return { kind: 'said', text: HELP, session }
  const picked = /^[1-9]$/.test(text) ? session.suggestions[Number(text) - 1] : undefined
  return { kind: 'question', question: picked ?? text }
}

function runCommand(
  { name, argument }: { name: string; argument: string },
  session: TerminalSession,
  resolvePlace: (description: string) => Jurisdiction | undefined,
): LineMeaning {
  const say = (text: string, changed = session): LineMeaning => ({
    kind: 'said',
    text,
    session: changed,
  })
  switch (name.toLowerCase()) {
    case '退出':
    case 'quit':
    case 'exit':
    case 'q':
      return { kind: 'quit' }
    case '帮助':
    case 'help':
      return say(HELP)
    case '新对话':
    case 'new':
      return say('好，从头开始。', { ...session, history: [], suggestions: [] })
    case '地区':
    case 'region':
      return changePlace(argument, session, resolvePlace)
    case '身份':
    case 'role':
      return changeRole(argument, session)
    default:
      return say(`没有命令「/${name}」。输入 /帮助 看有哪些命令`)
  }
}

function changePlace(
  argument: string,
  { place: _place, ...session }: TerminalSession,
  resolvePlace: (description: string) => Jurisdiction | undefined,
): LineMeaning {
  if (argument === '') return { kind: 'said', text: '好，不限地区。', session }
  const place = resolvePlace(argument)
  if (place)
    return { kind: 'said', text: `好，按「${place.name}」来回答。`, session: { ...session, place } }
  const text = `不认识地区「${argument}」，请写省市县的名称（如 甘肃平凉）或六位区划代码`
  return { kind: 'said', text, session: _place ? { ...session, place: _place } : session }
}

function changeRole(argument: string, session: TerminalSession): LineMeaning {
  const role = ROLE_WORDS[argument] ?? ROLES.find((known) => known === argument)
  const text = role
    ? `好，以「${argument}」的身份回答。`
    : '身份可以是：职工、会员、干部、管理员。例如 /身份 干部'
  return { kind: 'said', text, session: role ? { ...session, role } : session }
}
