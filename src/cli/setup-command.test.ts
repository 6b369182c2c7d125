import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveVariables } from './setup-command.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'setup-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('saveVariables', () => {
  it('makes the file, for its owner only', async () => {
    const file = join(folder, '.env')
    await saveVariables({ FEISHU_APP_ID: 'cli_1', FEISHU_APP_SECRET: 's' }, file)
    expect(readFileSync(file, 'utf8')).toBe('FEISHU_APP_ID=cli_1\nFEISHU_APP_SECRET=s\n')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('replaces what is there and leaves the rest alone', async () => {
    const file = join(folder, '.env')
    writeFileSync(file, '# 我的设置\nFEISHU_APP_ID=old\nPORT=3001\n', { mode: 0o644 })
    await saveVariables({ FEISHU_APP_ID: 'cli_2' }, file)
    expect(readFileSync(file, 'utf8')).toBe('# 我的设置\nPORT=3001\nFEISHU_APP_ID=cli_2\n')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})
