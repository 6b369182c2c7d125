import { describe, expect, it } from 'vitest'
import type { Person } from '../domain/person.ts'
import type { Assignee } from '../domain/task.ts'
import { createDirectory, findRecipients } from './find-recipients.ts'

const unit = '权益保障部'
const li: Person = { id: 'li', name: '李明', role: 'cadre', unit, leaderId: 'zhao', accounts: [] }
const wang: Person = { id: 'wang', name: '王工', role: 'worker', unit, accounts: [] }
const zhao: Person = { id: 'zhao', name: '赵主席', role: 'admin', accounts: [] }
const room = { channel: 'wechat', accountId: 'r@chatroom', kind: 'group' } as const
const group: Person = { id: 'g', name: '工作群', role: 'worker', unit, accounts: [room] }
const directory = createDirectory([li, wang, zhao, group])
const recipients = (assignee: Assignee, readableBy: 'all' | 'cadres' = 'all') =>
  findRecipients({ assignees: [assignee], readableBy }, directory)

describe('findRecipients', () => {
  it('takes a unit as those who handle its tasks and its group, with their leaders', () => {
    expect(recipients({ kind: 'unit', unit })).toEqual({ owners: ['li', 'g'], leaders: ['zhao'] })
  })

  it('leaves the group out where somebody in it may not read the task', () => {
    expect(recipients({ kind: 'unit', unit }, 'cadres').owners).toEqual(['li'])
  })

  it('counts no group among those who have a role', () => {
    expect(recipients({ kind: 'role', role: 'worker' }).owners).toEqual(['wang'])
  })
})
