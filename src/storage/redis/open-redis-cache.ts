/**
 * A Redis behind keyv, for replicas that share what may be lost: dialogue context, cached answers.
 *
 * Written here because the published adapter wants an older keyv and mixes the namespaces of two
 * Keyv objects on one connection. Keys arrive already prefixed by keyv's bridge. When Redis is down
 * a read is a miss and a write is dropped: nothing that must not be lost is kept here.
 */
import { createClient } from '@redis/client'
import { Keyv, KeyvBridgeAdapter } from 'keyv'
import { BotError } from '../../errors.ts'
import type { Logger } from '../../logger.ts'
import type { Cache } from '../cache.ts'

/** Longest wait for the first connection, and between attempts to get it back, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5_000
const SCAN_BATCH = 500

export interface RedisCache extends Cache {
  close(): Promise<void>
}

/** @throws {BotError} code `cache_unreachable` when Redis does not answer within 5 seconds. */
export async function openRedisCache(url: string, logger: Logger): Promise<RedisCache> {
  const client = newClient(url)
  client.on('error', (error: unknown) => logger.warn('cache_error', { error }))
  await connectInTime(client)
  return {
    keyv: (namespace) => {
      const store = new KeyvBridgeAdapter(redisStore(client, logger), { namespace })
      return new Keyv({ store, namespace })
    },
    close: async () => client.destroy(),
  }
}

type Client = ReturnType<typeof newClient>

function newClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, CONNECT_TIMEOUT_MS),
    },
  })
}

async function connectInTime(client: Client): Promise<void> {
  const timeout = Promise.withResolvers<never>()
  const timer = setTimeout(() => timeout.reject(new Error('timeout')), CONNECT_TIMEOUT_MS)
  try {
    await Promise.race([client.connect(), timeout.promise])
  } catch (cause) {
    client.destroy()
    throw new BotError(
      'cache_unreachable',
      '连不上 REDIS_URL 指定的 Redis。请检查地址和端口，或去掉 REDIS_URL（缓存会放在主数据库里）。',
      { retryable: true, cause },
    )
  } finally {
    clearTimeout(timer)
  }
}

function redisStore(client: Client, logger: Logger) {
  const orElse = async <T>(work: Promise<T>, fallback: T): Promise<T> => {
    try {
      return await work
    } catch (error) {
      logger.warn('cache_unavailable', { error })
      return fallback
    }
  }
  return {
    get: async (key: string) => (await orElse(client.get(key), null)) ?? undefined,
    /** `ttl` in milliseconds, as keyv's bridge gives it. */
    set: (key: string, value: string, ttl?: number) =>
      orElse(
        client.set(key, value, ttl === undefined ? {} : { expiration: { type: 'PX', value: ttl } }),
        null,
      ),
    delete: async (key: string) => (await orElse(client.del(key), 0)) > 0,
    // The bridge clears a namespace key by key; the whole database is not ours to empty.
    clear: () => Promise.reject(new Error('only a namespace can be cleared')),
    async *iterator(namespace?: string): AsyncGenerator<[string, string | undefined]> {
      for await (const keys of client.scanIterator({
        MATCH: `${namespace ?? ''}*`,
        COUNT: SCAN_BATCH,
      })) {
        for (const key of keys) yield [key, (await client.get(key)) ?? undefined]
      }
    },
  }
}
