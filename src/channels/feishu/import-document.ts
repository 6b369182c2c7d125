/**
 * The content behind a reference that parse-event made: a file somebody sent, or a document
 * somebody linked to. Documents come as text with their title in front; whether the reader may have
 * them is for the platform to say (the app needs the document's or the space's permission).
 */
import { z } from 'zod'
import { BadInputError } from '../../errors.ts'
import { FeishuError } from './classify-error.ts'
import { type DocumentLink, parseDocumentLink } from './document-link.ts'
import type { FeishuApi } from './feishu-api.ts'
import type { Download } from './http-instance.ts'

interface Tools {
  readonly api: FeishuApi
  readonly signal: AbortSignal
}

const titleShape = z.object({ document: z.object({ title: z.string().default('') }) })
const contentShape = z.object({ content: z.string() })
const nodeShape = z.object({
  node: z.object({ obj_type: z.string(), obj_token: z.string(), title: z.string().default('') }),
})

/**
 * @throws {BadInputError} when the reference is not one of ours or the document is of a kind we cannot read.
 * @throws {FeishuError} when the platform does not give it.
 */
export async function importDocument(reference: string, tools: Tools): Promise<Download> {
  const [scheme, rest] = splitOnce(reference, ':')
  if (scheme === 'message') return readMessageFile(rest, tools)
  const link = scheme === 'link' ? parseDocumentLink(rest) : undefined
  if (link === undefined) throw unreadable('这个链接')
  return readLink(link, tools)
}

function readMessageFile(rest: string, { api, signal }: Tools): Promise<Download> {
  const [messageId, fileKey] = splitOnce(rest, '/').map(encodeURIComponent)
  // Only this route gives what people send; im/v1/files gives what the bot itself uploaded.
  const path = `/open-apis/im/v1/messages/${messageId}/resources/${fileKey}`
  return api.download({ method: 'GET', path, params: { type: 'file' }, signal })
}

async function readLink(link: DocumentLink, tools: Tools): Promise<Download> {
  switch (link.kind) {
    case 'docx':
      return readDocx(link.token, tools)
    case 'file':
      return readDriveFile(link.token, tools)
    case 'other':
      throw unreadable('这种飞书文档')
    case 'wiki': {
      const path = '/open-apis/wiki/v2/spaces/get_node'
      const params = { token: link.token }
      const request = { method: 'GET', path, params, signal: tools.signal } as const
      const { node } = await tools.api.call(request, nodeShape)
      if (node.obj_type === 'docx') return readDocx(node.obj_token, tools)
      if (node.obj_type === 'file') return readDriveFile(node.obj_token, tools)
      throw unreadable(`知识库里的「${node.title}」`)
    }
  }
}

async function readDocx(token: string, { api, signal }: Tools): Promise<Download> {
  const path = `/open-apis/docx/v1/documents/${encodeURIComponent(token)}`
  const { content } = await api.call(
    { method: 'GET', path: `${path}/raw_content`, signal },
    contentShape,
  )
  const title = await titleOf(path, content, { api, signal })
  // raw_content begins with the title, except where the document has none.
  const text = content.trimStart().startsWith(title) ? content : `${title}\n${content}`
  return {
    bytes: new TextEncoder().encode(text),
    name: `${
      title
        .replace(/[\\/:*?"<>|\n]/g, ' ')
        .trim()
        .slice(0, 80) || '飞书文档'
    }.txt`,
    mediaType: 'text/plain; charset=utf-8',
  }
}

/** The first line of the content when the platform does not give the title apart. */
async function titleOf(path: string, content: string, { api, signal }: Tools): Promise<string> {
  const firstLine = content.trimStart().split('\n', 1)[0] ?? ''
  try {
    const { document } = await api.call({ method: 'GET', path, signal }, titleShape)
    return document.title.trim() || firstLine
  } catch (error) {
    if (error instanceof FeishuError) return firstLine // the text is there; the title can be read from it
    throw error
  }
}

function readDriveFile(token: string, { api, signal }: Tools): Promise<Download> {
  const path = `/open-apis/drive/v1/files/${encodeURIComponent(token)}/download`
  return api.download({ method: 'GET', path, signal })
}

const unreadable = (what: string) =>
  new BadInputError(
    'feishu_document_unreadable',
    `${what}暂时读不了：能读的是飞书文档、知识库里的文档和云空间里的文件，请导出成 Word 或 PDF 发给我。`,
  )

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
