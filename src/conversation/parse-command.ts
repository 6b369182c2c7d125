/**
 * Reads what somebody wants done to the ledger out of a sentence: 「书屋已建12个」「延到下周五」.
 *
 * Pure and shy: a question, a long text or an unclear one is no command and goes on to be answered.
 * What is understood is still only a proposal; run-command.ts finds the task and asks for 「是」.
 */

import type { DateContext, DateExpression } from '../text/dates/expression.ts'
import { parseDates } from '../text/dates/parse-dates.ts'
import { findQuantities, parseNumber } from '../text/parse-number.ts'

export type Command =
  | { readonly kind: 'my-tasks' }
  /** 「核对任务」: those that nobody has confirmed yet. */
  | { readonly kind: 'review' }
  | { readonly kind: 'progress-of'; readonly subject: string }
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  /** 「2」「选2」: an answer to a numbered question. */
  | { readonly kind: 'choose'; readonly index: number }
  /** `subject` is empty when the sentence names none: the task last spoken of is meant. */
  | {
      readonly kind: 'report'
      readonly subject: string
      readonly value: number
      readonly unit: string
      /** 又建了3个: added to the last figure. */
      readonly added: boolean
    }
  | { readonly kind: 'complete' | 'accept' | 'cancel'; readonly subject: string }
  | { readonly kind: 'extend'; readonly subject: string; readonly date?: DateExpression }
  | { readonly kind: 'snooze'; readonly subject: string; readonly date?: DateExpression }
  | { readonly kind: 'transfer'; readonly subject: string; readonly to: string }
  | { readonly kind: 'remark'; readonly subject: string; readonly note: string }
  | { readonly kind: 'split'; readonly subject: string; readonly parts: readonly string[] }
  | { readonly kind: 'remind'; readonly title: string; readonly date: DateExpression }

/** Longer texts are questions, stories or documents. UTF-16 units. */
const LONGEST_COMMAND = 60
/** A figure without any word of reporting is taken as a report only in a text this short. */
const LONGEST_BARE_REPORT = 16

const QUESTION =
  /[?]|吗$|呢$|多少|几[个名户家人次件条场]|怎么|怎样|什么|哪|如何|是否|有没有|能不能|可以/
const PROGRESS =
  /^(?<subject>.{2,20}?)(?:的)?(?:进度|进展|完成情况|办得怎么样|办得怎样|到哪一步|落实情况)(?:了|如何|怎么样|怎样|情况)?$/
const MY_TASKS =
  /^(?:查|看|列出|查看)?(?:一下)?我(?:的|有哪些|有什么|手上的)(?:任务|事项|待办|台账|活)$|^待办$/
const REVIEW = /^(?:核对|审核|待审|待核对)(?:的)?(?:任务|事项)$/
const YES = /^(?:是|是的|对|对的|确认|确定|好|好的|没错|可以|嗯|保存|yes|y|ok)$/i
const NO = /^(?:不|不是|不对|不用|算了|取消|错了|否|别|no|n)$/i
const CHOOSE = /^(?:选|第)?(?<index>[一二三四五六七八九1-9])(?:个|条|件|项)?$/

export function parseCommand(raw: string, context: DateContext): Command | undefined {
  const text = withPlainMarks(raw.trim())
    .replace(/[。.!~,;]+$/u, '')
    .replace(/\s+/gu, ' ')
  if (text === '' || text.length > LONGEST_COMMAND) return undefined
  const answer = parseAnswer(text)
  if (answer) return answer
  if (MY_TASKS.test(text)) return { kind: 'my-tasks' }
  if (REVIEW.test(text)) return { kind: 'review' }
  const progress = PROGRESS.exec(text.replace(/[?]$/u, ''))?.groups?.['subject']
  if (progress !== undefined) return { kind: 'progress-of', subject: progress.trim() }
  if (QUESTION.test(text)) return undefined
  return (
    parseReminder(text, context) ??
    parseTerms(text, context) ??
    parseNote(text) ??
    parseReport(text) ??
    parseDone(text)
  )
}

/** Marks of the full-width set become those of the half-width one; every offset stays. */
function withPlainMarks(text: string): string {
  return text.replace(/[\uff0c\uff1a\uff1b\uff1f\uff01]/gu, (mark) => mark.normalize('NFKC'))
}

function parseAnswer(text: string): Command | undefined {
  if (YES.test(text)) return { kind: 'yes' }
  if (NO.test(text)) return { kind: 'no' }
  const index = CHOOSE.exec(text)?.groups?.['index']
  return index === undefined ? undefined : { kind: 'choose', index: parseNumber(index) ?? 0 }
}

/** 提醒我下周五前交驿站总结; 每月5日前报经费. */
function parseReminder(text: string, context: DateContext): Command | undefined {
  const asked = /^(?:请|帮我|麻烦)?提醒(?:我|一下我|我们)?(?<rest>.+)$/u.exec(text)?.groups?.[
    'rest'
  ]
  const recurring = asked === undefined && /^(?:每|逢)/u.test(text)
  const rest = asked ?? (recurring ? text : undefined)
  if (rest === undefined) return undefined
  const [date, ...others] = parseDates(rest, context)
  if (!date || others.length > 0) return undefined
  if (recurring && date.value.kind !== 'recur') return undefined
  const title = titleAround(rest, date)
  return title === '' ? undefined : { kind: 'remind', title, date }
}

function titleAround(text: string, { offset, text: words }: DateExpression): string {
  const before = text.slice(0, offset)
  const after = text.slice(offset + words.length)
  return `${before}${after}`
    .replace(/^(?:在|于|要|去|把|,|:|\s)+/u, '')
    .replace(/(?:,|\s)+$/u, '')
    .trim()
}

const EXTEND =
  /^(?<subject>.*?)(?:申请|请求|要|请)?(?:延期|延长|延后|推迟|顺延|延)(?:到|至|为)?(?<rest>.+)$/u
const SNOOZE =
  /^(?<subject>.*?)(?:过|等)?(?<rest>[^,]{1,12}?)(?:再|后再|之后再)提醒(?:我)?$|^稍后提醒(?:我)?$/u
const TRANSFER =
  /^(?:把|将)?(?<subject>.*?)(?:转给|转交给|转交|移交给|移交|转办给|交给|改由)\s*(?<to>[^,。]{2,20}?)(?:办理|负责|处理|承办)?$/u

function parseTerms(text: string, context: DateContext): Command | undefined {
  const snooze = SNOOZE.exec(text)
  if (snooze) {
    const { subject = '', rest = '' } = snooze.groups ?? {}
    return { kind: 'snooze', subject: subjectOf(subject), ...dateIn(rest, context) }
  }
  const extend = EXTEND.exec(text)?.groups
  if (extend) {
    const { subject = '', rest = '' } = extend
    return { kind: 'extend', subject: subjectOf(subject), ...dateIn(rest, context) }
  }
  const transfer = TRANSFER.exec(text)?.groups
  if (!transfer) return undefined
  const { subject = '', to = '' } = transfer
  return { kind: 'transfer', subject: subjectOf(subject), to: to.trim() }
}

function dateIn(text: string, context: DateContext): { readonly date?: DateExpression } {
  const [date] = parseDates(text, context)
  return date ? { date } : {}
}

function parseNote(text: string): Command | undefined {
  const remark = /^(?:反馈|备注|说明)\s*(?<subject>[^:]{0,20})[:](?<note>.+)$/u.exec(text)?.groups
  if (remark) {
    const { subject = '', note = '' } = remark
    return { kind: 'remark', subject: subjectOf(subject), note: note.trim() }
  }
  const split = /^(?:把|将)?拆分\s*(?<subject>[^:]{1,20})[:](?<parts>.+)$/u.exec(text)?.groups
  if (!split) return undefined
  const parts = (split['parts'] ?? '').split(/[、,;]/u).map((part) => part.trim())
  return { kind: 'split', subject: subjectOf(split['subject'] ?? ''), parts: parts.filter(Boolean) }
}

const REPORTING = /已经?|累计|目前|现在|截至|又|再|新增|达到?|完成|建成|办结|发放|了/u
const ADDED = /(?:又|再|新增|另外)[^\d]{0,6}$/u
/** Words between the subject and its figure that are not part of the subject. */
const VERBS =
  /(?:[,:\s]|已经|已|目前|现在|累计|共计|共|总共|一共|又|再|新增|另外|约|大约|完成了?|建成了?|建好了?|建了|新建了?|建|办了|办|开展了?|组织了?|举办了?|培训了?|救助了?|帮扶了?|慰问了?|发放了?|走访了?|达到了?|达|到|有|是|为|了|进度)+$/u

function parseReport(text: string): Command | undefined {
  const figures = findQuantities(text).filter(
    ({ inWords, start, end }) => !inWords || end - start > 0,
  )
  const figure = figures.at(-1)
  if (!figure || figures.length > 1) return undefined
  const before = text.slice(0, figure.start)
  const after = text.slice(figure.end).trim().replace(/了$/u, '')
  const unit = figure.isPercent ? '%' : after
  if (figure.isPercent ? after !== '' : !/^\p{Script=Han}{0,3}$/u.test(after)) return undefined
  if (before !== '' && !REPORTING.test(before) && text.length > LONGEST_BARE_REPORT)
    return undefined
  if (before === '' && unit === '' && figure.inWords) return undefined
  const added = ADDED.test(before)
  return {
    kind: 'report',
    subject: subjectOf(before.replace(VERBS, '')),
    value: figure.value,
    unit,
    added,
  }
}

const DONE =
  /^(?:完成|办结|办完|已完成|搞定)了?\s*(?<after>.*)$|^(?<before>.+?)(?:已经|已|全部|都)?(?:完成|办结|办完|办好|做完|搞定)了?$/u
const ACCEPT = /^(?:签收|接收|收到|知道了|领办)\s*(?<after>.*)$/u
const CANCEL = /^(?:取消|撤销|不办了?)\s*(?<after>.+)$/u

function parseDone(text: string): Command | undefined {
  for (const [kind, pattern] of [
    ['cancel', CANCEL],
    ['accept', ACCEPT],
    ['complete', DONE],
  ] as const) {
    const groups = pattern.exec(text)?.groups
    if (groups) return { kind, subject: subjectOf(groups['after'] ?? groups['before'] ?? '') }
  }
  return undefined
}

function subjectOf(text: string): string {
  return text
    .replace(/^(?:请|把|将|帮我|麻烦|关于)+/u, '')
    .replace(/(?:的)?(?:任务|事项|这件事|那件事|工作|一事|截止|时限|期限)?[\s,:]*$/u, '')
    .replace(/[「」“”"《》]/gu, '')
    .trim()
}
