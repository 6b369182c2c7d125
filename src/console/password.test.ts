import { describe, expect, it } from 'vitest'
import { hashPassword, PASSWORD_COST, verifyPassword } from './password.ts'

describe('hashPassword', () => {
  it('keeps the cost that OWASP asks for beside the hash, and verifies by it', async () => {
    const hash = await hashPassword('一句好记的话 2026', PASSWORD_COST)

    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword('一句好记的话 2026', hash)).toBe(true)
    expect(await verifyPassword('一句好记的话 2027', hash)).toBe(false)
  })

  it('gives another hash each time', async () => {
    const cost = { memory: 8, passes: 1, parallelism: 1 }

    expect(await hashPassword('x', cost)).not.toBe(await hashPassword('x', cost))
  })

  it.each(['', 'plain', '$argon2id$v=19$m=8,t=1,p=1$$'])('takes %j for no hash', async (hash) => {
    expect(await verifyPassword('x', hash)).toBe(false)
  })
})
