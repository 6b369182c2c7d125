/** The calls of the fake open platform: paths, checks and answers as its documentation has them. */
import { APPLICATION_ROUTES } from './feishu-platform-application.ts'
import { CARDKIT_ROUTES } from './feishu-platform-cardkit.ts'
import { CONTACT_ROUTES } from './feishu-platform-contact.ts'
import { DOCUMENT_ROUTES } from './feishu-platform-documents.ts'
import { nextNumber } from './feishu-platform-events.ts'
import { MESSAGE_ROUTES } from './feishu-platform-messages.ts'
import {
  type ApiAnswer,
  body,
  type Call,
  type Routes,
  refuse,
  type World,
} from './feishu-platform-world.ts'

const ROUTES: Routes = [
  ...APPLICATION_ROUTES,
  ...MESSAGE_ROUTES,
  ...CARDKIT_ROUTES,
  ...CONTACT_ROUTES,
  ...DOCUMENT_ROUTES,
]

const TOKEN_PATH = '/open-apis/auth/v3/tenant_access_token/internal'

export function answerApiCall(world: World, call: Call, authorization: string): ApiAnswer {
  if (call.path === TOKEN_PATH) return giveToken(world, call)
  if (!world.tokens.has(authorization.replace(/^Bearer /, ''))) {
    return refuse(
      99991663,
      'Invalid access token for authorization. Please make a request with token attached.',
    )
  }
  const path = call.path.replace(/^\/open-apis\//, '')
  for (const [method, pattern, handler] of ROUTES) {
    const match = method === call.method ? pattern.exec(path) : null
    if (match) return handler(world, call, match.slice(1).map(decodeURIComponent))
  }
  return { status: 404, body: '404 page not found' }
}

function giveToken(world: World, call: Call): ApiAnswer {
  const given = body(call)
  if (given['app_id'] !== world.identity.appId)
    return { body: { code: 10003, msg: 'invalid param' } }
  if (given['app_secret'] !== world.appSecret) {
    return { body: { code: 10014, msg: 'app secret invalid' } }
  }
  const token = `t-token-${nextNumber()}-0123456789abcdef`
  world.tokens.add(token)
  return { body: { code: 0, msg: 'ok', tenant_access_token: token, expire: 7_200 } }
}
