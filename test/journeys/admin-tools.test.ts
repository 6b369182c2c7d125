/** An admin at the shell: preview with conflicts, many files at once, pinned answers, backup and restore. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { verifyPassword } from '../../src/console/password.ts'
import { openStore } from '../../src/storage/sql/open-store.ts'
import { runProgram } from '../support/run-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'niangjiaren-admin-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at =
  (dataDir: string) =>
  (...words: string[]) =>
    runProgram('cli.ts', words, { environment: { DATA_DIR: join(folder, dataDir) } })
const bot = at('data')
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const head = (title: string) => `---\ntitle: ${title}\nregion: 620800\nissued_on: 2026-02-01\n---\n`

describe('an admin at the shell', () => {
  it('sees before publishing what a file contradicts and what it would replace', async () => {
    const plan = file(
      'plan.md',
      `${head('云岭市总工会2026年工作要点')}全年新建市级标准化职工书屋24个。`,
    )
    expect((await bot('ingest', plan, '--publish')).code).toBe(0)
    const notice = file(
      'notice.md',
      `${head('关于书屋建设的通知')}今年全市新建标准化职工书屋40个。`,
    )
    const { output } = await bot('ingest', notice, '--dry-run', '--json')

    const [preview] = JSON.parse(output)
    expect(preview).toMatchObject({ status: 'dry-run', would_be: 'new-document' })
    expect(preview.conflicts).toMatchObject([
      {
        kind: 'number',
        here: expect.stringContaining('40个'),
        there: expect.stringContaining('24个'),
      },
    ])
    const list = JSON.parse((await bot('documents', 'list', '--json')).output)
    expect(list.filter(({ sample }: { sample: boolean }) => !sample)).toHaveLength(1)
  })

  it('takes many files in, hears which were bad and why, and may run it again', async () => {
    const many = join(folder, 'many')
    mkdirSync(many)
    for (let n = 0; n < 30; n++) {
      const body = `第${n}号通报。${'工会'.repeat(n + 1)}开展了第${n * 7}场活动。`
      writeFileSync(join(many, `${n}.md`), n % 10 === 9 ? '' : `${head(`第${n}号通报`)}${body}`)
    }
    const first = await bot('ingest', many, '--publish')
    const again = await bot('ingest', many, '--publish')

    expect(first.code).toBe(1)
    expect(first.output.match(/✗ \d+\.md/g)).toEqual(['✗ 19.md', '✗ 29.md', '✗ 9.md'])
    expect(first.output).toContain('没有成功 3 份')
    expect(again.output).toMatch(/新文件 0 份，新版本 0 份，原来就有 27 份/)
  })

  it('moves everything to a new place, pinned answers too', async () => {
    await bot('pinned', 'add', '互助保障怎么参保？', '到本单位工会填表，当月生效。')
    const backup = join(folder, 'backup.gz')
    expect((await bot('backup', backup)).code).toBe(0)
    const moved = at('moved')
    expect((await moved('restore', backup)).code).toBe(0)

    const pinned = await moved('ask', '請問互助保障如何參保', '--json')
    expect(JSON.parse(pinned.output)).toMatchObject({
      kind: 'grounded',
      text: expect.stringContaining('到本单位工会填表，当月生效。'),
    })
    const question = [
      'ask',
      '今年要建多少个职工书屋？',
      '--region',
      '620800',
      '--as-of',
      '2026-05-08',
    ]
    const [before, after] = [await bot(...question), await moved(...question)]
    expect(before.output).toContain('24个')
    expect(after.output).toBe(before.output)
    expect((await moved('restore', backup)).code).toBe(2)
  })

  it('gets a new password for who forgot the old one: old sessions end, the audit log knows, nobody sees it', async () => {
    const dataDir = join(folder, 'accounts')
    const accounts = at('accounts')
    expect((await accounts('accounts', 'list')).output).toContain('还没有登录账号')
    const createdAt = Temporal.Now.instant()
    const account = { id: 'a', name: 'chief', passwordHash: 'forgotten', createdAt }
    const session = { tokenHash: 't', accountId: 'a', createdAt, seenAt: createdAt }
    const before = await openStore({ dataDir })
    await before.console.createFirst(account)
    await before.console.openSession(session)
    await before.close()
    const reset = (name: string, input: string) =>
      runProgram('cli.ts', ['accounts', 'reset-password', name], {
        environment: { DATA_DIR: dataDir },
        input,
      })

    expect(await reset('nobody', '')).toMatchObject({
      code: 2,
      errors: '没有登录名「nobody」。有这些：chief\n',
    })
    expect(await reset('chief', '')).toMatchObject({
      code: 2,
      errors: '没有输入新密码，没有改动\n',
    })
    expect((await reset('chief', 'short\n')).code).toBe(2)
    const done = await reset('Chief', 'a long new phrase\n')
    expect(done.code).toBe(0)
    expect(done.output + done.errors).not.toContain('a long new phrase')
    expect((await accounts('accounts', 'list')).output).toMatch(/^chief {2}管理员 {2}\d{4}/)

    const after = await openStore({ dataDir })
    const { passwordHash = '' } = (await after.console.account('a')) ?? {}
    expect(await verifyPassword('a long new phrase', passwordHash)).toBe(true)
    expect(await after.console.session('t')).toBeUndefined()
    const entries = await after.audit.entries({ limit: 9 })
    expect(entries).toMatchObject([
      { actor: 'cli', action: 'password_reset', subject: 'account:a', details: {} },
    ])
    await after.close()
  })

  it('hears that what documents promise waits for confirmation, where, and what became of it', async () => {
    const tasks = at('tasks')
    expect((await tasks('tasks', 'list')).output).toBe('没有在办的事项。\n')
    const year = Temporal.Now.plainDateISO().year
    const text = `# 云岭市总工会${year}年工作要点\n\n全年新建市级标准化职工书屋24个。`
    await tasks('ingest', file('year-plan.md', text), '--publish')
    const { output } = await tasks('tasks', 'list')
    expect(output).toContain('有 1 件从文件读出的事项等人确认')
    expect(output).toContain('tasks confirm 编号')
    const [draft] = JSON.parse((await tasks('tasks', 'list', '--state', 'draft', '--json')).output)
    const shown = (await tasks('tasks', 'show', draft.id)).output

    expect(shown).toContain('立项')
    expect(shown).not.toMatch(/created|proposed/)
    expect(JSON.parse((await tasks('tasks', 'list', '--json')).output)).toEqual([])
  })
})
