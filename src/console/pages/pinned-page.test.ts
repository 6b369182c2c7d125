import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestConsole, type TestConsole } from '../../../test/support/test-console.ts'

let site: TestConsole
beforeEach(async () => {
  site = await openTestConsole()
})
afterEach(() => site.store.close())

const FIELDS = {
  id: '',
  questions: '互助保障怎么参保？\n怎么加入互助保障',
  notQuestions: '互助保障怎么退保',
  answer: '到本单位工会填表，<b>当月</b>生效。',
  source: '',
  owner: '权益保障部',
  until: '2026-12-01',
  region: '',
  readableBy: 'all',
}

describe('the page of pinned answers', () => {
  it('keeps an answer with its wordings, its end and who looks after it, in the name of who saved it', async () => {
    const cookie = await site.enter()
    const saved = await site.call('/console/pinned', { cookie, fields: FIELDS })
    const page = await (await site.call('/console/pinned', { cookie })).text()
    const [pinned] = await site.store.pinned.list()
    const [entry] = await site.store.audit.entries({ limit: 1 })

    expect(saved.headers.get('location')).toBe('/console/pinned?done=saved')
    expect(pinned).toMatchObject({
      questions: ['互助保障怎么参保？', '怎么加入互助保障'],
      notQuestions: ['互助保障怎么退保'],
      owner: '权益保障部',
    })
    expect(page).toContain('&lt;b&gt;当月&lt;/b&gt;')
    expect(page).toContain('2026-12-01')
    expect(page).toContain('请核对')
    expect(entry).toMatchObject({
      action: 'pinned_answer_saved',
      actor: expect.stringMatching(/^web:/),
    })
  })

  it('replaces none unseen: a second one for the same question is refused', async () => {
    const cookie = await site.enter()
    await site.call('/console/pinned', { cookie, fields: FIELDS })
    const again = { ...FIELDS, questions: '怎么加入互助保障', answer: '别的答案' }
    const second = await site.call('/console/pinned', { cookie, fields: again })

    expect(second.status).toBe(400)
    expect(await second.text()).toContain('已有置顶回答')
    expect(await site.store.pinned.list()).toHaveLength(1)
  })

  it('changes one, and gives it up', async () => {
    const cookie = await site.enter()
    await site.call('/console/pinned', { cookie, fields: FIELDS })
    const id = (await site.store.pinned.list())[0]?.id ?? ''
    await site.call('/console/pinned', { cookie, fields: { ...FIELDS, id, answer: '改了' } })

    expect(await site.store.pinned.list()).toMatchObject([{ id, answer: '改了' }])
    await site.call('/console/pinned/remove', { cookie, fields: { id } })
    expect(await site.store.pinned.list()).toEqual([])
  })

  it.each([
    ['no owner', { owner: ' ' }, '谁负责'],
    ['an unknown place', { region: '乌有' }, '不认识地区'],
    ['a day that is none', { until: '2026-02-30' }, '最后一天'],
    [
      'a question that is pinned already',
      { answer: '另一个答案', questions: '换个开头\n怎么加入互助保障' },
      '已有置顶回答',
    ],
  ])('refuses %s with a sentence, and keeps what was', async (_, changed, sentence) => {
    const cookie = await site.enter()
    await site.call('/console/pinned', { cookie, fields: FIELDS })
    const refused = await site.call('/console/pinned', {
      cookie,
      fields: { ...FIELDS, ...changed },
    })

    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain(sentence)
    expect(await site.store.pinned.list()).toHaveLength(1)
  })

  it('is for admins only', async () => {
    const cookie = await site.enter('cadre')

    expect((await site.call('/console/pinned', { cookie })).status).toBe(403)
    expect((await site.call('/console/pinned', { cookie, fields: FIELDS })).status).toBe(403)
    expect(await site.store.pinned.list()).toEqual([])
  })
})
