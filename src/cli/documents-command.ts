/** `documents list|show|publish|withdraw|history|rollback`: the life of documents, from a shell. */
import type { Command } from 'commander'
import type { App } from '../app.ts'
import { publishVersion, rollBackVersion, withdrawVersion } from '../assembly/publish-version.ts'
import type { DocumentStatus, DocumentSummary } from '../domain/document.ts'
import { BadInputError } from '../errors.ts'
import { confirmSupersession } from '../knowledge/confirm-supersession.ts'
import { findDocument } from '../knowledge/find-document.ts'
import { removeDocument } from '../knowledge/remove-document.ts'
import { retireSamples } from '../knowledge/retire-samples.ts'
import { describeReading } from './describe-reading.ts'
import type { Terminal } from './program.ts'

type WithApp = <R>(work: (app: App) => Promise<R>) => Promise<R>

const STATUS_NAMES: Readonly<Record<DocumentStatus, string>> = {
  draft: '草稿',
  'in-force': '在用',
  superseded: '已替换',
  withdrawn: '已撤下',
}

export function addDocumentsCommand(program: Command, withApp: WithApp, terminal: Terminal): void {
  const documents = program
    .command('documents')
    .description('管理文件；<文件> 可以写编号、编号的前几位、文件名或标题')
  const showAll = (list: readonly DocumentSummary[], json?: boolean) =>
    terminal.print(
      json ? JSON.stringify(list.map(toJson)) : list.map(line).join('\n') || '还没有文件',
    )

  documents
    .command('list')
    .description('列出所有文件')
    .option('--json', '只印 JSON')
    .action((options: { json?: boolean }) =>
      withApp(async ({ store: { knowledge } }) => {
        const list = await knowledge.list()
        if (options.json) return showAll(list, true)
        const current = new Map((await knowledge.inForce()).map((one) => [one.documentId, one]))
        const lines = list.map((newest) => lineWith(newest, current.get(newest.documentId)))
        terminal.print(lines.join('\n') || '还没有文件')
      }),
    )
  documents
    .command('history <文件>')
    .description('列出一份文件的各个版本')
    .option('--json', '只印 JSON')
    .action((id: string, options: { json?: boolean }) =>
      withApp(async (app) => showAll(await historyOf(id, app), options.json)),
    )
  documents
    .command('show <文件>')
    .description('看一份文件读成了什么')
    .option('--text', '连正文一起显示')
    .action((id: string, options: { text?: boolean }) =>
      withApp(async (app) => {
        const version = await currentVersion(id, app)
        terminal.print(line(version))
        terminal.print(describeReading(version, app.gazetteer))
        if (options.text) terminal.print(`\n${version.text}`)
      }),
    )
  addChanges(documents, withApp, terminal)
}

function addChanges(documents: Command, withApp: WithApp, terminal: Terminal): void {
  documents
    .command('publish <文件>')
    .description('发布草稿，或重新发布最新的一版')
    .action((id: string) =>
      withApp(async (app) => {
        const newest = (await historyOf(id, app)).at(-1)
        if (newest === undefined) return
        const context = app.change('cli')
        const { published } = await publishVersion(newest.versionId, context, app.today())
        terminal.print(`已发布：${line(published)}`)
      }),
    )
  documents
    .command('withdraw <文件>')
    .description('撤下一份文件；以后还能重新发布')
    .action((id: string) =>
      withApp(async (app) => {
        const { documentId } = await findDocument(id, app.store.knowledge)
        const withdrawn = await withdrawVersion(documentId, app.change('cli'), app.today())
        terminal.print(withdrawn ? `已撤下：${line(withdrawn)}` : '这份文件本来就不在用')
      }),
    )
  documents
    .command('rollback <文件>')
    .description('退回上一版')
    .action((id: string) =>
      withApp(async (app) => {
        const { documentId } = await findDocument(id, app.store.knowledge)
        const { published } = await rollBackVersion(documentId, app.change('cli'), app.today())
        terminal.print(`已退回：${line(published)}`)
      }),
    )
  documents
    .command('remove <文件>')
    .description('彻底删除一份文件的所有版本和原件，不能恢复；只是过时的请用 withdraw')
    .action((reference: string) =>
      withApp(async (app) => {
        const { documentId, metadata } = await findDocument(reference, app.store.knowledge)
        await removeDocument(documentId, app.change('cli'))
        terminal.print(`已彻底删除：《${metadata.title}》`)
      }),
    )
  documents
    .command('supersede <旧文件> <新文件>')
    .description('确认旧文件已被新文件代替：旧文件的有效期到新文件生效前一天')
    .action((older: string, newer: string) =>
      withApp(async (app) => {
        const ended = await confirmSupersession(
          (await currentVersion(older, app)).versionId,
          (await currentVersion(newer, app)).versionId,
          app.change('cli'),
        )
        terminal.print(`已记下：《${ended.metadata.title}》${ended.metadata.validity.basis}`)
      }),
    )
  documents
    .command('remove-samples')
    .description('停用自带的示例文件')
    .action(() =>
      withApp(async (app) => {
        const retired = await retireSamples(app.change('cli'))
        terminal.print(`停用了 ${retired.length} 份示例`)
      }),
    )
}

/** @throws {BadInputError} when no document, or several, are called so. */
async function historyOf(reference: string, app: App): Promise<readonly DocumentSummary[]> {
  const { knowledge } = app.store
  return knowledge.history((await findDocument(reference, knowledge)).documentId)
}

/** The version in force, else the newest. */
async function currentVersion(id: string, app: App) {
  const history = await historyOf(id, app)
  const chosen = history.find(({ status }) => status === 'in-force') ?? history.at(-1)
  const version = chosen && (await app.store.knowledge.version(chosen.versionId))
  if (version) return version
  throw new BadInputError(
    'unknown_document',
    `没有编号为 ${id} 的文件。请用 documents list 查看现有文件。`,
  )
}

function line({ documentId, version, status, metadata, fileName }: DocumentSummary): string {
  const sample = metadata.sample ? '，示例' : ''
  return `${documentId}  [${STATUS_NAMES[status]}，第 ${version} 版${sample}]  《${metadata.title}》  ${fileName}`
}

/** The newest version, and which one is in force when that is another. */
function lineWith(newest: DocumentSummary, current: DocumentSummary | undefined): string {
  const isOther = current !== undefined && current.versionId !== newest.versionId
  return `${line(newest)}${isOther ? `（第 ${current.version} 版在用）` : ''}`
}

function toJson({
  documentId,
  versionId,
  version,
  status,
  metadata,
  fileName,
  createdAt,
}: DocumentSummary) {
  return {
    document_id: documentId,
    version_id: versionId,
    version,
    standing: status,
    title: metadata.title,
    issuer: metadata.issuer ?? null,
    issued_on: metadata.issuedOn?.on.toString() ?? null,
    region: metadata.jurisdictionCode ?? null,
    kind: metadata.kind,
    readable_by: metadata.readableBy,
    valid_from: metadata.validity.from?.toString() ?? null,
    valid_to: metadata.validity.to?.toString() ?? null,
    sample: metadata.sample,
    file: fileName,
    created_at: createdAt.toString(),
  }
}
