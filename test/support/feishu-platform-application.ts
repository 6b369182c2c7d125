/** What the developer console knows about the app. */
import { type ApiAnswer, ok, type Routes, type World } from './feishu-platform-world.ts'

export const APPLICATION_ROUTES: Routes = [
  ['GET', /^bot\/v3\/info$/, botInfo],
  ['GET', /^application\/v6\/scopes$/, scopes],
  ['GET', /^application\/v6\/applications\/([^/]+)$/, application],
  ['GET', /^application\/v6\/applications\/([^/]+)\/app_versions$/, versions],
]

function botInfo(world: World): ApiAnswer {
  const { botName, botOpenId } = world.identity
  const bot = { activate_status: world.published ? 2 : 0, app_name: botName, open_id: botOpenId }
  return { body: { code: 0, msg: 'ok', bot } }
}

function scopes(world: World): ApiAnswer {
  return ok({
    scopes: [...world.scopes].map(([name, granted]) => ({
      scope_name: name,
      grant_status: granted ? 1 : 2,
      scope_type: 'tenant',
    })),
  })
}

function application(world: World): ApiAnswer {
  const online = world.published ? { online_version_id: 'oav_1' } : {}
  return ok({ app: { app_id: world.identity.appId, status: 1, ...online } })
}

function versions(world: World): ApiAnswer {
  const items = world.subscribedEvents.map((type) => ({ event_type: type, event_name: type }))
  return ok({ items: [{ version_id: 'oav_1', status: 1, event_infos: items }], has_more: false })
}
