/** People of Feishu's departments and user groups in the union's own list. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { importFromFeishu } from '../../src/assembly/import-from-feishu.ts'
import { openFeishuDirectory } from '../../src/assembly/open-channels.ts'
import { systemClock } from '../../src/clock.ts'
import { parseConfig } from '../../src/config.ts'
import { silentLogger } from '../../src/logger.ts'
import { type FeishuPlatform, startFeishuPlatform } from '../support/feishu-platform.ts'

let platform: FeishuPlatform
let folder: string
let app: App
beforeEach(async () => {
  platform = await startFeishuPlatform()
  const { world } = platform
  world.departments.push(
    { id: 'od_rights', name: '权益保障部', leaderId: 'ou_ma' },
    { id: 'od_law', name: '法律援助科', parentId: 'od_rights' },
  )
  world.groups.push({ id: 'g_cadres', name: '工会干部' })
  world.users.push(
    { openId: 'ou_ma', name: '马部长', departments: ['od_rights'], groups: ['g_cadres'] },
    { openId: 'ou_qian', name: '钱敏', departments: ['od_rights'] },
    { openId: 'ou_sun', name: '孙科', departments: ['od_law'] },
  )
  folder = mkdtempSync(join(tmpdir(), 'feishu-people-'))
  const config = parseConfig({
    DATA_DIR: folder,
    FEISHU_APP_ID: platform.appId,
    FEISHU_APP_SECRET: platform.appSecret,
    FEISHU_DOMAIN: platform.url,
  })
  app = await createApp(config, { clock: systemClock, logger: silentLogger })
})
afterEach(async () => {
  await app.close()
  await platform.stop()
  rmSync(folder, { recursive: true })
})

const take = async (unit: string) =>
  importFromFeishu(unit, { app, directory: await openFeishuDirectory(app), role: 'cadre' })

describe('importFromFeishu', () => {
  it('brings in a department with those below it, its head as leader', async () => {
    expect(await take('权益保障部')).toEqual({ added: 3, updated: 0 })
    const unit = await app.store.people.find({ unit: '权益保障部' })
    expect(unit.map(({ name }) => name).toSorted()).toEqual(['孙科', '钱敏', '马部长'].toSorted())
    const head = unit.find(({ name }) => name === '马部长')
    expect(head?.leaderId).toBeUndefined()
    expect(unit.filter(({ leaderId }) => leaderId === head?.id)).toHaveLength(2)
  })

  it('makes nobody twice, and leaves role and leader as they were set', async () => {
    await app.store.people.save({
      id: 'qian',
      name: '钱敏',
      role: 'admin',
      unit: '权益保障部',
      leaderId: 'chair',
      accounts: [{ channel: 'wechat', accountId: 'wx_1' }],
    })
    expect(await take('权益保障部')).toEqual({ added: 2, updated: 1 })
    expect(await take('权益保障部')).toEqual({ added: 0, updated: 3 })
    const known = await app.store.people.byAccount({ channel: 'feishu', accountId: 'ou_qian' })
    expect(known).toMatchObject({ id: 'qian', role: 'admin', leaderId: 'chair' })
    expect(known?.accounts).toHaveLength(2)
  })

  it('brings in a user group by its name', async () => {
    expect(await take('工会干部')).toEqual({ added: 1, updated: 0 })
  })

  it('says what to do when the app may not see the unit', async () => {
    await expect(take('没有的部')).rejects.toThrow('通讯录权限范围')
    expect(await app.store.people.all()).toEqual([])
  })
})
