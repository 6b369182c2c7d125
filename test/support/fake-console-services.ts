/** Console services for tests and for looking at the pages: a real store in memory, one document in two versions. */

import { consoleDeliveries, consolePeople, consoleTasks } from '../../src/assembly/console-tasks.ts'
import type { ConsoleServices, KnowledgeService } from '../../src/console/console-services.ts'
import type { DocumentVersion } from '../../src/domain/document.ts'
import type { TaskSetup } from '../../src/domain/task.ts'
import { BadInputError } from '../../src/errors.ts'
import { removePinnedAnswer, savePinnedAnswer } from '../../src/knowledge/edit-pinned-answers.ts'
import { silentLogger } from '../../src/logger.ts'
import type { Store } from '../../src/storage/store.ts'
import { createTask } from '../../src/tasks/record-change.ts'
import { STATE_COUNCIL_HOLIDAYS } from '../../src/text/state-council-holidays.ts'
import { workCalendar } from '../../src/text/working-days.ts'
import { documentVersion, fakeWebServices, PLACE } from './fake-web-services.ts'

/** What was done to the knowledge, in order: `publish plan-2 by web:…`. */
export interface FakeKnowledge extends KnowledgeService {
  readonly done: string[]
}

export function fakeKnowledge(): FakeKnowledge {
  const done: string[] = []
  const versions = new Map(exampleVersions().map((version) => [version.versionId, version]))
  const move = (versionId: string, status: DocumentVersion['status']) => {
    const version = versions.get(versionId)
    if (version) versions.set(versionId, { ...version, status })
  }
  const all = () => [...versions.values()]
  return {
    done,
    list: async () => {
      const newest = Map.groupBy(all(), ({ documentId }) => documentId)
      return [...newest.values()].flatMap((group) => group.at(-1) ?? [])
    },
    inForce: async () => all().filter(({ status }) => status === 'in-force'),
    version: async (id) => versions.get(id),
    history: async (documentId) => all().filter((version) => version.documentId === documentId),
    original: async () => new TextEncoder().encode('<script>alert(1)</script>'),
    upload: async ({ name, bytes }, actor) => {
      if (bytes.length === 0) throw new BadInputError('empty_file', `「${name}」是空的`)
      done.push(`upload ${name} by ${actor}`)
      return { kind: 'new-document', versionId: 'plan-2' }
    },
    review: async () => ({
      conflicts: [
        {
          subject: '职工书屋',
          ours: { text: '新建职工书屋26个', span: { start: 0, end: 9 } },
          theirs: {
            text: '新建职工书屋24个',
            versionId: 'plan-1',
            span: { start: 43, end: 52 },
            documentTitle: '云岭市总工会二〇二六年工作安排',
          },
        },
      ],
      supersedes: [
        { document: exampleVersions()[2] as DocumentVersion, reason: '同一计划的上一年度' },
      ],
      changes: [{ kind: 'changed', before: '新建职工书屋24个', after: '新建职工书屋26个' }],
      ...(versions.get('plan-1') && { previous: versions.get('plan-1') as DocumentVersion }),
    }),
    publish: async (versionId, actor) => {
      done.push(`publish ${versionId} by ${actor}`)
      move(versionId, 'in-force')
    },
    withdraw: async (documentId, actor) => void done.push(`withdraw ${documentId} by ${actor}`),
    rollback: async (documentId, actor) => void done.push(`rollback ${documentId} by ${actor}`),
    supersede: async (older, newer, actor) =>
      void done.push(`supersede ${older} with ${newer} by ${actor}`),
    setMetadata: async (versionId, metadata, actor) => {
      done.push(`describe ${versionId} by ${actor}`)
      const version = versions.get(versionId)
      if (version) versions.set(versionId, { ...version, metadata })
    },
    removeSamples: async (actor) => {
      done.push(`remove samples by ${actor}`)
      return 1
    },
  }
}

function exampleVersions(): readonly DocumentVersion[] {
  const first = documentVersion()
  const span = { start: 43, end: 52 }
  const rich = {
    lists: [
      {
        title: '几件事',
        aliases: [],
        declaredCount: 4,
        span,
        items: [{ ordinal: 1, span, text: '新建职工书屋24个' }],
      },
    ],
    facts: [
      {
        subject: '职工书屋',
        value: 24,
        bound: 'exact' as const,
        unit: '个',
        span,
        valueSpan: { start: 49, end: 52 },
        damaged: false,
      },
    ],
    proposals: [
      {
        title: '新建职工书屋',
        deadline: { phrase: '年底前', dueOn: Temporal.PlainDate.from('2026-12-31') },
        target: { value: 24, bound: 'exact' as const, unit: '个' },
        span,
        quote: '新建职工书屋24个',
      },
    ],
    warnings: [{ code: 'list_incomplete', message: '写明四件，只读出一件，请核对', span }],
  }
  const restricted = documentVersion({
    documentId: 'secret',
    versionId: 'secret-1',
    fileName: 'secret.docx',
    metadata: { ...first.metadata, title: '只给管理员的安排', readableBy: 'admins', sample: false },
  })
  const draft = { ...first, ...rich, versionId: 'plan-2', version: 2, status: 'draft' as const }
  return [{ ...first, ...rich }, draft, restricted]
}

export function fakeConsoleServices(
  store: Store,
  overrides: Partial<ConsoleServices> = {},
): ConsoleServices {
  const web = fakeWebServices()
  const clock = overrides.clock ?? { now: () => Temporal.Instant.from('2026-11-21T02:00:00Z') }
  const app = {
    store,
    cache: store.cache,
    clock: { ...clock, sleepUntil: async () => {} },
    today: () => clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate(),
    config: { TIME_ZONE: 'Asia/Shanghai' },
    calendar: workCalendar(STATE_COUNCIL_HOLIDAYS),
  }
  return {
    tasks: consoleTasks(app),
    people: consolePeople(app),
    deliveries: consoleDeliveries(app),
    pinned: {
      list: () => store.pinned.list(),
      save: async (form, actor) => {
        await savePinnedAnswer(form, { store, actor, at: clock.now() })
      },
      remove: async (id, actor) => {
        await removePinnedAnswer(id, { store, actor, at: clock.now() })
      },
    },
    accounts: store.console,
    changeAccounts: (work) => store.transaction(work),
    questions: store.questions,
    audit: store.audit,
    clock,
    logger: silentLogger,
    contact: web.contact,
    timeZone: 'Asia/Shanghai',
    health: async () => ({
      ready: true,
      checks: [
        { name: '数据库', status: 'ok' },
        { name: '大模型', status: 'degraded', detail: '没有配置，按原文摘录回答' },
        { name: '微信', status: 'down', detail: '登录失效，请到「渠道」扫码' },
      ],
    }),
    resolvePlace: web.resolvePlace,
    placeByCode: (code) => (code === PLACE.code ? PLACE : undefined),
    knowledge: fakeKnowledge(),
    sandbox: {
      ask: (query, signal) => web.ask({ id: 'x', from: 'chat', query }, signal),
      explain: async ({ role }) => [
        { title: '理解', lines: [`身份 ${role}`, '问的是数量'] },
        { title: '找到的段落', lines: ['《云岭市总工会二〇二六年工作安排》第 2 段，12.4 分'] },
      ],
    },
    channels: {
      list: async () => [
        { label: '飞书', name: 'feishu', state: 'on', detail: '长连接正常' },
        {
          label: '微信',
          name: 'wechat',
          state: 'down',
          detail: '登录失效，请用手机扫码',
          qrText: 'https://login.example/abc',
        },
      ],
    },
    backup: {
      create: async () => ({ fileName: '备份.zip', content: new Blob(['whole']) }),
      lastCreatedAt: async () => undefined,
    },
    ...overrides,
  }
}

/** Two tasks read from the example document, as yet unconfirmed, and the cadre who could do them. */
export async function addExampleTasks(store: Store): Promise<void> {
  await store.people.save({
    id: 'li',
    name: '李明',
    role: 'cadre',
    unit: '权益保障部',
    accounts: [{ channel: 'feishu', accountId: 'ou_li' }],
  })
  const version = documentVersion()
  for (const [index, quote] of ['新建职工书屋24个', '建成户外劳动者驿站40个'].entries()) {
    const start = version.text.indexOf(quote)
    const setup: TaskSetup = {
      title: quote.replace(/\d+个$/, ''),
      source: {
        documentId: version.documentId,
        documentTitle: version.metadata.title,
        span: { start, end: start + quote.length },
        quote,
        listTitle: '几件事',
        ordinal: index + 1,
      },
      assignees: [],
      deadline: { phrase: '年底前', dueOn: Temporal.PlainDate.from('2026-12-31') },
      target: { value: index === 0 ? 24 : 40, bound: 'exact', unit: '个' },
      startsOn: Temporal.PlainDate.from('2026-01-01'),
      readableBy: 'all',
    }
    const at = Temporal.Instant.from('2026-11-20T02:00:00Z')
    const context = { actor: { kind: 'system' as const, name: '读文件' }, at, basis: 'ingest' }
    const ledger = { store, onScheduleChanged: async () => {} }
    await createTask(`t${index + 1}`, { setup, status: 'draft' }, context, ledger)
  }
}
