/**
 * A WeChat gateway on loopback: the stock PuppetServer over the mock puppet, spoken to over gRPC
 * without TLS, as a self-run gateway is.
 */
import { createServer } from 'node:net'
import { mock, PuppetMock } from 'wechaty-puppet-mock'
import { PuppetServer } from 'wechaty-puppet-service'

export const GATEWAY_TOKEN = 'insecure_11111111-2222-4333-8444-555555555555'

export interface WechatGateway {
  readonly endpoint: string
  readonly mocker: InstanceType<typeof mock.Mocker>
  login(): void
  /** As if the account had been signed out from its phone. */
  logout(): void
  stop(): Promise<void>
}

export async function startGateway(port?: number): Promise<WechatGateway> {
  const mocker = new mock.Mocker()
  const puppet = new PuppetMock({ mocker })
  const chosen = port ?? (await freePort())
  process.env['WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_SERVER'] = 'true'
  const server = new PuppetServer({
    endpoint: `127.0.0.1:${chosen}`,
    puppet: puppet as never,
    token: GATEWAY_TOKEN,
    tls: { disable: true },
  })
  await server.start()
  const self = mocker.createContact({ id: 'bot', name: '工会小助手' })
  return {
    endpoint: `127.0.0.1:${chosen}`,
    mocker,
    login: () => {
      if (!puppet.isLoggedIn) mocker.login(self)
    },
    logout: () => void puppet.logout('by phone'),
    stop: async () => {
      await server.stop()
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
