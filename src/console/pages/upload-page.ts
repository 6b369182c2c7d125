/** Bringing files in: several at once, each kept as a draft to be looked at, bad ones listed with the reason. */
import { html } from 'hono/html'
import { BadInputError } from '../../errors.ts'
import type { Html } from '../../http/html.ts'
import { consolePage } from '../console-page.ts'
import { actorOf, type ConsoleRequest, type ConsoleRoute } from '../console-request.ts'
import type { KnowledgeService, UploadedFile, UploadResult } from '../console-services.ts'

const MOST_FILES = 50
const ACCEPTED = '.txt,.md,.html,.htm,.doc,.docx,.wps,.pdf,.ofd,.xlsx,.csv,.rtf,.odt'
const OUTCOMES = {
  known: 'known',
  'new-document': 'uploaded',
  'new-version': 'new-version',
} as const
const OUTCOME_TEXTS = {
  known: '早已在库，没有变化',
  'new-document': '已读入为草稿',
  'new-version': '已有文件的新版本，已读入为草稿',
} as const

type Outcome = { readonly name: string } & (
  | { readonly result: UploadResult }
  | { readonly failure: string }
)

export function uploadRoutes(knowledge: KnowledgeService): readonly ConsoleRoute[] {
  return [
    {
      method: 'get',
      path: '/documents/upload',
      least: 'admin',
      respond: (request) => form(request, knowledge),
    },
    {
      method: 'post',
      path: '/documents/upload',
      least: 'admin',
      respond: (request) => receive(request, knowledge),
    },
  ]
}

function form(request: ConsoleRequest, knowledge: KnowledgeService, outcomes?: Html) {
  const body = html`${outcomes}
<section class="panel"><form method="post" action="/console/documents/upload" enctype="multipart/form-data" class="stack" data-busy="正在读取，请稍候…">
<label class="drop">选择文件，或把文件拖到这里<input type="file" name="file" multiple required accept="${ACCEPTED}"></label>
<p class="hint">Word、WPS、PDF 和 OFD（有文字层的）、Excel、网页、纯文本都可以，一次最多 ${MOST_FILES} 个，共 50 MB。读入后先是草稿，核对后再发布。</p>
<button class="primary">读入</button></form></section>
${
  knowledge.uploadUrl &&
  html`<section class="panel"><h2>从网址读入</h2><form method="post" action="/console/documents/upload" class="row" data-busy="正在读取，请稍候…">
<input type="url" name="url" required placeholder="https://" aria-label="网址"><button>读入</button></form></section>`
}`
  return consolePage(request, {
    title: '上传文件',
    section: '/console/documents',
    body,
  })
}

async function receive(request: ConsoleRequest, knowledge: KnowledgeService): Promise<Response> {
  const actor = actorOf(request.account)
  const fields = await request.context.req.parseBody({ all: true })
  const url = fields['url']
  const outcomes =
    typeof url === 'string' && knowledge.uploadUrl
      ? [await attempt(url, () => knowledge.uploadUrl?.(url, actor))]
      : await receiveFiles([fields['file']].flat(), knowledge, actor)
  const [only] = outcomes
  if (outcomes.length === 1 && only && 'result' in only) {
    const { kind, versionId } = only.result
    const address = `/console/documents/${encodeURIComponent(versionId)}?done=${OUTCOMES[kind]}`
    return request.context.redirect(address, 303)
  }
  return form(request, knowledge, outcomeList(outcomes))
}

/** One after another: reading takes memory, and one bad file must not stop the rest. */
async function receiveFiles(
  entries: readonly (string | File | undefined)[],
  knowledge: KnowledgeService,
  actor: string,
): Promise<readonly Outcome[]> {
  const files = entries.filter((entry) => entry instanceof File && entry.name !== '') as File[]
  if (files.length === 0) throw new BadInputError('no_file', '没有选择文件，请先选一个')
  if (files.length > MOST_FILES) {
    throw new BadInputError(
      'too_many_files',
      `一次最多 ${MOST_FILES} 个文件，请分几次上传；很多文件时用命令行 ingest 更快`,
    )
  }
  const outcomes: Outcome[] = []
  for (const file of files) {
    const uploaded = await uploadedFile(file)
    outcomes.push(await attempt(uploaded.name, () => knowledge.upload(uploaded, actor)))
  }
  return outcomes
}

/** The name without folders and control characters: it is shown and kept, never used as a path. */
async function uploadedFile(file: File): Promise<UploadedFile> {
  const name =
    file.name
      .split(/[/\\]/)
      .at(-1)
      ?.replace(/\p{Cc}/gu, '')
      .slice(-200) ?? ''
  return { name: name || '未命名', bytes: new Uint8Array(await file.arrayBuffer()) }
}

async function attempt(
  name: string,
  read: () => Promise<UploadResult> | undefined,
): Promise<Outcome> {
  try {
    const result = await read()
    return result ? { name, result } : { name, failure: '没有读入' }
  } catch (error) {
    if (error instanceof BadInputError) return { name, failure: error.message }
    throw error
  }
}

function outcomeList(outcomes: readonly Outcome[]): Html {
  const failed = outcomes.filter((outcome) => 'failure' in outcome).length
  return html`<section class="panel"><h2>读入 ${outcomes.length - failed} 份${failed > 0 && `，${failed} 份没有读入`}</h2><ul class="lines">${outcomes.map(
    (outcome) =>
      'failure' in outcome
        ? html`<li><strong>${outcome.name}</strong> <span class="tag tag--failed">没有读入</span> ${outcome.failure}</li>`
        : html`<li><a href="/console/documents/${encodeURIComponent(outcome.result.versionId)}">${outcome.name}</a> ${OUTCOME_TEXTS[outcome.result.kind]}</li>`,
  )}</ul></section>`
}
