/** Needs a real Redis: TEST_REDIS_URL names it; without one these tests are skipped. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLogger } from '../../src/logger.ts'
import { openRedisCache, type RedisCache } from '../../src/storage/redis/open-redis-cache.ts'

const url = process.env['TEST_REDIS_URL']

describe.skipIf(url === undefined)(
  'the Redis cache behind keyv (skipped without TEST_REDIS_URL)',
  () => {
    let cache: RedisCache
    const run = randomUUID()

    beforeAll(async () => {
      cache = await openRedisCache(url ?? '', silentLogger)
    })
    afterAll(async () => {
      await cache.keyv(`${run}-a`).clear()
      await cache.keyv(`${run}-b`).clear()
      await cache.close()
    })

    it('gives back what was set, and undefined for what was not', async () => {
      const keyv = cache.keyv(`${run}-a`)
      await keyv.set('turns', ['八件实事有哪些?'])

      expect(await keyv.get('turns')).toEqual(['八件实事有哪些?'])
      expect(await keyv.get('nothing')).toBeUndefined()
    })

    it('keeps two namespaces apart on one connection, also when one is cleared', async () => {
      const [a, b] = [cache.keyv(`${run}-a`), cache.keyv(`${run}-b`)]
      await a.set('key', 'of a')
      await b.set('key', 'of b')

      expect(await a.get('key')).toBe('of a')
      await a.clear()
      expect(await a.get('key')).toBeUndefined()
      expect(await b.get('key')).toBe('of b')
    })

    it('forgets a value at its expiry', async () => {
      const keyv = cache.keyv(`${run}-a`)
      await keyv.set('short', 'gone', 1)
      await expect.poll(() => keyv.get('short'), { timeout: 2_000 }).toBeUndefined()
    })
  },
)

describe('openRedisCache', () => {
  it('says what to do when there is no Redis', async () => {
    await expect(openRedisCache('redis://127.0.0.1:1', silentLogger)).rejects.toMatchObject({
      code: 'cache_unreachable',
      retryable: true,
    })
  })
})
