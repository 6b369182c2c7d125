import { describe, expect, it } from 'vitest'
import { buildTask } from '../../test/support/build-task.ts'
import type { TaskFilter } from '../storage/task-store.ts'
import { workCalendar } from '../text/working-days.ts'
import { isLedgerCommand } from './is-ledger-command.ts'

const tasks = {
  find: async ({ words = [] }: TaskFilter) =>
    [buildTask()].filter(({ title }) => words.every((word) => title.includes(word))),
}
const dateContext = {
  ref: Temporal.PlainDateTime.from('2026-11-21T09:00'),
  calendar: workCalendar([]),
}
const isForLedger = (text: string) => isLedgerCommand(text, { tasks, dateContext })

describe('isLedgerCommand', () => {
  it.each([
    '我的任务',
    '核对任务',
    '提醒我下周五前交驿站总结',
    '书屋已建12个',
    '完成 书屋',
    '书屋延到下周五',
  ])('is so for 「%s」', async (text) => expect(await isForLedger(text)).toBe(true))

  it.each(['职工书屋要建多少个？', '八件实事进度', '取消考试', '好的', '2', '医疗互助'])(
    'is not so for 「%s」',
    async (text) => expect(await isForLedger(text)).toBe(false),
  )
})
