/**
 * Deadlines as a calendar (RFC 5545): one to-do and one event a task that has a day.
 *
 * A limit is a day, so the event is an all-day date, which no time zone can move; stamps and alarms are
 * instants with Z. Lines are folded at 75 bytes of UTF-8, never inside a character.
 */
import { isOpen, type Task } from '../domain/task.ts'
import { sayDeadline, sayFigure } from './describe-task.ts'

export interface IcsContext {
  readonly now: Temporal.Instant
  readonly timeZone: string
  readonly unionName: string
}

/** 09:00 of the day before, like the ladder's T-1. */
const ALARM_HOUR = 9
const LINE_BYTES = 75

export function exportIcs(tasks: readonly Task[], context: IcsContext): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//niangjiaren//tasks//ZH',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escapeText(`${context.unionName}事项`)}`,
    ...tasks.filter(isOpen).flatMap((task) => eventOf(task, context)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

function eventOf(task: Task, { now, timeZone }: IcsContext): readonly string[] {
  const dueOn = task.deadline?.dueOn
  if (!dueOn) return []
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  const alarmAt = dueOn
    .subtract({ days: 1 })
    .toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(ALARM_HOUR) })
    .toInstant()
  const about = [sayDeadline(task, today), sayFigure(task), task.source?.quote]
  return [
    'BEGIN:VEVENT',
    `UID:${task.id}@niangjiaren`,
    `DTSTAMP:${instant(now)}`,
    `SEQUENCE:${task.revision}`,
    `DTSTART;VALUE=DATE:${date(dueOn)}`,
    `DTEND;VALUE=DATE:${date(dueOn.add({ days: 1 }))}`,
    `SUMMARY:${escapeText(`${task.title}到期`)}`,
    `DESCRIPTION:${escapeText(about.filter(Boolean).join('\n'))}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escapeText(task.title)}`,
    `TRIGGER;VALUE=DATE-TIME:${instant(alarmAt)}`,
    'END:VALARM',
    'END:VEVENT',
  ]
}

const date = (day: Temporal.PlainDate) => day.toString().replaceAll('-', '')

function instant(at: Temporal.Instant): string {
  return at.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/gu, '')
}

function escapeText(text: string): string {
  return text
    .replaceAll(/[\\;,]/gu, (mark) => `\\${mark}`)
    .replaceAll(/\r\n|\r|\n/gu, '\\n')
    .replaceAll(/\p{Cc}/gu, '')
}

/** Continuation lines begin with a space, which counts. */
function fold(line: string): string {
  const folded: string[] = []
  let current = ''
  for (const character of line) {
    if (Buffer.byteLength(current) + Buffer.byteLength(character) > LINE_BYTES) {
      folded.push(current)
      current = ' '
    }
    current += character
  }
  return [...folded, current].join('\r\n')
}
