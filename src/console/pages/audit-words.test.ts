import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type NamesById, sayAction, sayActor, sayDetails, saySubject } from './audit-words.ts'

const names: NamesById = {
  accounts: new Map([['a1', 'chief']]),
  people: new Map([['p1', '马兰']]),
  documents: new Map([['d1', '工作要点']]),
  versions: new Map([['d1-2', 2]]),
  pinned: new Map([['q1', '书屋建几个？']]),
}
const hash = '3fa9c1b2d4e0'.padEnd(64, '0')

describe('an entry of the audit log', () => {
  it('says in Chinese what it is about and what else it says', () => {
    expect(sayActor('web:a1', names)).toBe('chief')
    expect(sayActor('web:gone', names)).toBe('已删除的登录账号')
    expect(sayActor('feishu:ou_1', names)).toBe('飞书账号 ou_1')
    expect(sayActor('schedule', names)).toBe('定时')
    expect(saySubject('document:d1', names)).toBe('《工作要点》')
    expect(saySubject('document:gone', names)).toBe('文件 gone（已删除）')
    expect(saySubject('account:a1', names)).toBe('登录账号 chief')
    expect(saySubject('person:p1', names)).toBe('人员 马兰')
    expect(saySubject('pinned-answer:q1', names)).toBe('置顶回答「书屋建几个？」')
    expect(saySubject('people', names)).toBe('人员名单')
    expect(sayDetails({ versionId: 'd1-2', contentHash: hash }, names)).toBe(
      '第 2 版，内容指纹 3fa9c1b2d4e0…',
    )
    expect(sayDetails({ role: 'admin', invitation: 'abc' }, names)).toBe(
      '身份：管理员，用的邀请链接 abc',
    )
    expect(sayDetails({ channel: 'wechat', replaced: false }, names)).toBe('渠道：微信')
    expect(sayDetails({ count: 12 }, names)).toBe('12 人')
    expect(sayDetails({}, names)).toBe('')
  })

  it('has Chinese words for every action that the program records', () => {
    const source = join(import.meta.dirname, '../..')
    const recorded = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test)\.ts$/.test(file))
      .flatMap((file) => [
        ...readFileSync(join(source, file), 'utf8').matchAll(
          /(?:action(?::| =)|record\((?:inside,)?|ofAccount\(|entry\()\s*'([a-z]+(?:_[a-z]+)+)'/g,
        ),
      ])
      .map(([, action = '']) => action)

    expect(recorded.length).toBeGreaterThan(15)
    expect(recorded.filter((action) => sayAction(action) === '其他改动')).toEqual([])
  })
})
