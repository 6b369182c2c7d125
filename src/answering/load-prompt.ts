/**
 * Prompts are Markdown files under prompts/ with front matter: what they are for and which variables
 * they take. A prompt's version is a hash of its text, kept with every answer it helped to write.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { BotError } from '../errors.ts'

export interface LoadedPrompt {
  readonly name: string
  readonly purpose: string
  /** First twelve hex digits of the file's sha256. */
  readonly version: string
  /** The text with its variables filled in. @throws when one is missing or not declared. */
  fill(variables: Readonly<Record<string, string>>): string
}

const FILE = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/
const VARIABLE = /\{\{([a-z-]+)\}\}/g
const FOLDER = new URL('../../prompts/', import.meta.url)

/** Reads `prompts/<name>.md`. @throws {BotError} when the file is not a prompt. */
export function loadPrompt(name: string): LoadedPrompt {
  return parsePrompt(name, readFileSync(new URL(`${name}.md`, FOLDER), 'utf8'))
}

/** @throws {BotError} when front matter and text do not fit together. */
export function parsePrompt(name: string, file: string): LoadedPrompt {
  const [, head = '', body = ''] = FILE.exec(file.replaceAll('\r\n', '\n')) ?? []
  const { purpose, variables = [] }: { purpose?: unknown; variables?: unknown } = parse(head) ?? {}
  if (typeof purpose !== 'string') throw fault(name, '缺少 purpose')
  if (!Array.isArray(variables)) throw fault(name, 'variables 不是列表')
  const used = new Set([...body.matchAll(VARIABLE)].map(([, variable]) => variable))
  const declared = new Set<unknown>(variables)
  if (used.symmetricDifference(declared).size > 0)
    throw fault(name, 'variables 与正文里用到的不一致')
  return {
    name,
    purpose,
    version: createHash('sha256').update(file).digest('hex').slice(0, 12),
    fill(values) {
      if (new Set(Object.keys(values)).symmetricDifference(declared).size > 0) {
        throw fault(name, '填入的变量与声明的不一致')
      }
      return body.replace(VARIABLE, (_, variable: string) => values[variable] ?? '').trim()
    },
  }
}

function fault(name: string, what: string): BotError {
  return new BotError('bad_prompt', `提示词 prompts/${name}.md 有误：${what}。`)
}
