import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isLoopback, parseConfig, VARIABLES } from './config.ts'

describe('parseConfig', () => {
  it('works with nothing configured', () => {
    const config = parseConfig({})

    expect(config).toMatchObject({ HOST: '127.0.0.1', PORT: 3000, DATA_DIR: './var', ADMINS: [] })
    expect(config.OPENAI_API_KEY).toBeUndefined()
    expect(Object.isFrozen(config)).toBe(true)
  })

  it('takes an empty string for unset', () => {
    expect(parseConfig({ PORT: '', FEISHU_APP_ID: ' ' }).PORT).toBe(3000)
  })

  it('lists all faults at once, each with its variable', () => {
    const parse = () =>
      parseConfig({
        PORT: 'abc',
        DATABASE_URL: 'mysql://x',
        TIME_ZONE: 'Mars/Base',
        FEISHU_APP_ID: 'cli_1',
      })

    expect(parse).toThrow(/PORT[\s\S]*TIME_ZONE[\s\S]*FEISHU_APP_ID 和 FEISHU_APP_SECRET/)
    expect(parse).toThrow(/DATABASE_URL/)
  })

  it('refuses webhook mode without an encrypt key', () => {
    const parse = () =>
      parseConfig({ FEISHU_APP_ID: 'cli_1', FEISHU_APP_SECRET: 's', FEISHU_MODE: 'webhook' })

    expect(parse).toThrow(/FEISHU_ENCRYPT_KEY/)
  })

  it('splits the admins and refuses what is no account', () => {
    expect(parseConfig({ ADMINS: 'feishu:ou_a, wechat:b' }).ADMINS).toEqual([
      'feishu:ou_a',
      'wechat:b',
    ])
    expect(() => parseConfig({ ADMINS: 'ou_a' })).toThrow(/ADMINS/)
  })
})

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('knows %s', (host) => {
    expect(isLoopback(host)).toBe(true)
  })
  it.each(['0.0.0.0', '10.0.0.1', '::', '127.evil.example'])('refuses %s', (host) => {
    expect(isLoopback(host)).toBe(false)
  })
})

describe('the documents about the configuration', () => {
  const root = resolve(import.meta.dirname, '..')
  const names = Object.keys(VARIABLES)

  it('name every variable in .env.example, and no other', () => {
    const example = readFileSync(resolve(root, '.env.example'), 'utf8')
    const listed = [...example.matchAll(/^#?\s?([A-Z][A-Z_]+)=/gm)].map((match) => match[1])

    expect(listed.toSorted()).toEqual(names.toSorted())
  })

  it('say of every variable in the README what the schema says', () => {
    const readme = readFileSync(resolve(root, 'README.md'), 'utf8')
    const rows = Object.entries(VARIABLES).map(
      ([name, [, meaning]]) => `| \`${name}\` | ${meaning} |`,
    )

    expect(rows.filter((row) => !readme.includes(row))).toEqual([])
  })
})
