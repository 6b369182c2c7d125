/** Changed terms of a task: put off (延到下周五, 延期一周), left alone for a while, handed on. */
import type { DateContext, DateExpression } from '../text/dates/expression.ts'
import { parseDates } from '../text/dates/parse-dates.ts'
import { parseLength } from '../text/dates/parse-length.ts'
import { type Command, subjectOf } from './command.ts'

const EXTEND =
  /^(?<subject>.*?)(?:申请|请求|要求|要|请|再)?(?:延期|延长|延后|推迟|顺延|宽限|延)(?:到|至|为)?(?<rest>.+)$/u
const AGAIN = /^(?<head>.*?)(?:以?后|之后)?再提醒(?:我们|我|一下我|一下)?(?<tail>.*)$/u
const LATER = /^(?:晚点|晚些|稍后|回头|过会儿?|待会儿?|改天)(?:提醒(?:我|一下)?)?$/u
const NOT_NOW =
  /^(?:先|暂时)?(?:别|不要|不用)提醒(?:我)?(?<subject>[^,]*)(?:,(?<rest>.+?)(?:再说|再提醒.*)?)?$/u
const TRANSFER =
  /^(?:把|将)?(?<subject>.*?)(?:转给|转交给|转交|移交给|移交|转办给|交给|改由|派给|分给|指派给)\s*(?<to>[^,。]{2,20}?)(?:来)?(?:办理|负责|处理|承办|跟进|办|做|管)?$/u
const SHY_TRANSFER =
  /^(?:把|将)?(?<subject>.{2,12}?)(?:(?:让|由)(?<to>[^,。]{2,12}?)(?:来)?(?:办理|负责|处理|承办|跟进|来办)|转(?!型|变|岗|正|账|移|为)(?<next>[^,。]{2,8}))$/u

/** 能不能延到10月底, 可以转给李明吗: a polite wish with a day or a name is a wish. */
const POLITE = /(?:能不能|可不可以|能否|可否|可以)(?=再?(?:延|推迟|顺延|宽限|转|交给))/u
const POLITE_END = /(?:行不行|行吗|好吗|可以吗|吗|么|吧)?[?]?$/u

export function parseTerms(text: string, context: DateContext): Command | undefined {
  return parseSnooze(text, context) ?? parseExtension(text, context) ?? parseTransfer(text)
}

/** The same, asked politely; only with a day, a length or a name, for questions sound alike. */
export function parsePoliteTerms(text: string, context: DateContext): Command | undefined {
  if (!POLITE.test(text)) return undefined
  const plain = text.replace(POLITE, '').replace(POLITE_END, '')
  const command = parseExtension(plain, context) ?? parseTransfer(plain)
  if (command?.kind === 'transfer') return { ...command, isShy: true }
  const hasTerms = command?.kind === 'extend' && (command.date ?? command.by) !== undefined
  return hasTerms ? { ...command, isShy: true } : undefined
}

function parseExtension(text: string, context: DateContext): Command | undefined {
  const extend = EXTEND.exec(text)?.groups
  if (!extend) return undefined
  const { subject = '', rest = '' } = extend
  const by = parseLength(rest, 0)
  const isLength = by !== undefined && by.end === rest.trimEnd().length
  const terms = isLength ? { by: by.value } : dateIn(rest, context)
  return { kind: 'extend', subject: subjectOf(subject), ...terms }
}

/** 书屋明天再提醒, 过三天再提醒我驿站总结, 先别提醒书屋,月底再说. */
function parseSnooze(text: string, context: DateContext): Command | undefined {
  const notNow = NOT_NOW.exec(text)?.groups
  if (notNow) {
    const { subject = '', rest = '' } = notNow
    return { kind: 'snooze', subject: subjectOf(subject), ...dateIn(rest, context) }
  }
  if (LATER.test(text)) return { kind: 'snooze', subject: '' }
  const again = AGAIN.exec(text)?.groups
  if (!again) return undefined
  const { head = '', tail = '' } = again
  const [date] = parseDates(head, context)
  const named = date
    ? head.slice(0, date.offset)
    : head.replace(/(?:晚点|晚些|稍后|回头|改天)$/u, '')
  const length = date ? undefined : /(?:过|等)(?<length>[^过等]{2,6})$/u.exec(named)
  const later = length?.groups?.['length']
  const subject = subjectOf((length ? named.slice(0, length.index) : named) || tail)
  if (later === undefined) return { kind: 'snooze', subject, ...(date && { date }) }
  return { kind: 'snooze', subject, ...dateIn(`${later}后`, context) }
}

function parseTransfer(text: string): Command | undefined {
  const plain = TRANSFER.exec(text)?.groups
  if (plain) {
    const { subject = '', to = '' } = plain
    return { kind: 'transfer', subject: subjectOf(subject), to: to.trim() }
  }
  const shy = SHY_TRANSFER.exec(text)?.groups
  if (!shy) return undefined
  const to = (shy['to'] ?? shy['next'] ?? '').trim()
  return { kind: 'transfer', subject: subjectOf(shy['subject'] ?? ''), to, isShy: true }
}

function dateIn(text: string, context: DateContext): { readonly date?: DateExpression } {
  const [date] = parseDates(text, context)
  return date ? { date } : {}
}
