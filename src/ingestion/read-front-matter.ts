/**
 * YAML front matter of txt and md files: what an admin writes at the head overrides what is read from
 * the text. Keys: title, issuer, number, issued_on, region, kind, readable_by, source, sample.
 */
import { parse } from 'yaml'
import { z } from 'zod'
import { READERSHIPS } from '../domain/person.ts'
import { BadInputError } from '../errors.ts'

const FENCED = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/

const KINDS = ['meeting-report', 'plan', 'measure', 'notice', 'news', 'faq'] as const

const text = z.coerce.string().trim()
/** Words that people put where they do not know. */
const known = text
  .transform((value) =>
    /^(?:unknown|未知|不详|无|none|null|n\/a|-)?$/i.test(value) ? undefined : value,
  )
  .optional()

const schema = z.object({
  title: known,
  issuer: known,
  number: known,
  issued_on: known,
  region: known,
  kind: z.enum(KINDS).optional(),
  readable_by: z.enum(READERSHIPS).optional(),
  source: known,
  sample: z.boolean().optional(),
})

export interface FrontMatter {
  readonly title?: string | undefined
  readonly issuer?: string | undefined
  readonly number?: string | undefined
  /** ISO date, or a month or a year alone. */
  readonly issued_on?: string | undefined
  readonly region?: string | undefined
  readonly kind?: (typeof KINDS)[number] | undefined
  readonly readable_by?: (typeof READERSHIPS)[number] | undefined
  readonly source?: string | undefined
  readonly sample?: boolean | undefined
}

/** The front matter and its length in the text; nothing when there is none. @throws {BadInputError} `bad_front_matter` */
export function readFrontMatter(content: string): { frontMatter: FrontMatter; length: number } {
  const match = FENCED.exec(content)
  if (match === null) return { frontMatter: {}, length: 0 }
  const read = schema.safeParse(parseYaml(match[1] ?? '') ?? {})
  if (!read.success)
    throw badFrontMatter(
      read.error.issues.map(({ path }) => withChoices(path.join('.'))).join('、'),
    )
  return { frontMatter: read.data, length: match[0].length }
}

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  kind: KINDS,
  readable_by: READERSHIPS,
}

/** The key, with the words that it may have. */
function withChoices(key: string): string {
  const choices = CHOICES[key]
  return choices === undefined ? key : `${key}（可以写 ${choices.join('、')}）`
}

function parseYaml(source: string): unknown {
  try {
    return parse(source, { maxAliasCount: 0, schema: 'core' })
  } catch (cause) {
    throw badFrontMatter('格式', cause)
  }
}

function badFrontMatter(what: string, cause?: unknown): BadInputError {
  return new BadInputError(
    'bad_front_matter',
    `文件开头 --- 之间的说明有误：${what}。请改正后再试，或删掉这一段。`,
    { cause },
  )
}
