/** Links to Feishu documents: 新版文档 (docx), 知识库 (wiki), 云空间里的文件 (file). */

export interface DocumentLink {
  readonly kind: 'docx' | 'wiki' | 'file'
  readonly token: string
}

const LINK =
  /https:\/\/[\w.-]+\.(?:feishu\.cn|larksuite\.com|larkoffice\.com)\/(docx|wiki|file)\/(\w{8,64})[^\s]*/

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
  const match = LINK.exec(link)
  const kind = match?.[1]
  const token = match?.[2]
  if (token === undefined) return undefined
  return kind === 'docx' || kind === 'wiki' || kind === 'file' ? { kind, token } : undefined
}
