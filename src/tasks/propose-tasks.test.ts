import { afterEach, beforeEach, expect, it } from 'vitest'
import { documentVersion } from '../../test/support/fake-web-services.ts'
import type { TaskProposal } from '../domain/task.ts'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import { type ProposingVersion, proposeTasks } from './propose-tasks.ts'
import { recordChange } from './record-change.ts'

const base = documentVersion()
const at = Temporal.Instant.from('2026-01-20T02:00:00Z')
const today = Temporal.PlainDate.from('2026-01-20')

let store: Store
beforeEach(async () => {
  store = await openStore({})
})
afterEach(() => store.close())

function proposal(quote: string): TaskProposal {
  const start = base.text.indexOf(quote)
  return { title: quote, span: { start, end: start + quote.length }, quote }
}
const version = (...quotes: string[]): ProposingVersion => {
  const [first] = quotes.map(proposal)
  const span = first?.span ?? { start: 0, end: 1 }
  const items = [{ ordinal: 1, span, text: '' }]
  return {
    ...base,
    proposals: quotes.map(proposal),
    lists: [{ title: '几件事', aliases: [], span, items }],
  }
}
const ledger = () => ({ store, onScheduleChanged: async () => {} })
const propose = (of: ProposingVersion) => proposeTasks(of, { at, today, ledger: ledger() })

it('puts each task before a cadre as a draft, with its sentence and its place in the list', async () => {
  const [task] = await propose(version('新建职工书屋24个', '办理互助保障'))

  expect(task).toMatchObject({
    status: 'draft',
    assignees: [],
    startsOn: Temporal.PlainDate.from('2026-01-01'),
    source: { quote: '新建职工书屋24个', listTitle: '几件事', ordinal: 1 },
  })
  expect(task?.deadline).toBeUndefined()
  expect(await store.tasks.find({ statuses: ['draft'], limit: 9 })).toHaveLength(2)
})

it('proposes nothing twice and leaves what was decided', async () => {
  const [task] = await propose(version('新建职工书屋24个'))
  const context = { actor: { kind: 'system', name: 'x' } as const, at, today, basis: 'x' }
  await recordChange(task?.id ?? '', { kind: 'rejected' }, context, ledger())
  const again = await propose(version('新建职工书屋24个'))

  expect(again).toMatchObject([{ id: task?.id, status: 'rejected' }])
})

it('drops the drafts whose sentence the new version no longer has', async () => {
  const [gone, kept] = await propose(version('新建职工书屋24个', '办理互助保障'))
  await propose(version('办理互助保障'))

  expect((await store.tasks.byId(gone?.id ?? ''))?.status).toBe('superseded')
  expect((await store.tasks.byId(kept?.id ?? ''))?.status).toBe('draft')
})
