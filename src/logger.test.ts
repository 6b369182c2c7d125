import { describe, expect, it } from 'vitest'
import { createLogger, maskSecrets } from './logger.ts'

function linesOf(
  log: (logger: ReturnType<typeof createLogger>) => void,
): Record<string, unknown>[] {
  const lines: string[] = []
  log(createLogger('debug', (line) => lines.push(line)))
  return lines.map((line) => JSON.parse(line))
}

describe('createLogger', () => {
  it('writes one JSON line with the event and its fields', () => {
    const [line] = linesOf((logger) => logger.info('delivery_sent', { deliveryId: 'd1' }))

    expect(line).toMatchObject({ level: 'info', event: 'delivery_sent', deliveryId: 'd1' })
  })

  it('keeps an error to its name, code and message, causes included', () => {
    const error = new Error('读不到文件', { cause: new TypeError('inner') })
    const [line] = linesOf((logger) => logger.error('ingest_failed', { error }))

    expect(line?.['error']).toEqual({
      name: 'Error',
      message: '读不到文件',
      cause: { name: 'TypeError', message: 'inner' },
    })
  })

  it('masks personal numbers and secrets wherever they stand', () => {
    const error = new Error('connect postgres://bot:hunter22@db/test failed for 13800138000')
    const [line] = linesOf((logger) =>
      logger.warn('x', { error, nested: { deep: 'appSecret: "abcd1234efgh"' } }),
    )

    expect(JSON.stringify(line)).not.toMatch(/hunter22|13800138000|abcd1234efgh/)
  })
})

describe('maskSecrets', () => {
  it.each([
    '11010519491231002X',
    '13912345678',
    '6222021234567890123',
    'sk-abcdefghijklmnopqrstuvwx',
    'Bearer eyJhbGciOi.abc.def',
    'li.si@example.com',
  ])('masks %s', (secret) => {
    expect(maskSecrets(`前 ${secret} 后`)).not.toContain(secret)
  })

  it.each(['拨打 12351', '1万名', '2014-03-13 15:11:38', '5000户', '029-12351'])(
    'leaves %s alone',
    (text) => {
      expect(maskSecrets(text)).toBe(text)
    },
  )
})
