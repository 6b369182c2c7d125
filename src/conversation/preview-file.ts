/** What was read of a file, on one phone screen: enough to see whether it was read right. */
import type { DocumentDate, DocumentReading } from '../domain/document.ts'
import type { Action, Block, OutboundMessage } from '../domain/message.ts'
import type { Arrival } from '../knowledge/publish-document.ts'

/** Warnings, lists and tasks shown on a phone. */
const MOST_SHOWN = 5

export function previewFile(reading: DocumentReading, arrival: Arrival): OutboundMessage {
  const { metadata, lists, facts, proposals, warnings, passages } = reading
  const counts = `${passages.length} 段、${lists.length} 个清单、${facts.length} 个数字、${proposals.length} 项任务`
  const rows = [
    { label: '发文机关', value: metadata.issuer ?? '没读到' },
    { label: '日期', value: metadata.issuedOn ? writeDate(metadata.issuedOn) : '没读到' },
    { label: '读出', value: counts },
  ]
  return {
    blocks: [
      { kind: 'heading', text: `《${metadata.title}》` },
      { kind: 'paragraph', text: standing(arrival) },
      { kind: 'rows', rows },
      ...warnings
        .slice(0, MOST_SHOWN)
        .map(({ message }): Block => ({ kind: 'notice', tone: 'warning', text: message })),
      ...(warnings.length > MOST_SHOWN ? [more(warnings.length - MOST_SHOWN, '处提醒')] : []),
      ...details(
        '清单',
        lists.map(({ title, items }) => `${title}（${items.length} 项）`),
      ),
      ...details(
        '像任务的句子',
        proposals.map(({ title }) => title),
      ),
      ...offer(arrival),
    ],
  }
}

function standing({ kind, version }: Arrival): string {
  if (version.status === 'in-force') return '这份文件已经有了，正在用，没有改动。'
  if (kind === 'known') return '这份文件以前收到过，现在没有在用。'
  if (kind === 'new-version')
    return `这是已有文件的第 ${version.version} 版，存为草稿；发布后代替现在的一版。`
  return '读好了，存为草稿。看一眼再发布。'
}

function offer({ version }: Arrival): readonly Block[] {
  if (version.status === 'in-force') return []
  const values = { version: version.versionId }
  const publish: Action = { label: '发布', name: 'publish-document', values, style: 'primary' }
  const discard: Action = { label: '放弃', name: 'discard-draft', values }
  return [{ kind: 'actions', actions: version.status === 'draft' ? [publish, discard] : [publish] }]
}

function details(title: string, lines: readonly string[]): readonly Block[] {
  if (lines.length === 0) return []
  const shown = lines.slice(0, MOST_SHOWN).map((line, at) => `${at + 1}. ${line}`)
  const rest = lines.length - shown.length
  const text = [...shown, ...(rest > 0 ? [`另有 ${rest} 条`] : [])].join('\n')
  return [
    { kind: 'details', title: `${title} ${lines.length}`, blocks: [{ kind: 'paragraph', text }] },
  ]
}

const more = (count: number, what: string): Block => ({
  kind: 'notice',
  tone: 'info',
  text: `另有 ${count} ${what}，在管理页面的预览里。`,
})

function writeDate({ on, precision, inferredFrom }: DocumentDate): string {
  const shown = { day: 10, month: 7, year: 4 }[precision]
  return `${on.toString().slice(0, shown)}${inferredFrom === undefined ? '' : '（年份是推定的）'}`
}
