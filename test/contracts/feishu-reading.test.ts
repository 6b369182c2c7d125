/** What the bot reads in Feishu: people, documents; and the tasks it copies there. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FeishuHarness, startFeishuHarness } from '../support/feishu-harness.ts'

let harness: FeishuHarness
beforeEach(async () => {
  harness = await startFeishuHarness()
})
afterEach(() => harness.close())

const { signal } = new AbortController()

describe('people', () => {
  beforeEach(() => {
    const { world } = harness.platform
    world.departments.push(
      { id: 'od-1', name: '宣教部' },
      { id: 'od-2', name: '阅读组', parentId: 'od-1' },
    )
    world.groups.push({ id: 'g1', name: '工会干部' })
    world.users.push(
      { openId: 'ou_li', name: '李梅', departments: ['od-1'], groups: ['g1'] },
      { openId: 'ou_ma', name: '马强', departments: ['od-2', 'od-1'] },
      ...Array.from({ length: 120 }, (_, at) => ({
        openId: `ou_${at}`,
        name: `职工${at}`,
        departments: ['od-2'],
      })),
    )
  })

  it('are found by department with those below, over pages, each once', async () => {
    const people = await harness.channel.directory.peopleOf('宣教部', signal)
    expect(people).toHaveLength(122)
    expect(people[0]).toEqual({ accountId: 'ou_li', name: '李梅' })
  })

  it('are found by user group, and remembered', async () => {
    expect(await harness.channel.directory.peopleOf('工会干部', signal)).toEqual([
      { accountId: 'ou_li', name: '李梅' },
    ])
    const before = harness.platform.calls.length
    await harness.channel.directory.peopleOf('工会干部', signal)
    expect(harness.platform.calls.length).toBe(before)
  })

  it('are nobody where there is no such unit or person', async () => {
    expect(await harness.channel.directory.peopleOf('不存在', signal)).toEqual([])
    expect(await harness.channel.directory.person('ou_nobody', signal)).toBeUndefined()
  })
})

describe('a document', () => {
  const read = async (reference: string) => {
    const { bytes, name } = await harness.channel.readFile(reference, signal)
    return [name, new TextDecoder().decode(bytes)]
  }

  it('that is too large is not read to its end', async () => {
    harness.platform.world.files.set('om_f/huge', {
      name: '录像.mp4',
      bytes: new Uint8Array(31 * 1024 * 1024),
    })
    await expect(read('message:om_f/huge')).rejects.toThrow('文件超过 30 MB')
  })

  it('that was sent as a file is read from its message', async () => {
    const bytes = new TextEncoder().encode('要点全文')
    harness.platform.world.files.set('om_f/file_1', { name: '要点.txt', bytes })
    const content = { file_key: 'file_1', file_name: '要点.txt' }
    await harness.platform.say({ from: 'ou_w', type: 'file', content, messageId: 'om_f' })
    const file = harness.received[0]?.content
    expect(file?.kind === 'file' && (await read(file.reference))).toEqual(['要点.txt', '要点全文'])
  })

  it.each([
    ['https://u.feishu.cn/docx/Docx000000001', '工作要点.txt', '工作要点\n新建四十个'],
    ['https://u.feishu.cn/wiki/Wiki000000001', '工作要点.txt', '工作要点\n新建四十个'],
    ['https://u.feishu.cn/file/File000000001', '通知.txt', '文件全文'],
    ['https://u.feishu.cn/wiki/Wiki000000002', '通知.txt', '文件全文'],
  ])('behind a link is read: %s', async (link, name, text) => {
    const { world } = harness.platform
    world.documents.set('Docx000000001', { title: '工作要点', text: '工作要点\n新建四十个' })
    world.drive.set('File000000001', {
      name: '通知.txt',
      bytes: new TextEncoder().encode('文件全文'),
    })
    world.wiki.set('Wiki000000001', { type: 'docx', token: 'Docx000000001', title: '要点' })
    world.wiki.set('Wiki000000002', { type: 'file', token: 'File000000001', title: '通知' })
    expect(await read(`link:${link}`)).toEqual([name, text])
  })

  it('that cannot be read says what can', async () => {
    harness.platform.world.wiki.set('Wiki000000003', { type: 'bitable', token: 'b', title: '台账' })
    await expect(read('link:https://u.feishu.cn/wiki/Wiki000000003')).rejects.toThrow('导出成 Word')
    await expect(read('link:https://u.feishu.cn/docx/Docx000000009')).rejects.toThrow('权限')
    await expect(read('elsewhere:x')).rejects.toThrow('暂时读不了')
  })
})

describe('the copy of a task', () => {
  it('is made once and follows the task', async () => {
    const task = {
      id: 't1',
      title: '新建书屋四十个',
      description: '《要点》:新建书屋四十个。',
      dueOn: Temporal.PlainDate.from('2026-12-31'),
      accountIds: ['ou_li'],
    }
    await harness.channel.tasks.put(task, signal)
    await harness.channel.tasks.put(
      { ...task, completedAt: Temporal.Instant.from('2026-12-01T00:00:00Z') },
      signal,
    )
    expect(harness.platform.world.tasks).toHaveLength(1)
    expect(harness.platform.world.tasks[0]?.fields).toMatchObject({
      summary: '新建书屋四十个',
      due: { timestamp: '1798675200000', is_all_day: true },
      members: [{ id: 'ou_li', type: 'user', role: 'assignee' }],
      completed_at: '1796083200000',
    })
  })
})
