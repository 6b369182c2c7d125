import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '../storage/sql/open-store.ts'
import { consoleBackup } from './console-backup.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'backup-'))
  await (await openStore({ dataDir })).close()
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

it('hands out a whole backup, keeps the newest three and knows the last', async () => {
  let now = Temporal.Instant.from('2026-11-21T01:00:00Z')
  const clock = { now: () => now, sleepUntil: async () => {} }
  const backup = consoleBackup({ config: { DATA_DIR: dataDir, DATABASE_URL: undefined }, clock })
  expect(await backup.lastCreatedAt()).toBeUndefined()
  const made = []
  for (let day = 0; day < 4; day++) {
    made.push(await backup.create())
    now = now.add({ hours: 24 })
  }

  expect(made[0]?.fileName).toBe('niangjiaren-20261121T010000Z.backup')
  expect(new Uint8Array(await (made[3]?.content ?? new Blob()).slice(0, 2).arrayBuffer())).toEqual(
    new Uint8Array([0x1f, 0x8b]),
  )
  expect(readdirSync(join(dataDir, 'backups'))).toHaveLength(3)
  expect((await backup.lastCreatedAt())?.toString()).toBe('2026-11-24T01:00:00Z')
})
