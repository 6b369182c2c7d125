import { createServer, type RequestListener, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FetchGuard, fetchPage } from './fetch-page.ts'
import { isPublicAddress } from './public-address.ts'

const signal = new AbortController().signal
let server: Server
let origin = ''
const pages: Record<string, RequestListener> = {
  '/page': (_, response) => response.end('正文'),
  '/moved': (_, response) => response.writeHead(302, { location: '/page' }).end(),
  '/inside': (_, response) =>
    response.writeHead(302, { location: `http://127.0.0.2:${port()}/page` }).end(),
  '/to-file': (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/round': (_, response) => response.writeHead(302, { location: '/round' }).end(),
  '/huge': (_, response) => response.end(Buffer.alloc(11_000_000)),
  '/broken': (_, response) => response.writeHead(503).end(),
  '/gone': (_, response) => response.writeHead(404).end(),
}
const port = () => new URL(origin).port
const here: FetchGuard = {
  allowsAddress: (address) => address === '127.0.0.1',
  allowsPort: () => true,
}

beforeAll(async () => {
  server = createServer((request, response) => pages[request.url ?? '']?.(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})
afterAll(() => server.close())

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '114.114.114.114', '2400:3200::1'])('holds for %s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.100.100.200',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    'fe80::1',
    'fd00::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    'example.cn',
    '',
  ])('does not hold for %s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('fetchPage', () => {
  it('reads a page, also after a redirect, and says where it was', async () => {
    const page = await fetchPage(`${origin}/moved`, { signal, guard: here })
    expect(new TextDecoder().decode(page.bytes)).toBe('正文')
    expect(page.url).toBe(`${origin}/page`)
  })

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://127。0。0。1/',
    'http://0/',
    'http://localhost/',
    'http://printer.local/',
    'http://intranet/',
    'http://169.254.169.254/latest/',
    'http://8.8.8.8:22/',
  ])('refuses %s before any connection', async (url) => {
    await expect(fetchPage(url, { signal })).rejects.toMatchObject({ code: 'forbidden_address' })
  })

  it.each([
    'file:///etc/passwd',
    'ftp://example.cn/',
    'javascript:alert(1)',
    'http://user:secret@example.cn/',
    'not a url',
  ])('refuses %s as an address', async (url) => {
    await expect(fetchPage(url, { signal })).rejects.toMatchObject({ code: 'bad_url' })
  })

  it('checks each redirect again', async () => {
    await expect(fetchPage(`${origin}/inside`, { signal, guard: here })).rejects.toMatchObject({
      code: 'forbidden_address',
    })
    await expect(fetchPage(`${origin}/to-file`, { signal, guard: here })).rejects.toMatchObject({
      code: 'bad_url',
    })
    await expect(fetchPage(`${origin}/round`, { signal, guard: here })).rejects.toMatchObject({
      code: 'bad_url',
    })
  })

  it('checks the address that the socket reached, not only the one that was written', async () => {
    let asked = 0
    const rebinding: FetchGuard = {
      allowsAddress: () => {
        asked += 1
        return asked === 1
      },
      allowsPort: () => true,
    }
    await expect(fetchPage(`${origin}/page`, { signal, guard: rebinding })).rejects.toMatchObject({
      code: 'forbidden_address',
    })
  })

  it('refuses a name that resolves to the inside', async () => {
    const byName: FetchGuard = { allowsAddress: isPublicAddress, allowsPort: () => true }
    await expect(
      fetchPage(`http://localhost.localdomain.localhost:${port()}/page`, { signal, guard: byName }),
    ).rejects.toMatchObject({ code: 'forbidden_address' })
  })

  it('stops at ten megabytes', async () => {
    await expect(fetchPage(`${origin}/huge`, { signal, guard: here })).rejects.toMatchObject({
      code: 'page_too_large',
    })
  })

  it('tells what may work later from what will not', async () => {
    await expect(fetchPage(`${origin}/broken`, { signal, guard: here })).rejects.toMatchObject({
      code: 'page_unreachable',
      retryable: true,
    })
    await expect(fetchPage(`${origin}/gone`, { signal, guard: here })).rejects.toMatchObject({
      code: 'page_not_found',
      retryable: false,
    })
  })
})
