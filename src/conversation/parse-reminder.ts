/** A new task for whoever says it: 提醒我下周五前交驿站总结, 下周五提醒我交总结, 每月5日前报经费. */
import type { DateContext, DateExpression } from '../text/dates/expression.ts'
import { parseDates } from '../text/dates/parse-dates.ts'
import type { Command } from './command.ts'

const ASKED =
  /^(?:请|帮我|麻烦|记得|到时候?)*(?:提醒(?:我们|我|一下我|一下)?|(?:记一下|记一笔|记个事|记下来?|(?:设|加|建|添加)(?:一)?个(?:提醒|待办|任务)|新(?:建|增)任务))[,:\s]*(?<rest>.+)$/u
/** 到9月15号提醒我报名单; not 明天再提醒我. */
const DATED =
  /^(?:到|在|等到)?(?<when>[^,]{2,16}?)(?:的时候|时)?(?:请|记得)?提醒(?:我们|我|一下我)(?<rest>.+)$/u
const RECURRING = /^(?:每|逢)/u
const ASIDE = /^(?:都|要|请|记得|提醒(?:我们|我)?)+/u

export function parseReminder(text: string, context: DateContext): Command | undefined {
  if (/再提醒/u.test(text)) return undefined
  const asked = ASKED.exec(text)?.groups?.['rest']
  if (asked !== undefined) return reminderIn(asked, context)
  if (RECURRING.test(text)) return reminderIn(text, context, true)
  const dated = DATED.exec(text)?.groups
  if (!dated) return undefined
  const { when = '', rest = '' } = dated
  const [date] = parseDates(when, context)
  const isAll = date !== undefined && date.offset + date.text.length >= when.length
  return isAll && date.offset <= 1 ? reminderIn(`${when}${rest}`, context) : undefined
}

function reminderIn(text: string, context: DateContext, recurs = false): Command | undefined {
  const [date, ...others] = parseDates(text, context)
  if (!date || others.length > 0) return undefined
  if (recurs && date.value.kind !== 'recur') return undefined
  const title = `${hourOf(date)}${titleAround(text, date)}`
  return title === hourOf(date) ? undefined : { kind: 'remind', title, date }
}

/** 明天上午9点开会 is to be thought of all day; the hour is part of what it is. */
function hourOf({ value }: DateExpression): string {
  if (value.kind !== 'datetime') return ''
  return `${value.at.hour}:${String(value.at.minute).padStart(2, '0')}`
}

function titleAround(text: string, { offset, text: words }: DateExpression): string {
  const before = text.slice(0, offset)
  const after = text.slice(offset + words.length)
  return `${before}${after.replace(/^[,:\s]+/u, '').replace(ASIDE, '')}`
    .replace(/^(?:在|于|要|去|把|,|:|\s)+/u, '')
    .replace(/(?:,|\s)+$/u, '')
    .trim()
}
