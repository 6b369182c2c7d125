/**
 * Reads what somebody wants done to the ledger out of a sentence: 「书屋已建12个」「延到下周五」.
 *
 * Pure and shy: a question, a long text or an unclear one is no command and goes on to be answered.
 * What is understood is still only a proposal; run-command.ts finds the task and asks for 「是」.
 */

import type { DateContext } from '../text/dates/expression.ts'
import { type Command, subjectOf } from './command.ts'
import { parseAnswer } from './parse-answer.ts'
import { parseReminder } from './parse-reminder.ts'
import { parseReport } from './parse-report.ts'
import { parsePoliteTerms, parseTerms } from './parse-terms.ts'

/** Longer texts are questions, stories or documents. UTF-16 units. */
const LONGEST_COMMAND = 60

const QUESTION =
  /[?]|吗$|呢$|多少|(?<![十百千])几[个名户家人次件条场]|怎么|怎样|什么|哪|如何|是否|有没有|能不能|可以/
const PROGRESS =
  /^(?<subject>.{2,20}?)(?:的)?(?:进度|进展|完成情况|(?:建|办|搞|做|弄|推进|开展|进行|落实|准备)得(?:怎么样|怎样|咋样|如何)|到哪一?步|落实情况)(?:了|如何|怎么样|怎样|情况)?$/
const MY_TASKS =
  /^(?:查|看|列出|查看|看看|列一下)?(?:一下)?我(?:们)?(?:这边|这里|手上|手头|名下)?(?:的|还|现在)?(?:都)?(?:有)?(?:哪些|什么|啥)?(?:在办|没办|要办|未完成|没完成)?的?(?:任务|事项|待办|台账|活儿?|事(?:没办|要办)?)(?:清单|列表)?$|^(?:我的)?待办(?:事项|清单)?$/
const ALL_TASKS = /^(?:全部|所有|各项|我的)?(?:任务|事项|工作)$/
const REVIEW = /^(?:核对|审核|待审|待核对)(?:的)?(?:任务|事项)$/

export function parseCommand(raw: string, context: DateContext): Command | undefined {
  const text = withPlainMarks(raw.trim())
    .replace(/[。.!~,;]+$/u, '')
    .replace(/\s+/gu, ' ')
  if (text === '' || text.length > LONGEST_COMMAND) return undefined
  const answer = parseAnswer(text)
  if (answer) return answer
  if (MY_TASKS.test(text.replace(/[?]$/u, ''))) return { kind: 'my-tasks' }
  if (REVIEW.test(text)) return { kind: 'review' }
  const progress = PROGRESS.exec(text.replace(/[?]$/u, ''))?.groups?.['subject']?.trim()
  if (progress !== undefined) {
    return ALL_TASKS.test(progress)
      ? { kind: 'my-tasks' }
      : { kind: 'progress-of', subject: progress }
  }
  const wish = parsePoliteTerms(text, context)
  if (wish) return wish
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

const DONE =
  /^(?:完成|办结|办完|已完成|搞定)了?\s*(?<after>.*)$|^(?<before>.+?)(?:已经|已|全部|都)?(?:完成了?|办结了?|搞定了?|(?:办|做|弄|建|搞|报|交|送|发)(?:完|好)了?|(?:提交|上报|报送|上交|交|报|发)(?:上去|出去|过去)?了)$/u
const ACCEPT =
  /^(?:签收|接收|收到|知道了|领办)\s*(?<after>.*)$|^(?<before>.+?)(?:签收|收到|领办|我来办|我接|我领)了?$/u
const CANCEL =
  /^(?:取消|撤销|不(?:用|要)?(?:办|做|搞)了?)\s*(?<after>.+?)了?$|^(?<before>.+?)(?:不(?:用|要)?(?:办|做|搞)了|作废|取消|撤销)(?:了|吧)?$/u

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
