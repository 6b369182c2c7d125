import { z } from 'zod'
import type { DocumentVersion } from '../../domain/document.ts'
import { mayRead } from '../../domain/person.ts'
import { BadInputError } from '../../errors.ts'
import { consolePage } from '../console-page.ts'
import { actorOf, type ConsoleRequest, type ConsoleRoute } from '../console-request.ts'
import type { KnowledgeService } from '../console-services.ts'
import { parseForm } from '../parse-form.ts'
import { listDocuments } from './document-list.ts'
import { correctMetadata, metadataForm } from './document-metadata.ts'
import { versionView } from './version-view.ts'

const documentForm = z.object({ document: z.string().min(1) })

export function documentRoutes(knowledge: KnowledgeService): readonly ConsoleRoute[] {
  const change = (
    path: string,
    run: (request: ConsoleRequest, knowledge: KnowledgeService) => Promise<string>,
  ): ConsoleRoute => ({
    method: 'post',
    path,
    least: 'admin',
    respond: async (request) => request.context.redirect(await run(request, knowledge), 303),
  })
  return [
    {
      method: 'get',
      path: '/documents',
      least: 'cadre',
      respond: (request) => listDocuments(request, knowledge),
    },
    {
      method: 'get',
      path: '/documents/:versionId',
      least: 'cadre',
      respond: (request) => show(request, knowledge),
    },
    {
      method: 'get',
      path: '/documents/:versionId/original',
      least: 'admin',
      respond: (request) => download(request, knowledge),
    },
    change('/documents/:versionId/publish', publish),
    change('/documents/:versionId/describe', describe),
    change('/documents/withdraw', withdraw),
    change('/documents/rollback', rollback),
    change('/documents/remove-samples', removeSamples),
  ]
}

/** The version of the address, if this account may read it; otherwise as if it did not exist. */
async function readableVersion(
  { context, account }: ConsoleRequest,
  knowledge: KnowledgeService,
): Promise<DocumentVersion> {
  const version = await knowledge.version(context.req.param('versionId') ?? '')
  if (version && mayRead(account.role, version.metadata.readableBy)) return version
  throw new BadInputError('unknown_version', '没有这份文件，或者您还不能看它')
}

async function show(request: ConsoleRequest, knowledge: KnowledgeService): Promise<Response> {
  const version = await readableVersion(request, knowledge)
  const isAdmin = request.account.role === 'admin'
  const [history, review] = await Promise.all([
    knowledge.history(version.documentId),
    version.status === 'draft'
      ? knowledge.review?.(version.versionId, request.account.role)
      : undefined,
  ])
  const body = versionView({
    version,
    history: history.filter(({ metadata }) => mayRead(request.account.role, metadata.readableBy)),
    services: request.services,
    mayChange: isAdmin,
    ...(review && { review }),
    ...(isAdmin && { form: metadataForm(version, request.services) }),
    at: request.context.req.query('at') ?? '',
  })
  return consolePage(request, {
    title: version.metadata.title,
    section: '/console/documents',
    body,
  })
}

/** As a download that no browser opens: an uploaded page must not run as one of ours. */
async function download(request: ConsoleRequest, knowledge: KnowledgeService): Promise<Response> {
  const { fileName, contentHash } = await readableVersion(request, knowledge)
  const bytes = await knowledge.original(contentHash)
  if (!bytes) throw new BadInputError('no_original', '原件没有保存，只有读出来的文字')
  const name = fileName.split(/[/\\]/).at(-1) ?? 'document'
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'no-store',
    },
  })
}

async function publish(request: ConsoleRequest, knowledge: KnowledgeService): Promise<string> {
  const { versionId } = await readableVersion(request, knowledge)
  const fields = new URLSearchParams(await request.context.req.text())
  const actor = actorOf(request.account)
  await knowledge.publish(versionId, actor)
  for (const older of fields.getAll('ends')) await knowledge.supersede?.(older, versionId, actor)
  return `/console/documents/${encodeURIComponent(versionId)}?done=published`
}

async function describe(request: ConsoleRequest, knowledge: KnowledgeService): Promise<string> {
  const version = await readableVersion(request, knowledge)
  const fields = new URLSearchParams(await request.context.req.text())
  const metadata = correctMetadata(version.metadata, fields, request.services)
  await knowledge.setMetadata(version.versionId, metadata, actorOf(request.account))
  return `/console/documents/${encodeURIComponent(version.versionId)}?done=saved`
}

const documentOf = async ({ context }: ConsoleRequest) =>
  parseForm(documentForm, new URLSearchParams(await context.req.text())).document

async function withdraw(request: ConsoleRequest, knowledge: KnowledgeService): Promise<string> {
  await knowledge.withdraw(await documentOf(request), actorOf(request.account))
  return '/console/documents?done=withdrawn'
}

async function rollback(request: ConsoleRequest, knowledge: KnowledgeService): Promise<string> {
  await knowledge.rollback(await documentOf(request), actorOf(request.account))
  return '/console/documents?done=rolled-back'
}

async function removeSamples(
  request: ConsoleRequest,
  knowledge: KnowledgeService,
): Promise<string> {
  await knowledge.removeSamples(actorOf(request.account))
  return '/console/documents?done=samples-removed'
}
