import { describe, expect, it } from 'vitest'
import { documentVersion, fakeWebServices } from '../../../test/support/fake-web-services.ts'
import { createWebApp, createWebServer } from './create-web-server.ts'
import type { WebOptions } from './web-app.ts'
import type { AskRequest, WebServices } from './web-services.ts'

const LOCAL = { host: '127.0.0.1:3000' }

function webApp(services: Partial<WebServices> = {}, options: Partial<WebOptions> = {}) {
  const app = createWebApp(fakeWebServices(services), { host: '127.0.0.1', port: 0, ...options })
  return {
    get: (path: string, headers = {}) =>
      app.request(path, { headers: { ...LOCAL, accept: 'text/html', ...headers } }),
    post: (path: string, body: string | Uint8Array, headers = {}) =>
      app.request(path, {
        method: 'POST',
        body: body as BodyInit,
        headers: { ...LOCAL, ...headers },
      }),
    request: (path: string, init: RequestInit) =>
      app.request(path, { ...init, headers: { ...LOCAL, ...(init.headers as object) } }),
  }
}

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

describe('POST /api/ask', () => {
  it('answers in the form of the contract', async () => {
    const response = await webApp().post('/api/ask', '{"id":"q1","question":"要建多少个职工书屋?"}')

    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      id: 'q1',
      kind: 'grounded',
      text: expect.stringContaining('24 个'),
      citations: [
        {
          document: 'yunling-2026.txt',
          title: '云岭市总工会二〇二六年工作安排',
          issued_on: '2026-01-16',
          quote: '一是新建职工书屋24个,每个书屋配书不少于500册。',
        },
      ],
      notices: ['这条依据是示例资料,不是正式文件。'],
      latency_ms: 3.2,
    })
  })

  it('hands on every field, and the day it is when none is given', async () => {
    const asked: AskRequest[] = []
    const services = fakeWebServices()
    const app = webApp({
      ask: (request, signal) => {
        asked.push(request)
        return services.ask(request, signal)
      },
    })
    const row = {
      id: 7,
      question: ' 那互助保险呢? ',
      history: ['书屋?'],
      role: 'cadre',
      region: '云岭',
      asked_on: '2014-05-08',
      as_of: '2014-01-01',
      gold_points: ['ignored'],
    }
    const answer = await (await app.post('/api/ask', JSON.stringify(row))).json()
    await app.post('/api/ask', '{"question":"书屋?","region":null,"history":null}')

    expect(answer).toMatchObject({ id: 7, kind: 'not-found', citations: [] })
    expect(asked[0]).toEqual({
      id: '7',
      from: 'api',
      query: {
        question: '那互助保险呢?',
        history: ['书屋?'],
        role: 'cadre',
        jurisdictionCode: '539900',
        askedOn: Temporal.PlainDate.from('2014-05-08'),
      },
      asOf: Temporal.PlainDate.from('2014-01-01'),
    })
    expect(asked[1]?.query).toMatchObject({ role: 'worker', history: [] })
    expect(asked[1]?.query.askedOn.toString()).toBe('2026-11-21')
    expect(asked[1]?.query.jurisdictionCode).toBeUndefined()
  })

  it.each([
    ['an empty question', '{"question":"  "}', 'empty_question'],
    ['control characters only', '{"question":"\\u0000\\u0007\\u200b"}', 'empty_question'],
    ['emoji only', '{"question":"😀🎉"}', 'question_without_words'],
    ['20,000 characters', JSON.stringify({ question: '书'.repeat(20_000) }), 'question_too_long'],
    ['no question', '{}', 'invalid_question'],
    ['a number for a question', '{"question":12}', 'invalid_question'],
    ['an unknown region', '{"question":"书屋","region":"亚特兰蒂斯"}', 'unknown_region'],
    ['an unknown role', '{"question":"书屋","role":"king"}', 'invalid_role'],
    [
      'a day that does not exist',
      '{"question":"书屋","asked_on":"2026-02-30"}',
      'invalid_asked_on',
    ],
    ['a history that is no list', '{"question":"书屋","history":"x"}', 'invalid_history'],
    ['broken JSON', '{"question":', 'malformed_json'],
    ['an empty body', '', 'malformed_json'],
    ['a list', '[]', 'invalid_request'],
  ])('refuses %s with a code and a Chinese sentence', async (_name, body, code) => {
    const response = await webApp().post('/api/ask', body)
    const answer = (await response.json()) as { code: string; message: string }

    expect(response.status).toBe(400)
    expect(answer.code).toBe(code)
    expect(answer.message).toMatch(/[\u4e00-\u9fff]{3}/)
  })

  it('refuses bytes that are no UTF-8', async () => {
    const gbk = new Uint8Array([0x7b, 0x22, 0xca, 0xe9, 0x22, 0x3a, 0x31, 0x7d])
    const response = await webApp().post('/api/ask', gbk)

    expect(await response.json()).toMatchObject({ code: 'not_utf8' })
  })

  it('refuses a body that is too large, declared or not', async () => {
    const response = await webApp().post('/api/ask', `{"question":"${'书'.repeat(100_000)}"}`)

    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ code: 'body_too_large' })
  })

  it('tells a failure without its details', async () => {
    const ask = async () => {
      throw new Error('secret path /var/db')
    }
    const response = await webApp({ ask }).post('/api/ask', '{"question":"书屋"}')
    const text = await response.text()

    expect(response.status).toBe(500)
    expect(text).toContain('internal_error')
    expect(text).not.toMatch(/secret|\bat /)
  })
})

describe('the door', () => {
  const outside = { host: '0.0.0.0', apiToken: 'a-long-enough-token' }

  it('is open on loopback and wants the token elsewhere', async () => {
    const ask = (headers: object, options: Partial<WebOptions>) =>
      webApp({}, options).post('/api/ask', '{"question":"书屋"}', headers)
    const token = { authorization: 'Bearer a-long-enough-token' }

    expect((await ask({}, {})).status).toBe(200)
    expect((await ask({}, outside)).status).toBe(401)
    expect((await ask({ authorization: 'Bearer wrong' }, outside)).status).toBe(401)
    expect((await ask({}, { host: '0.0.0.0' })).status).toBe(401)
    expect((await ask(token, outside)).status).toBe(200)
  })

  it('takes a visit through a proxy for one from outside', async () => {
    const app = webApp()

    expect((await app.post('/api/ask', '{}', { 'x-forwarded-for': '8.8.8.8' })).status).toBe(401)
  })

  it('refuses a foreign host name on loopback', async () => {
    expect((await webApp().get('/', { host: 'evil.example:3000' })).status).toBe(421)
  })

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('refuses a change that comes from %o', async (headers) => {
    const app = webApp()

    expect((await app.post('/samples/remove', '', headers)).status).toBe(403)
    expect((await app.post('/api/ask', '{"question":"书屋"}', headers)).status).toBe(403)
  })

  it('lets a visitor from outside ask as a worker only', async () => {
    const roles: string[] = []
    const services = fakeWebServices()
    const ask: WebServices['ask'] = (request, signal) => {
      roles.push(request.query.role)
      return services.ask(request, signal)
    }
    const body = form({ question: '书屋', role: 'admin' })
    await webApp({ ask }, outside).post('/chat/answer', body)
    await webApp({ ask }).post('/chat/answer', body)
    await webApp({ ask }, { ...outside, identify: async () => 'cadre' }).post('/chat/answer', body)

    expect(roles).toEqual(['worker', 'admin', 'cadre'])
  })

  it('shows the way to the console to those who may go in', async () => {
    const console = async () => new Response('console')
    const link = 'href="/console"'
    const pages = ['/', '/documents', '/documents/plan-1']
    const seen = (options: Partial<WebOptions>) =>
      Promise.all(
        pages.map(async (path) =>
          (await (await webApp({ console }, options).get(path)).text()).includes(link),
        ),
      )

    expect(await seen({})).toEqual([true, true, true])
    expect(await seen(outside)).toEqual([false, false, false])
    expect(await seen({ ...outside, identify: async () => 'cadre' })).toEqual([true, true, true])
  })

  it('slows down an address that asks too much', async () => {
    const app = webApp({}, { ...outside, questionsPerMinute: 2 })
    const ask = async () => (await app.post('/chat/answer', form({ question: '书屋' }))).status

    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429])
  })
})

describe('an answer on the page', () => {
  it('shows what the ledger knows beside the quotation, in Chinese punctuation', async () => {
    const services = fakeWebServices()
    const app = webApp({
      ask: async (request, signal) => {
        const reply = await services.ask(request, signal)
        return { ...reply, answer: { ...reply.answer, ledger: ['台账:黄 · 12/30个,李雨报'] } }
      },
    })
    const page = await (await app.post('/chat/answer', form({ question: '书屋建了多少' }))).text()

    expect(page).toContain('台账：黄 · 12/30个，李雨报')
  })
})

describe('the addresses for programs', () => {
  it('tell life, readiness, metrics and the interface', async () => {
    const app = webApp()

    expect(await (await app.get('/health/live')).json()).toEqual({ status: 'ok' })
    for (const path of ['/health', '/health/ready']) {
      expect(await (await app.get(path)).json()).toMatchObject({ status: 'ready' })
    }
    expect(await (await app.get('/metrics')).text()).toBe('up 1\n')
    expect(await (await app.get('/openapi.json')).json()).toMatchObject({
      openapi: '3.1.0',
      paths: { '/api/ask': { post: { requestBody: { required: true } } } },
    })
  })

  it('say when not ready, with the reasons for those who may know', async () => {
    const health: WebServices['health'] = async () => ({
      ready: false,
      checks: [{ name: 'store', status: 'down', detail: '数据库连不上' }],
    })
    const inside = await webApp({ health }).get('/health/ready')
    const outside = await webApp({ health }, { host: '0.0.0.0' }).get('/health/ready')

    expect(inside.status).toBe(503)
    expect(await inside.text()).toContain('数据库连不上')
    expect(outside.status).toBe(503)
    expect(await outside.text()).not.toContain('数据库连不上')
  })

  it('answer a wrong method with 405 and a wrong path with 404, in JSON', async () => {
    const app = webApp()
    const wrong = await app.request('/api/ask', { method: 'GET' })

    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('allow')).toBe('POST')
    expect(await wrong.json()).toMatchObject({ code: 'method_not_allowed' })
    expect((await app.request('/health/live', { method: 'DELETE' })).status).toBe(405)
    expect(await (await app.request('/api/other', {})).json()).toMatchObject({ code: 'not_found' })
  })

  it('hand the webhook its raw request', async () => {
    const app = webApp({ feishuWebhook: async (request) => new Response(await request.text()) })
    const foreign = { 'sec-fetch-site': 'cross-site' }

    expect(await (await app.post('/webhooks/feishu', '{"x":1}', foreign)).text()).toBe('{"x":1}')
  })
})

describe('the chat page', () => {
  it('answers a posted form without a script, and carries the conversation on', async () => {
    const response = await webApp().post(
      '/',
      form({ question: '要建多少个职工书屋?', history: '您好', region: '云岭' }),
    )
    const page = await response.text()

    expect(response.status).toBe(200)
    expect(page).toContain('2026 年计划新建职工书屋 24 个。')
    expect(page).toContain('<mark>24个</mark>')
    expect(page).toMatch(
      /name="history" value="您好"[\s\S]*name="history" value="要建多少个职工书屋\?"/,
    )
    expect(page).toContain('value="云岭"')
  })

  it('says on the page what is wrong with a question', async () => {
    const response = await webApp().post('/', form({ question: '书屋', region: '乌有乡' }))

    expect(response.status).toBe(400)
    expect(await response.text()).toContain('不认识地区「乌有乡」')
  })

  it('takes the pressed example for the question', async () => {
    const page = await (await webApp().post('/', 'question=&question=%E4%B9%A6%E5%B1%8B')).text()

    expect(page).toContain('24 个')
  })

  it('shows hostile text as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>书屋"\'</textarea><script>alert(1)</script>'
    const page = await (await webApp().post('/', form({ question: hostile, region: '' }))).text()

    expect(page).not.toContain('<img')
    expect(page).not.toContain('<script>alert')
  })

  it('is sent with a policy that lets nothing foreign run', async () => {
    const response = await webApp().get('/')
    const policy = response.headers.get('content-security-policy') ?? ''
    const nonce = policy.match(/'nonce-([^']+)'/)?.[1]

    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(await response.text()).toContain(`nonce="${nonce}"`)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('offers to remove the samples, and removes them', async () => {
    let removed = 0
    const app = webApp({
      removeSamples: async () => {
        removed += 1
        return 2
      },
    })

    expect(await (await app.get('/')).text()).toContain('一键移除示例')
    const response = await app.post('/samples/remove', '')
    expect([response.status, response.headers.get('location')]).toEqual([303, '/?samples=removed'])
    expect(removed).toBe(1)
  })

  it('lets nobody from outside remove the samples', async () => {
    const app = webApp({}, { host: '0.0.0.0' })

    expect(await (await app.get('/')).text()).not.toContain('一键移除示例')
    expect((await app.post('/samples/remove', '')).status).toBe(403)
  })

  it('keeps a vote with its reason', async () => {
    const votes: unknown[] = []
    const app = webApp({ recordFeedback: async (vote) => void votes.push(vote) })
    await app.post('/feedback', form({ answer_id: 'a', helpful: 'no', reason: 'outdated' }))
    const bad = await app.post('/feedback', form({ answer_id: 'a', helpful: 'perhaps' }))

    expect(votes).toEqual([{ answerId: 'a', helpful: false, reason: 'outdated' }])
    expect(bad.status).toBe(400)
  })
})

describe('the document page', () => {
  const version = documentVersion()
  const at = version.text.indexOf('三是建成户外劳动者驿站40个')
  const address = `/documents/plan-1?at=${at}-${at + 14}`

  it('marks the quoted sentence in the text', async () => {
    const page = await (await webApp().get(address)).text()

    expect(page).toContain('<mark id="quote">三是建成户外劳动者驿站40个</mark>')
    expect(page).toContain('2026年1月16日')
    expect(page).toContain('云南省云岭市')
  })

  it('marks it in the original too, with what was cut', async () => {
    const page = await (await webApp().get(`${address}&view=original`)).text()

    expect(page).toContain('<mark id="quote">三是建成户外劳动者驿</mark>')
    expect(page).toContain('<mark><del title="拼音注音">(yì)</del></mark>')
    expect(page).toContain('<mark>站40个</mark>')
  })

  it.each(['at=9-3', 'at=x', 'at=0-99999999', 'at='])('lives with %s', async (query) => {
    expect((await webApp().get(`/documents/plan-1?${query}`)).status).toBe(200)
  })

  it.each([
    ['a draft', { status: 'draft' as const }],
    ['a withdrawn version', { status: 'withdrawn' as const }],
    ['one for cadres', { metadata: { ...version.metadata, readableBy: 'cadres' as const } }],
  ])('shows nobody from outside %s', async (_name, overrides) => {
    const services = { documentVersion: async () => documentVersion(overrides) }
    const response = await webApp(services, { host: '0.0.0.0' }).get('/documents/plan-1')

    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('二〇二六年工作安排')
  })

  it('says when its time is over', async () => {
    const today = () => Temporal.PlainDate.from('2027-01-01')

    expect(await (await webApp({ today }).get('/documents/plan-1')).text()).toContain('已经过去')
    expect(await (await webApp().get('/documents/plan-1')).text()).not.toContain('已经过去')
  })
})

describe('createWebServer', () => {
  it('listens, answers and stops; two live side by side', async () => {
    const options = { host: '127.0.0.1', port: 0 }
    const servers = [fakeWebServices(), fakeWebServices()].map((services) =>
      createWebServer(services, options),
    )
    await Promise.all(servers.map((server) => server.start()))
    const statuses = await Promise.all(
      servers.map(async (server) => (await fetch(`${server.address()}/health/live`)).status),
    )
    await Promise.all(servers.map((server) => server.stop()))
    await servers[0]?.stop()

    expect(statuses).toEqual([200, 200])
  })

  it('says in Chinese that the port is taken', async () => {
    const first = createWebServer(fakeWebServices(), { host: '127.0.0.1', port: 0 })
    await first.start()
    const port = Number(new URL(first.address()).port)
    const second = createWebServer(fakeWebServices(), { host: '127.0.0.1', port })

    await expect(second.start()).rejects.toThrow(`端口 ${port} 已被占用`)
    await second.stop()
    await first.stop()
  })
})
