/**
 * Links to Feishu documents: 新版文档 (docx), 知识库 (wiki), 云空间里的文件 (file), and those of other kinds,
 * which are recognised so that it can be said that they cannot be read.
 */

export interface DocumentLink {
  readonly kind: 'docx' | 'wiki' | 'file' | 'other'
  readonly token: string
}

const KINDS = 'docx|wiki|file|docs|sheets|base|mindnotes|slides|drive/folder'
/** Feishu's own hosts; elsewhere (a private deployment) the token has to look like one: 22 letters and digits or more. */
const LINK = new RegExp(
  String.raw`https?://(?:[\w.-]+\.(?:feishu\.cn|larksuite\.com|larkoffice\.com)/(?:${KINDS})/\w{8,64}|[\w.:-]+/(?:${KINDS})/[A-Za-z0-9]{22,64})(?![\w/])[^\s\u3000-\uffef]*`,
)
const PARTS = new RegExp(`/(${KINDS})/(\\w+)`)

/** Words that may stand beside a link that is handed over to be read, as opposed to asked about. */
const HANDING_OVER =
  /^(?:请|帮忙|把|这个|这份|文件|文档|导入|收录|入库|上传|发布|一下|[,\uFF0C。、:\uFF1A!\uFF01~\s])*$/

/** The link of a message that hands over a document; undefined for a question that mentions one. */
export function findDocumentLink(text: string): string | undefined {
  const link = LINK.exec(text)?.[0]
  if (link === undefined) return undefined
  return HANDING_OVER.test(text.replace(link, '')) ? link : undefined
}

export function parseDocumentLink(link: string): DocumentLink | undefined {
  const match = LINK.test(link) ? PARTS.exec(link) : null
  const kind = match?.[1]
  const token = match?.[2]
  if (token === undefined) return undefined
  const isReadable = kind === 'docx' || kind === 'wiki' || kind === 'file'
  return { kind: isReadable ? kind : 'other', token }
}
