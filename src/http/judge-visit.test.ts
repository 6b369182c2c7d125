import { describe, expect, it } from 'vitest'
import { isLoopbackName, isOwnOrigin, judgeVisit } from './judge-visit.ts'

const visit = (headers: Record<string, string>, options = {}) =>
  judgeVisit(new Headers(headers), { host: '127.0.0.1', ...options })

describe('judgeVisit', () => {
  it.each([
    ['127.0.0.1:3000', 'local'],
    ['localhost', 'local'],
    ['[::1]:3000', 'local'],
    ['union.example', 'wrong-host'],
    ['127.0.0.1.evil.example', 'wrong-host'],
    ['', 'wrong-host'],
  ])('takes the host %s for %s', (host, expected) => {
    expect(visit({ host })).toBe(expected)
  })

  it('takes everything for outside behind a proxy, a public address or another interface', () => {
    const host = '127.0.0.1:3000'

    expect(visit({ host, 'x-forwarded-for': '1.2.3.4' })).toBe('outside')
    expect(visit({ host }, { publicUrl: 'https://union.example' })).toBe('outside')
    expect(visit({ host }, { host: '0.0.0.0' })).toBe('outside')
    expect(visit({ host }, { publicUrl: 'http://localhost:3000' })).toBe('local')
  })
})

describe('isOwnOrigin', () => {
  const own = (headers: Record<string, string>, publicUrl?: string) =>
    isOwnOrigin(new Headers({ host: 'a.example', ...headers }), {
      host: '0.0.0.0',
      ...(publicUrl && { publicUrl }),
    })

  it('knows our pages, programs and the public address', () => {
    expect(own({})).toBe(true)
    expect(own({ origin: 'http://a.example', 'sec-fetch-site': 'same-origin' })).toBe(true)
    expect(own({ origin: 'https://union.example' }, 'https://union.example')).toBe(true)
  })

  it.each(['http://b.example', 'null', 'http://a.example.evil', 'file://', 'x'])(
    'refuses the origin %s',
    (origin) => {
      expect(own({ origin })).toBe(false)
    },
  )
})

describe('isLoopbackName', () => {
  it.each(['::1', '[::1]', '127.9.9.9', 'LOCALHOST'])('knows %s', (name) => {
    expect(isLoopbackName(name)).toBe(true)
  })
})
