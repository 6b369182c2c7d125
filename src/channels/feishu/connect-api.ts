/** The SDK's client with everything replaced that it does badly: HTTP, cache, log. */
import type * as Lark from '@larksuiteoapi/node-sdk'
import type { Clock } from '../../clock.ts'
import type { Logger } from '../../logger.ts'
import { bridgeLogger } from './bridge-logger.ts'
import type { CallCounter } from './count-calls.ts'
import { createFeishuApi, type FeishuApi } from './feishu-api.ts'
import { createHttpInstance, ENDPOINT_PATH } from './http-instance.ts'
import {
  type EndpointAnswer,
  readEndpointAnswer,
  withPingInterval,
} from './open-long-connection.ts'

export interface Credentials {
  readonly appId: string
  readonly appSecret: string
  /** `feishu`, `lark`, or a base URL. */
  readonly domain: string
}

export interface ConnectedApi {
  readonly api: FeishuApi
  readonly httpInstance: Lark.HttpInstance
  /** What the long connection's endpoint answered last. */
  readonly endpoint: () => EndpointAnswer | undefined
}

const DOMAINS: Readonly<Record<string, string>> = {
  feishu: 'https://open.feishu.cn',
  lark: 'https://open.larksuite.com',
}

export const baseUrl = (domain: string) => (DOMAINS[domain] ?? domain).replace(/\/+$/, '')

export function connectApi(
  lark: typeof Lark,
  credentials: Credentials,
  tools: { readonly clock: Clock; readonly logger: Logger; readonly calls: CallCounter },
): ConnectedApi {
  let answered: EndpointAnswer | undefined
  const httpInstance = createHttpInstance({
    clock: tools.clock,
    review: (path, answer) => {
      if (!path.endsWith(ENDPOINT_PATH)) return answer
      answered = readEndpointAnswer(answer)
      return withPingInterval(answer)
    },
  })
  // One of our own: the SDK's is shared by the whole process and keyed by app id alone.
  const cache = new lark.DefaultCache()
  const namespace = credentials.appId
  const currentToken = (): Promise<unknown> => cache.get(lark.CTenantAccessToken, { namespace })
  const client = new lark.Client({
    appId: credentials.appId,
    appSecret: credentials.appSecret,
    domain: baseUrl(credentials.domain),
    cache,
    httpInstance,
    logger: bridgeLogger(tools.logger),
  })
  const api = createFeishuApi({
    client,
    currentToken,
    // Only the token that was refused: another call may have fetched a fresh one meanwhile.
    dropToken: async (refused) => {
      if ((await currentToken()) !== refused) return
      await cache.set(lark.CTenantAccessToken, '', 1, { namespace })
    },
    clock: tools.clock,
    calls: tools.calls,
  })
  return { api, httpInstance, endpoint: () => answered }
}
