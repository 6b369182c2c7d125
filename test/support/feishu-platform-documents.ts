/** Documents, the wiki, the drive, and tasks. */
import { nextNumber } from './feishu-platform-events.ts'
import { fileAnswer } from './feishu-platform-messages.ts'
import {
  type ApiAnswer,
  body,
  type Call,
  ok,
  type Routes,
  refuse,
  type World,
} from './feishu-platform-world.ts'

export const DOCUMENT_ROUTES: Routes = [
  ['GET', /^docx\/v1\/documents\/([^/]+)$/, documentInfo],
  ['GET', /^docx\/v1\/documents\/([^/]+)\/raw_content$/, documentText],
  ['GET', /^wiki\/v2\/spaces\/get_node$/, wikiNode],
  ['GET', /^drive\/v1\/files\/([^/]+)\/download$/, driveFile],
  ['POST', /^task\/v2\/tasks$/, createTask],
  ['PATCH', /^task\/v2\/tasks\/([^/]+)$/, patchTask],
]

function documentInfo(world: World, _call: Call, [id = '']: string[]): ApiAnswer {
  const found = world.documents.get(id)
  if (!found) return refuse(1770002, 'not found', 404)
  return ok({ document: { document_id: id, revision_id: 3, title: found.title } })
}

function documentText(world: World, _call: Call, [id = '']: string[]): ApiAnswer {
  const found = world.documents.get(id)
  return found ? ok({ content: found.text }) : refuse(1770032, 'forBidden', 403)
}

function wikiNode(world: World, call: Call): ApiAnswer {
  const node = world.wiki.get(call.query['token'] ?? '')
  if (!node) return refuse(131005, 'not found')
  return ok({ node: { obj_type: node.type, obj_token: node.token, title: node.title } })
}

function driveFile(world: World, _call: Call, [id = '']: string[]): ApiAnswer {
  const file = world.drive.get(id)
  return file ? fileAnswer(file) : refuse(1061003, 'not found.', 404)
}

function createTask(world: World, call: Call): ApiAnswer {
  const fields = body(call)
  const clientToken = String(fields['client_token'] ?? '')
  if (!fields['summary']) return refuse(1470400, 'summary is required')
  const known = world.tasks.find((task) => clientToken && task.clientToken === clientToken)
  const task = known ?? { guid: `task-${nextNumber()}`, clientToken, fields: { ...fields } }
  if (!known) world.tasks.push(task)
  return ok({ task: { guid: task.guid, url: `https://example.invalid/${task.guid}` } })
}

function patchTask(world: World, call: Call, [guid = '']: string[]): ApiAnswer {
  const task = world.tasks.find((one) => one.guid === guid)
  if (!task) return refuse(1470404, 'task not found', 404)
  const given = body(call) as { task?: Record<string, unknown>; update_fields?: string[] }
  for (const field of given.update_fields ?? []) task.fields[field] = given.task?.[field]
  return ok({ task: { guid } })
}
