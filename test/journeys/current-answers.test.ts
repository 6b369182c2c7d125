/** What an admin's documents come to when they are old, damaged, at odds, not yet in force or not for everybody. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { parseConfig } from '../../src/config.ts'
import type { Answer } from '../../src/domain/answer.ts'
import type { Role } from '../../src/domain/person.ts'
import { confirmSupersession } from '../../src/knowledge/confirm-supersession.ts'
import { openVersion } from '../../src/knowledge/open-version.ts'
import { silentLogger } from '../../src/logger.ts'

const folder = mkdtempSync(join(tmpdir(), 'current-answers-'))
let app: App
const versions = new Map<string, string>()

const FILES: Readonly<Record<string, string>> = {
  'old.txt':
    '庆阳市困难职工救助办法(试行)\n(2024年3月5日庆阳市总工会常委会通过)\n\n第一条 生活救助每户每年不超过3000元。\n第二条 本办法自2024年4月1日起施行。\n',
  'new.txt':
    '庆阳市困难职工救助办法\n(2026年8月20日庆阳市总工会常委会通过)\n\n第一条 生活救助每户每年不超过5000元。\n第二条 本办法自2026年9月1日起施行。\n',
  'notice.txt':
    '庆阳市总工会关于做好2026年金秋助学工作的通知\n各县(区)总工会:\n本科新生每人一次性资助5000元。\n庆阳市总工会\n2026年6月30日\n',
  'damaged.txt':
    '关于表彰五一劳动奖章的通知\n授予五一劳动奖章?0枚。颁奖会于1011日举行。\n庆阳市总工会\n2026年5月1日\n',
  'plan-2014.txt':
    '庆阳市总工会2014年工作要点\n三是新建市级标准化职工书屋30个。\n庆阳市总工会\n2014年3月13日\n',
  'plan-2026.txt':
    '庆阳市总工会2026年工作要点\n新建市级标准化职工书屋24个，年底前完成，由宣教部负责。\n庆阳市总工会\n2026年1月16日\n',
  '慰问标准.csv': '项目,对象,标准(元/人)\n结婚慰问,会员,300\n住院慰问,会员,1000\n',
  'inner.md':
    '---\ntitle: 干部慰问标准\nregion: 621000\nissued_on: 2026-02-01\nkind: measure\nreadable_by: cadres\n---\n机关干部住院慰问每人1800元。\n',
}

beforeAll(async () => {
  const config = parseConfig({
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    UNION_JURISDICTION: '甘肃省/庆阳市',
  })
  app = await createApp(config, { clock: systemClock, logger: silentLogger })
  for (const [fileName, content] of Object.entries(FILES)) {
    const reading = await app.read({ fileName, bytes: Buffer.from(content) })
    const { version } = await app.add(reading, { publish: true }, 'cli')
    versions.set(fileName, version.versionId)
  }
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const ask = async (question: string, on: string, role: Role = 'worker'): Promise<Answer> => {
  const askedOn = Temporal.PlainDate.from(on)
  return (await app.ask({ question, history: [], role, askedOn })).answer
}
const noticed = (answer: Answer) => answer.notices.map(({ kind }) => kind)

describe('two documents in force that differ', () => {
  const RELIEF = '生活救助每户每年多少钱?'

  it('are answered by the newer one, with the older one named beside it', async () => {
    const answer = await ask(RELIEF, '2026-11-01')

    expect(answer.summary).toContain('5000元')
    expect(noticed(answer)).toContain('conflict')
    expect(answer.notices.map(({ text }) => text).join()).toMatch(/2024年.*3000元.*较新/)
  })

  it('are answered by the plan of this year before one whose year is over, unless that one is meant', async () => {
    const now = await ask('职工书屋要建多少个?', '2026-11-01')
    expect(now.summary).toContain('24个')
    expect(noticed(now)).not.toContain('expired')
    expect((await ask('2014年职工书屋要建多少个?', '2026-11-01')).summary).toContain('30个')

    expect((await ask('职工书屋要建多少个?', '2014-11-01')).summary).toContain('30个')
  })

  it('give the older figure to whoever asks of an earlier day, without a word about the later one', async () => {
    const answer = await ask(RELIEF, '2025-01-01')

    expect(answer.summary).toContain('3000元')
    expect(noticed(answer)).not.toContain('conflict')
  })

  it('are not taken for rules before they hold', async () => {
    expect(noticed(await ask(RELIEF, '2023-05-01'))).toContain('not-yet')
  })

  it('are at odds no more once an admin confirms that one replaced the other', async () => {
    const [older = '', newer = ''] = [versions.get('old.txt'), versions.get('new.txt')]
    await confirmSupersession(older, newer, app.change('cli'))
    const now = await ask(RELIEF, '2026-11-01')
    const then = await ask(RELIEF, '2026-05-01')

    expect(now.summary).toContain('5000元')
    expect(noticed(now)).not.toContain('conflict')
    expect(then.summary).toContain('3000元')
    expect(noticed(then)).not.toContain('superseded')
  })
})

describe('a notice on the work of a year', () => {
  it('is called over when the year is over', async () => {
    const question = '本科新生资助多少钱?'
    const [during, after] = [await ask(question, '2026-09-01'), await ask(question, '2027-03-01')]

    expect(noticed(during)).not.toContain('expired')
    expect(noticed(after)).toContain('expired')
    expect(after.summary).toContain('2026 年的材料')
  })
})

describe('a number that has lost a digit', () => {
  it.each(['授予五一劳动奖章多少枚?', '颁奖会哪天举行?'])(
    'does not answer: %s',
    async (question) => {
      const answer = await ask(question, '2026-11-01')

      expect(answer.kind).toBe('not-found')
      expect(noticed(answer)).toContain('damaged')
    },
  )
})

describe('a table', () => {
  it('answers with the unit that stands over its column, and quotes its row', async () => {
    const answer = await ask('住院慰问多少钱?', '2026-11-01')

    expect(answer).toMatchObject({
      kind: 'grounded',
      summary: expect.stringContaining('1000元/人'),
      citations: [{ quote: '住院慰问 | 会员 | 1000', highlight: '1000' }],
    })
  })
})

describe('the rules of a city and of its county', () => {
  it('answer whoever asks from the city, and from the county, with their own', async () => {
    for (const [region, sum] of [
      ['621000', '10000元'],
      ['621024', '12000元'],
      ['620500', '9999元'],
    ] as const) {
      const content = `---\ntitle: 站点办法${region}\nregion: ${region}\nissued_on: 2026-03-01\nkind: measure\n---\n劳动者站点每站一次性补助${sum}。\n`
      const reading = await app.read({ fileName: `${region}.md`, bytes: Buffer.from(content) })
      await app.add(reading, { publish: true }, 'cli')
    }
    const from = async (jurisdictionCode: string) => {
      const askedOn = Temporal.PlainDate.from('2026-11-01')
      const query = { question: '劳动者站点每站补助多少钱?', history: [], role: 'worker' as const }
      return (await app.ask({ ...query, jurisdictionCode, askedOn })).answer.summary
    }

    expect(await from('621000')).toContain('10000元')
    expect(await from('621024')).toContain('12000元')
    expect(await from('621000')).not.toContain('9999')
  })
})

describe('what is kept from somebody', () => {
  it('is not named among the questions that everybody is offered', async () => {
    const lists = (title: string, readers: string) =>
      `---\ntitle: ${title}\nregion: 621000\nissued_on: 2026-10-01\nreadable_by: ${readers}\n---\n今年要办好“${title}”:一是办一件;二是办两件。\n`
    for (const [title, readers] of [
      ['内部两件', 'cadres'],
      ['公开两件', 'all'],
    ] as const) {
      const reading = await app.read({
        fileName: `${title}.md`,
        bytes: Buffer.from(lists(title, readers)),
      })
      await app.add(reading, { publish: true }, 'cli')
    }
    await app.knowledge.refresh()

    expect(app.exampleQuestions.join()).toContain('公开两件')
    expect(app.exampleQuestions.join()).not.toContain('内部两件')
  })

  it('is not named as what took the place of an open document', async () => {
    const replaced = async (fileName: string, content: string) => {
      const reading = await app.read({ fileName, bytes: Buffer.from(content) })
      return (await app.add(reading, { publish: true }, 'cli')).version.versionId
    }
    const head = (title: string, on: string, readers: string) =>
      `---\ntitle: ${title}\nregion: 621000\nissued_on: ${on}\nkind: measure\nreadable_by: ${readers}\n---\n`
    const older = await replaced(
      'car.md',
      `${head('公务用车规定', '2025-01-01', 'all')}公务用车每次限乘四人。\n`,
    )
    const newer = await replaced(
      'car-inner.md',
      `${head('内部用车细则', '2026-01-01', 'cadres')}公务用车须提前三日登记。\n`,
    )
    await confirmSupersession(older, newer, app.change('cli'))
    const [worker, cadre] = [
      await ask('公务用车每次限乘几人?', '2026-11-01'),
      await ask('公务用车每次限乘几人?', '2026-11-01', 'cadre'),
    ]

    expect(noticed(worker)).toContain('superseded')
    expect(JSON.stringify(worker)).not.toContain('内部用车细则')
    expect(JSON.stringify(cadre)).toContain('内部用车细则')
  })

  it('is not readable in its older versions either', async () => {
    const head = (readers: string) =>
      `---\ntitle: 值班安排\nregion: 621000\nissued_on: 2026-03-01\nreadable_by: ${readers}\n---\n`
    const open = await app.read({
      fileName: 'duty.md',
      bytes: Buffer.from(`${head('all')}值班室在三楼东侧,每日两人,节假日加倍。\n`),
    })
    const first = await app.add(open, { publish: true }, 'cli')
    const restricted = await app.read({
      fileName: 'duty.md',
      bytes: Buffer.from(`${head('cadres')}值班室在三楼西侧,每日两人,节假日加倍。\n`),
    })
    const second = await app.add(restricted, { publish: true }, 'cli')
    const shown = await openVersion(first.version.versionId, app.store.knowledge)

    expect(second.kind).toBe('new-version')
    expect(shown?.metadata.readableBy).toBe('cadres')
  })
})

describe('a document for cadres', () => {
  it('answers a cadre, and is not even named to anybody else', async () => {
    const question = '机关干部住院慰问每人多少钱?'

    expect((await ask(question, '2026-11-01', 'cadre')).summary).toContain('1800元')
    for (const role of ['worker', 'member'] as const) {
      const answer = await ask(question, '2026-11-01', role)
      expect(JSON.stringify(answer)).not.toMatch(/1800|干部慰问标准/)
      const steps = await app.explain({
        question,
        history: [],
        role,
        askedOn: Temporal.PlainDate.from('2026-11-01'),
      })
      expect(JSON.stringify(steps)).not.toMatch(/1800|干部慰问标准/)
    }
  })
})
