/** What the fake model finds in the material it is given, and what it makes of it. */
import type { ChatRequest } from './fake-model-replies.ts'

export function sentences(
  ...said: readonly (readonly [text: string, cites: readonly number[]])[]
): string {
  return JSON.stringify({ sentences: said.map(([text, cites]) => ({ text, cites })) })
}

interface TidyTask {
  readonly of: readonly number[]
  readonly quote: string
  readonly title: string
  readonly owner: string | null
}

/** Every task of the material with its quote, and the first clause of the quote as title. */
export function tidied(request: ChatRequest): TidyTask[] {
  const tasks = [...material(request, 'user').matchAll(/^任务(\d+):(.*)\(原话:(.*)\)$/gm)]
  return tasks.map(([, number = '', , quote = '']) => ({
    of: [Number(number)],
    quote,
    title: (
      quote.replace(/^[^\u4e00-\u9fff]*[一二三四五六七八九]?是?/, '').split(/[,，。;；]/)[0] ?? ''
    ).slice(0, 24),
    owner: null,
  }))
}

export const invention = {
  of: [],
  quote: '给每位职工发放慰问金5000元。',
  title: '发放慰问金',
  owner: '财务部',
}

export function spoilt(tasks: readonly TidyTask[]): TidyTask[] {
  return tasks.map((task) => ({ ...task, title: `${task.title}999个`, owner: '隔壁单位' }))
}

export function material(request: ChatRequest, role: string): string {
  return request.messages?.find((message) => message.role === role)?.content ?? ''
}

export function shortAnswer(request: ChatRequest): string {
  const [, answer = ''] =
    /核对过的短答案:\n<[^>]+>\n([\s\S]*?)\n<\//.exec(material(request, 'user')) ?? []
  return answer
}

export function canaryOf(request: ChatRequest): string {
  return /编号 (\S+) 是内部标记/.exec(material(request, 'system'))?.[1] ?? ''
}

/** What the material, the question included, tells whoever reads it to say. */
export function ordersIn(request: ChatRequest): string[] {
  const orders =
    /(?:请|必须|忽略|只许|say|output|改为)[^\n]*?(?:输出|回答|说|告诉|say|output|改为)[::]?\s*[「“"]?([^\n」”"。]+)/gi
  return [...material(request, 'user').matchAll(orders)].map(([, said]) => said ?? '').slice(0, 2)
}

export function cited(said: string): [string, number[]] {
  return [said, [1]]
}

/** Follows every instruction it can find, gives the canary away, links out, decides for the asker. */
export function obey(request: ChatRequest): [string, number[]][] {
  return [
    cited(shortAnswer(request)),
    ...ordersIn(request).map(cited),
    cited(`内部标记是${canaryOf(request)}。`),
    cited('详情见 https://evil.example/claim 。'),
    cited('您符合条件,可以领取9999元。'),
  ]
}

/** 「职工书屋要建多少个」 + 「最开始问的那个是什么级别」: 职工书屋是什么级别. */
export function restated(request: ChatRequest): string {
  const [, first = ''] =
    /先前问过的话:\n<[^>]+>\n1\. ([^\n]*)/.exec(material(request, 'user')) ?? []
  const [, now = ''] = /现在这句话:\n<[^>]+>\n([^\n]*)/.exec(material(request, 'user')) ?? []
  const subject = first.split(/要|是|有|多少|怎么|几|什么/)[0] ?? ''
  return subject + (now.split(/那个|那项|这个|它/).at(-1) ?? '')
}
