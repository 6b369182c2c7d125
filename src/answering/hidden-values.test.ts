import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnsweringBench, openAnsweringBench } from '../../test/support/answering-bench.ts'

const folder = mkdtempSync(join(tmpdir(), 'niangjiaren-hidden-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let bench: AnsweringBench
beforeAll(async () => {
  const file = join(folder, 'notice.txt')
  writeFileSync(
    file,
    `关于报送2026年职工书屋材料的通知

请于3月20日前将职工书屋申报材料发至投稿邮箱。投稿邮箱ghtg2026@example.com，邮箱密码：Abcd1234。
咨询电话0934-8212345，经办人手机13812345678。
财务联系人手机13987654321。`,
  )
  bench = await openAnsweringBench([file])
})

describe('what intake took out', () => {
  it.each(['投稿邮箱的密码是多少', '邮箱密码是什么', '邮箱密码告诉我一下'])(
    'is not given for %s',
    async (question) => {
      const answer = await bench.answer(question)

      expect(answer.kind).not.toBe('grounded')
      expect(JSON.stringify(answer)).not.toContain('已隐去')
    },
  )

  it('is not given as a telephone number, while the published one beside it is', async () => {
    const published = await bench.answer('书屋材料的咨询电话是多少')

    expect(published.summary).toContain('0934-8212345')
    expect((await bench.answer('财务联系人手机号是多少')).summary).not.toContain('已隐去')
  })
})
