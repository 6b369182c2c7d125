/** The command line and the process as an operator meets them: every refusal with its exit code. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runProgram, startProgram } from '../support/run-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'niangjiaren-cli-'))
const environment = { DATA_DIR: folder }
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const bot = (...words: string[]) => runProgram('cli.ts', words, { environment })

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const PLAN = `云岭市总工会2026年工作安排
来源:云岭工会网 2026-01-16

云岭市总工会召开全委会议,安排2026年工作。

认真办好“三件实事”:一是新建职工书屋24个;二是为6000名职工办理互助保障;三是慰问困难职工800户。年底前全部完成。
`

describe('wrong use', () => {
  it.concurrent.each([
    ['an empty question', ['ask', ''], '问题是空的'],
    ['20,000 characters', ['ask', '书'.repeat(20_000)], '太长'],
    ['emoji only', ['ask', '😀🎉'], '没有看到文字'],
    ['control characters only', ['ask', '\u0001\u0007\u200b'], '问题是空的'],
    ['an unknown region', ['ask', '书屋', '--region', '亚特兰蒂斯'], '不认识地区'],
    ['an unknown role', ['ask', '书屋', '--role', 'king'], '身份'],
    ['a day that is none', ['ask', '书屋', '--as-of', '2014-02-30'], '日期'],
    ['a file that is not there', ['ingest', '/no/such/file.txt'], '找不到'],
    ['a batch that is not there', ['ask', '--batch', '/no/such/file.jsonl'], '找不到'],
    ['an unknown command', ['frobnicate'], '没有「frobnicate」'],
    ['an unknown document', ['documents', 'rollback', 'nothing'], '没有找到'],
  ])('refuses %s with exit code 2 and a Chinese sentence', async (_name, words, sentence) => {
    const { code, output, errors } = await bot(...words)

    expect(code).toBe(2)
    expect(`${output}${errors}`).toContain(sentence)
    expect(errors).not.toMatch(/ {4}at |Error:/)
  })

  it('refuses an empty and a binary file, and stores nothing of them', async () => {
    const empty = file('empty.txt', '')
    const binary = file(
      'noise.txt',
      Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919) % 256),
    )
    expect((await bot('ingest', empty, '--publish')).code).toBe(2)
    expect((await bot('ingest', binary, '--publish')).code).toBe(2)

    const list = JSON.parse((await bot('documents', 'list', '--json')).output)
    expect(list.filter(({ sample }: { sample: boolean }) => !sample)).toEqual([])
  })

  it('gives every row of a batch its line, also one without words or from an unknown place', async () => {
    const batch = file(
      'odd.jsonl',
      '{"id":"a","question":"🤔"}\n{"id":"b","question":"书屋要建多少个?","region":"火星"}\n',
    )
    const { code, output, errors } = await bot('ask', '--batch', batch)
    const rows = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))

    expect([code, rows.map(({ id }) => id)]).toEqual([0, ['a', 'b']])
    expect(rows[0]).toMatchObject({
      kind: 'refused',
      text: expect.stringContaining('没有看到文字'),
    })
    expect(errors).toContain('不认识地区「火星」')
  })

  it('asks nothing of a batch with a malformed row, and names the row', async () => {
    const batch = file('bad.jsonl', '{"id":"a","question":"书屋?"}\n{"id":\n')
    const { code, output, errors } = await bot('ask', '--batch', batch)

    expect(code).toBe(2)
    expect(output).toBe('')
    expect(errors).toContain('第 2 行')
  })

  it('names every bad variable at once and exits 1', async () => {
    const bad = { DATA_DIR: folder, PORT: 'abc', TIME_ZONE: 'Mars' }
    const { code, errors } = await runProgram('main.ts', [], { environment: bad })

    expect(code).toBe(1)
    expect(errors).toMatch(/PORT[\s\S]*TIME_ZONE/)
  })
})

describe('a folder that cannot be written', () => {
  it.each(['/proc/nowhere', '/dev/null/deep'])(
    'is named, and the start ends with 1: %s',
    async (path) => {
      const { code, errors } = await runProgram('main.ts', [], {
        environment: { DATA_DIR: path, PORT: '0' },
      })
      expect(code).toBe(1)
      expect(errors).toContain('DATA_DIR')
    },
  )
})

describe('a bot and a command line on the same data', () => {
  let running: Awaited<ReturnType<typeof startProgram>>
  beforeAll(async () => {
    running = await startProgram(environment)
  }, 30_000)
  afterAll(async () => {
    await running.stop()
  })

  const ask = async (question: string) => {
    const response = await fetch(`${running.address}/api/ask`, {
      method: 'POST',
      body: JSON.stringify({ question, asked_on: '2026-05-01' }),
    })
    return (await response.json()) as {
      kind: string
      text: string
      citations: { document: string }[]
    }
  }

  it('says at the start where it is and what is not configured', () => {
    expect(running.greeting).toMatch(/网页问答[\s\S]*示例[\s\S]*未配置[\s\S]*飞书/)
  })

  it('answers from the samples before anybody added anything', async () => {
    expect((await ask('2014年要建多少个职工书屋?')).text).toContain('30')
  })

  it('answers from a document published meanwhile, and lets the samples go', async () => {
    const plan = file('yunling-2026.txt', PLAN)
    expect((await bot('ingest', plan, '--publish')).code).toBe(0)

    const answer = await ask('今年要新建多少个职工书屋?')
    expect(answer).toMatchObject({
      kind: 'grounded',
      citations: [{ document: 'yunling-2026.txt' }],
    })
    expect(answer.text).toContain('24')
    expect((await ask('八件实事有哪些?')).text).not.toContain('30个')
  })

  it('knows the same file again, and goes back a version in one step', async () => {
    const plan = join(folder, 'yunling-2026.txt')
    const again = await bot('ingest', plan, '--publish', '--json')
    expect(JSON.parse(again.output)).toMatchObject([{ status: 'known' }])

    file('yunling-2026.txt', PLAN.replace('24个', '26个'))
    const [changed] = JSON.parse((await bot('ingest', plan, '--publish', '--json')).output)
    expect(changed).toMatchObject({ status: 'new-version', version: 2 })
    expect((await ask('今年要新建多少个职工书屋?')).text).toContain('26')

    expect((await bot('documents', 'rollback', changed.document_id)).code).toBe(0)
    expect((await ask('今年要新建多少个职工书屋?')).text).toContain('24')
  })

  it('refuses a second start on its port and goes on answering', async () => {
    const port = new URL(running.address).port
    const second = await runProgram('main.ts', [], { environment: { ...environment, PORT: port } })

    expect(second.code).toBe(1)
    expect(second.errors).toContain(port)
    expect((await ask('三件实事有哪些?')).kind).toBe('grounded')
  })

  it('talks in a pipe, one answer a question, and keeps the thread', async () => {
    const { code, output } = await runProgram('cli.ts', ['chat'], {
      environment,
      input: '今年要新建多少个职工书屋?\n那互助保障呢?\n',
    })
    expect(code).toBe(0)
    expect(output).toMatch(/24[\s\S]*6000/)
  })

  it('answers a batch in order, one JSON line each', async () => {
    const batch = file(
      'good.jsonl',
      '{"id":"b","question":"慰问多少户?","asked_on":"2026-05-01"}\n{"id":"a","question":"你好"}\n',
    )
    const { code, output } = await bot('ask', '--batch', batch)
    const rows = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))

    expect(code).toBe(0)
    expect(rows).toMatchObject([
      { id: 'b', kind: 'grounded' },
      { id: 'a', kind: 'refused' },
    ])
    expect(rows[0].text).toContain('800')
  })

  it('makes a code that binds an account to a person, once the person is known', async () => {
    const people = file('people.csv', '姓名,身份\n李明,干部\n')
    expect((await bot('people', 'import', people)).code).toBe(0)
    const { code, output, errors } = await bot('people', 'pair', '李明')

    expect(code).toBe(0)
    expect(output).toMatch(/^\d{6}\s*$/)
    expect(errors).toContain('24 小时内')
    expect((await bot('people', 'pair', '王五')).code).toBe(2)
  })

  it('stops in order when told to', async () => {
    const own = await startProgram({ DATA_DIR: mkdtempSync(join(folder, 'own-')) })

    expect(await own.stop()).toBe(0)
  })
})
