/** Cards as entities (CardKit), which can be typed into. */
import { findCardFault } from './feishu-platform-cards.ts'
import { nextNumber } from './feishu-platform-events.ts'
import {
  type ApiAnswer,
  body,
  type Call,
  ok,
  type Routes,
  refuse,
  type World,
} from './feishu-platform-world.ts'

export const CARDKIT_ROUTES: Routes = [
  ['POST', /^cardkit\/v1\/cards\/id_convert$/, convertId],
  ['POST', /^cardkit\/v1\/cards$/, createEntity],
  ['PUT', /^cardkit\/v1\/cards\/([^/]+)\/elements\/([^/]+)\/content$/, writeEntity],
  ['PATCH', /^cardkit\/v1\/cards\/([^/]+)\/settings$/, changeEntity],
  ['PUT', /^cardkit\/v1\/cards\/([^/]+)$/, replaceEntity],
]

function createEntity(world: World, call: Call): ApiAnswer {
  const card = String(body(call)['data'])
  const fault = findCardFault(card)
  if (fault) return refuse(300300, fault.message)
  const id = `card_${nextNumber()}`
  world.cardEntities.set(id, { card, sequence: 0, writes: [] })
  return ok({ card_id: id })
}

/** The entity behind a message that was sent as a card; from then on the message shows the entity. */
function convertId(world: World, call: Call): ApiAnswer {
  const message = world.shown.find(({ id }) => id === body(call)['message_id'])
  if (message?.type !== 'interactive') return refuse(300314, 'message is not a card')
  const id = `card_of_${message.id}`
  if (!world.cardEntities.has(id)) {
    world.cardEntities.set(id, { card: message.content, sequence: 0, writes: [] })
  }
  return ok({ card_id: id })
}

/** What a converted message shows follows its entity. */
function showEntity(world: World, id: string): void {
  const message = world.shown.find((shown) => `card_of_${shown.id}` === id)
  const entity = world.cardEntities.get(id)
  if (message && entity) message.content = entity.card
}

function advance(world: World, call: Call, id: string): ApiAnswer | undefined {
  const entity = world.cardEntities.get(id)
  if (!entity) return refuse(300313, 'card not found')
  const sequence = Number(body(call)['sequence'])
  if (!(sequence > entity.sequence)) return refuse(300317, 'sequence number compare failed')
  entity.sequence = sequence
  return undefined
}

function writeEntity(world: World, call: Call, [id = '', elementId = '']: string[]): ApiAnswer {
  const fault = advance(world, call, id)
  if (fault) return fault
  const entity = world.cardEntities.get(id)
  if (!entity?.card.includes('"streaming_mode":true'))
    return refuse(300309, 'streaming mode is closed')
  const content = String(body(call)['content'])
  entity.writes.push(content)
  const card = JSON.parse(entity.card) as { body: { elements: Record<string, unknown>[] } }
  const element = card.body.elements.find((one) => one['element_id'] === elementId)
  if (!element) return refuse(300303, 'element not found')
  element['content'] = content
  entity.card = JSON.stringify(card)
  showEntity(world, id)
  return ok({})
}

function changeEntity(world: World, call: Call, [id = '']: string[]): ApiAnswer {
  const fault = advance(world, call, id)
  if (fault) return fault
  const entity = world.cardEntities.get(id)
  if (entity && String(body(call)['settings']).includes('"streaming_mode":false')) {
    entity.card = entity.card.replace('"streaming_mode":true', '"streaming_mode":false')
  }
  showEntity(world, id)
  return ok({})
}

function replaceEntity(world: World, call: Call, [id = '']: string[]): ApiAnswer {
  const fault = advance(world, call, id)
  if (fault) return fault
  const card = String((body(call)['card'] as { data?: string } | undefined)?.data)
  const invalid = findCardFault(card)
  if (invalid) return refuse(300300, invalid.message)
  const entity = world.cardEntities.get(id)
  if (entity) entity.card = card
  showEntity(world, id)
  return ok({})
}
