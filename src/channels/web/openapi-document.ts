import { z } from 'zod'
import { askSchema } from './parse-ask.ts'

const problem = {
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string', description: '稳定的错误代号', examples: ['empty_question'] },
    message: { type: 'string', description: '给人看的中文说明' },
  },
}

const answer = {
  type: 'object',
  required: ['id', 'kind', 'text', 'citations', 'notices', 'latency_ms'],
  properties: {
    id: { type: ['string', 'integer'], description: '请求里的 id；没有给就是新编的' },
    kind: {
      enum: ['grounded', 'not-found', 'refused'],
      description: '有依据、材料里没有、不回答',
    },
    text: { type: 'string', description: '人看到的完整文字：简短回答、原文、提示、下一步' },
    citations: {
      type: 'array',
      items: {
        type: 'object',
        required: ['document', 'title', 'issued_on', 'quote'],
        properties: {
          document: { type: 'string', description: '来源文件名' },
          title: { type: 'string' },
          issued_on: {
            type: ['string', 'null'],
            description: '2014-03-13、2014-03 或 2014，看原文写到哪一级；没有日期是 null',
          },
          quote: { type: 'string', description: '文件里的原话，一字不差' },
        },
      },
    },
    notices: { type: 'array', items: { type: 'string' }, description: '时效和地区的提醒' },
    latency_ms: { type: 'number' },
  },
}

const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const failure = (description: string) => ({ description, ...json(problem) })

/** The description of the HTTP interface, OpenAPI 3.1; the request's schema is the parser's own. */
export function openapiDocument(publicUrl: string | undefined): object {
  const request = z.toJSONSchema(askSchema, { io: 'input', unrepresentable: 'any' })
  return {
    openapi: '3.1.0',
    info: {
      title: '娘家人',
      version: '1',
      description:
        '按工会文件回答问题。本机地址免令牌；对外开放时要带 Authorization: Bearer 令牌。',
    },
    ...(publicUrl && { servers: [{ url: publicUrl }] }),
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{}, { token: [] }],
    paths: {
      '/api/ask': {
        post: {
          summary: '问一个问题',
          requestBody: { required: true, ...json(request) },
          responses: {
            200: { description: '回答', ...json(answer) },
            400: failure('请求不对：空问题、太长、不认识的地区、JSON 有误……'),
            401: failure('需要令牌'),
            413: failure('内容太大'),
            500: failure('系统出错，附编号'),
            503: failure('暂时办不了，可重试'),
          },
        },
      },
      '/health/live': { get: { summary: '进程活着', responses: { 200: { description: '活着' } } } },
      '/health/ready': {
        get: {
          summary: '能回答问题',
          responses: { 200: { description: '能' }, 503: { description: '还不能' } },
        },
      },
      '/metrics': {
        get: { summary: 'Prometheus 指标', responses: { 200: { description: '文本格式' } } },
      },
    },
  }
}
