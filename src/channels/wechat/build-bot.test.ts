import { describe, expect, it } from 'vitest'
import { buildBot } from './build-bot.ts'
import { describeState } from './describe-state.ts'

const service = { puppet: 'wechaty-puppet-service', withoutTls: false }
const detailOf = (reason: string) => describeState({ kind: 'down', reason }).detail

describe('a bot that cannot be built', () => {
  it('is one whose puppet is not installed, and the health names it', async () => {
    const reason = await buildBot({ ...service, puppet: 'wechaty-puppet-absent' })

    expect(reason).toBe('package: wechaty-puppet-absent')
    expect(detailOf(String(reason))).toContain('npm install wechaty-puppet-absent')
  })

  it('is one of a slim installation, and the health says how to make it whole', () => {
    expect(detailOf('package: wechaty')).toContain('npm ci（不要加 --omit=optional）')
  })

  it.each([
    ['no token', undefined, 'no-token', '没有填 WECHATY_PUPPET_SERVICE_TOKEN'],
    ['a token without the name of the certificate', 'abc', 'token-form', 'insecure_'],
  ])('is one with %s, where the gateway speaks with TLS', async (_name, token, reason, advice) => {
    expect(await buildBot({ ...service, ...(token && { token }) })).toBe(reason)
    expect(detailOf(reason)).toContain(advice)
  })

  it('is none at a private gateway, whatever form its token has', async () => {
    const bot = await buildBot({ ...service, withoutTls: true, endpoint: '127.0.0.1:1' })

    expect(typeof bot).toBe('object')
  })
})
