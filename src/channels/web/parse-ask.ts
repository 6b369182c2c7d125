/**
 * A question as programs and the chat form send it, parsed once. Every refusal is a BadInputError with
 * a stable code and a Chinese sentence that says what to change.
 */
import { z } from 'zod'
import type { Jurisdiction } from '../../domain/jurisdiction.ts'
import { ROLES } from '../../domain/person.ts'
import type { Query } from '../../domain/query.ts'
import { BadInputError } from '../../errors.ts'
import { cleanQuestion, dropInvisible, MAX_QUESTION_LENGTH } from '../../text/clean-question.ts'

/** Earlier questions that are looked at: a follow-up leans on the last few. */
export const MAX_HISTORY = 20

const day = z
  .string()
  .refine(isDay, { error: '日期要写成 2026-11-21 这样', params: { code: 'bad_date' } })
  .transform((text) => Temporal.PlainDate.from(text))
const wrongType = (what: string) => `${what}要是文字`
const optionalText = (what: string) => z.string(wrongType(what)).nullish()

/** The fields of a batch row; others are ignored, so that a row of an evaluation file can be sent as it is. */
export const askSchema = z.object(
  {
    id: z.union([z.string().max(200), z.int()], '编号 id 要是文字或整数').nullish(),
    question: z.string(wrongType('问题 question ')),
    history: z.array(z.string(), '此前的问题 history 要是文字的数组').nullish(),
    role: z.enum(ROLES, `身份 role 只能是 ${ROLES.join('、')}`).nullish(),
    region: optionalText('地区 region '),
    asked_on: day.nullish(),
    as_of: day.nullish(),
  },
  '要发一个 JSON 对象，例如 {"question": "今年要建多少个职工书屋？"}',
)

/** A question with its defaults filled in. `id` is the caller's, as it was sent. */
export interface ParsedAsk {
  readonly id: string | number | undefined
  readonly query: Query
  readonly asOf?: Temporal.PlainDate
}

export interface AskDefaults {
  resolvePlace(description: string): Jurisdiction | undefined
  today(): Temporal.PlainDate
}

/** @throws {BadInputError} */
export function parseAsk(input: unknown, defaults: AskDefaults): ParsedAsk {
  const result = askSchema.safeParse(input)
  if (!result.success) throw refusal(result.error)
  const { id, question, history, role, region, asked_on: askedOn, as_of: asOf } = result.data
  const place = parsePlace(region ?? '', defaults)
  return {
    id: id ?? undefined,
    query: {
      question: cleanQuestion(question),
      history: (history ?? [])
        .slice(-MAX_HISTORY)
        .map((turn) => dropInvisible(turn).slice(0, MAX_QUESTION_LENGTH)),
      role: role ?? 'worker',
      ...(place && { jurisdictionCode: place.code }),
      askedOn: askedOn ?? defaults.today(),
    },
    ...(asOf && { asOf }),
  }
}

/**
 * Parses the bytes of a request body as JSON.
 *
 * @throws {BadInputError} for bytes that are no UTF-8 or no JSON.
 */
export function parseJsonBody(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    const isJson = cause instanceof SyntaxError
    throw isJson
      ? new BadInputError('malformed_json', '请求不是合法的 JSON，请检查引号、逗号和括号', {
          cause,
        })
      : new BadInputError('not_utf8', '请求不是 UTF-8 编码，请用 UTF-8 重新发送', { cause })
  }
}

function parsePlace(region: string, { resolvePlace }: AskDefaults): Jurisdiction | undefined {
  const description = dropInvisible(region)
  if (description === '') return undefined
  const place = description.length <= 50 ? resolvePlace(description) : undefined
  if (place) return place
  const message = `不认识地区「${description.slice(0, 20)}」，请写省市县的名称（如 甘肃平凉）或六位区划代码`
  throw new BadInputError('unknown_region', message)
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    Temporal.PlainDate.from(text)
    return true
  } catch {
    return false // 2026-02-30: a well-formed day that does not exist
  }
}

function refusal(error: z.ZodError): BadInputError {
  const [issue] = error.issues
  const field = issue?.path[0]
  if (field === 'question' && issue?.code === 'invalid_type') {
    return new BadInputError('invalid_question', '缺少问题：question 要是一段文字')
  }
  const code = typeof field === 'string' ? `invalid_${field}` : 'invalid_request'
  return new BadInputError(code, issue?.message ?? '请求的内容不对')
}
