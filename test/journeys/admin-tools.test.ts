/** An admin at the shell: preview with conflicts, many files at once, pinned answers, backup and restore. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
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
})
