import { describe, expect, it } from 'vitest'
import { readPeopleTable } from './read-people-table.ts'

const headings = ['序号', '姓名', '部门', '角色', '分管领导', '账号']

describe('readPeopleTable', () => {
  it('reads people with their leaders and accounts, columns in any order', () => {
    const { people, problems } = readPeopleTable([
      headings,
      ['1', '赵 红', '办公室', '管理员', '', 'feishu:ou_1'],
      ['2', '李明', '宣教部', '干部', '赵红', 'feishu:ou_2 wechat:wx_2'],
    ])
    expect(problems).toEqual([])
    expect(people[1]).toMatchObject({
      name: '李明',
      unit: '宣教部',
      role: 'cadre',
      leaderId: people[0]?.id,
      accounts: [
        { channel: 'feishu', accountId: 'ou_2' },
        { channel: 'wechat', accountId: 'wx_2' },
      ],
    })
  })

  it('gives the same person the same id at every import', () => {
    const rows = [headings, ['', '李明', '宣教部', '干部', '', '']]
    expect(readPeopleTable(rows)).toEqual(readPeopleTable(rows))
  })

  it('gives the least rights when the role cannot be read, and says so', () => {
    const { people, problems } = readPeopleTable([headings, ['', '李明', '', '总管', '', '']])
    expect(people[0]?.role).toBe('worker')
    expect(problems[0]).toContain('第 2 行')
  })

  it('reports rows without a name, leaders that are unclear and accounts it cannot read', () => {
    const { people, problems } = readPeopleTable([
      headings,
      ['', '', '宣教部', '干部', '', ''],
      ['', '李明', '甲部', '干部', '', ''],
      ['', '李明', '乙部', '干部', '', ''],
      ['', '马丽', '丙部', '干部', '李明', '12345'],
      ['', '吴刚', '丙部', '干部', '没有', ''],
    ])
    expect(people.map(({ name }) => name)).toEqual(['李明', '李明', '马丽', '吴刚'])
    expect(people.every(({ leaderId }) => leaderId === undefined)).toBe(true)
    expect(problems.map((problem) => problem.slice(0, 5))).toEqual([
      '第 2 行',
      '第 5 行',
      '第 5 行',
      '第 6 行',
    ])
  })

  it('asks for headings when there are none', () => {
    expect(readPeopleTable([['李明', '宣教部']]).problems).toHaveLength(1)
  })
})
