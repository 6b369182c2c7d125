/** Before a file is published: which of the answers that people get would change, and who may see that. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { reviewDraft } from '../../src/assembly/review-draft.ts'
import { systemClock } from '../../src/clock.ts'
import { parseConfig } from '../../src/config.ts'
import type { Role } from '../../src/domain/person.ts'
import { previewDocument } from '../../src/knowledge/preview-document.ts'
import { wordAnswerChange } from '../../src/knowledge/word-answer-change.ts'
import { silentLogger } from '../../src/logger.ts'

const folder = mkdtempSync(join(tmpdir(), 'preview-answers-'))
let app: App
beforeAll(async () => {
  const config = parseConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' })
  app = await createApp(config, { clock: systemClock, logger: silentLogger })
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const YEAR = Temporal.Now.plainDateISO('Asia/Shanghai').year
const document = (title: string, text: string, readers = 'all') =>
  `---\ntitle: ${title}\nregion: 620800\nissued_on: ${YEAR}-01-10\nkind: plan\nreadable_by: ${readers}\n---\n${text}\n`
const read = (fileName: string, content: string) =>
  app.read({ fileName, bytes: Buffer.from(content) })
const publish = async (fileName: string, content: string) =>
  app.add(await read(fileName, content), { publish: true }, 'cli')
const asked = (id: string, question: string, role: Role) =>
  app.store.questions.record({
    id,
    askedAt: systemClock.now(),
    channel: 'web',
    question,
    role,
    jurisdictionCode: '620800',
    kind: 'grounded',
    documentIds: [],
    latencyMs: 1,
  })
const ask = async (question: string, role: Role = 'worker') => {
  const askedOn = app.today()
  const query = { question, history: [], role, jurisdictionCode: '620800', askedOn }
  return (await app.ask(query)).answer.summary
}

const PLAN = '云岭市总工会今年要新建职工书屋24个。各县区年内改造工会驿站12个。'
const BOOKS = '今年要新建多少个职工书屋?'
const STATIONS = '今年要改造多少个工会驿站?'
const ALLOWANCE = '管理人员加班补助每天多少元?'

describe('the preview of a new version', () => {
  beforeAll(async () => {
    await publish('plan.md', document(`${YEAR}年工作要点`, PLAN))
    const secret = document('内部补助标准', '管理人员加班补助每人每天200元。', 'admins')
    await publish('secret.md', secret)
    await asked('q1', BOOKS, 'worker')
    await asked('q2', STATIONS, 'worker')
    await asked('q3', ALLOWANCE, 'admin')
  })

  it('names the questions whose answer changes, with what is said before and after', async () => {
    const reading = await read(
      'plan.md',
      document(`${YEAR}年工作要点`, PLAN.replace('书屋24个', '书屋40个')),
    )
    const { answers } = await previewDocument(reading, {
      knowledge: app.store.knowledge,
      compareAnswers: (draft) => app.previewAnswers(draft, 'admin'),
    })
    const changed = answers.changes.find(({ question }) => question === BOOKS)

    expect(changed?.change).toBe('changed')
    expect(changed && wordAnswerChange(changed)).toMatchObject({
      before: expect.stringContaining('24个'),
      after: expect.stringContaining('40个'),
    })
    expect(answers.changes.map(({ question }) => question)).not.toContain(STATIONS)
    expect(answers.asked).toBeGreaterThanOrEqual(3)
  })

  it('leaves everybody else with the answers in force, while it runs and after it', async () => {
    const reading = await read(
      'plan.md',
      document(`${YEAR}年工作要点`, PLAN.replace('书屋24个', '书屋88个')),
    )
    const running = app.previewAnswers({ reading, disputed: [] }, 'admin')
    const meanwhile: string[] = []
    for (let n = 0; n < 20; n++) meanwhile.push(await ask(BOOKS))
    await running

    expect(new Set([...meanwhile, await ask(BOOKS)])).toEqual(new Set([await ask(BOOKS)]))
    expect(await ask(BOOKS)).toContain('24个')
    expect([...app.knowledge.index.documents()]).toHaveLength(2)
  })

  it('says that a pinned answer stays behind what the documents say', async () => {
    await app.store.pinned.save({
      id: 'pin',
      questions: [BOOKS],
      notQuestions: [],
      answer: '今年新建24个。',
      readableBy: 'all',
      owner: 'cli',
      updatedAt: systemClock.now(),
    })
    const reading = await read(
      'plan.md',
      document(`${YEAR}年工作要点`, PLAN.replace('书屋24个', '书屋40个')),
    )
    const inForce = await app.store.knowledge.inForce()
    const replaces = inForce.find(({ fileName }) => fileName === 'plan.md')
    const { changes } = await app.previewAnswers(
      { reading, disputed: [], ...(replaces && { replaces }) },
      'admin',
    )

    expect(changes).toMatchObject([{ question: BOOKS, pinned: true }])
  })

  it('shows a cadre nothing of what only admins may read', async () => {
    const arrival = await app.add(
      await read('new.md', document('新补助标准', '管理人员加班补助每人每天300元。', 'cadres')),
      { publish: false },
      'cli',
    )
    const { versionId } = arrival.version
    const forAdmin = await reviewDraft(versionId, 'admin', app)
    const forCadre = await reviewDraft(versionId, 'cadre', app)

    expect(JSON.stringify(forAdmin)).toContain('200元')
    expect(forAdmin.answers?.changes.map(({ question }) => question)).toContain(ALLOWANCE)
    expect(JSON.stringify(forCadre)).not.toContain('200元')
    expect(forCadre.answers).toBeUndefined()
  })
})
