/** Forms of the console, parsed once. Unknown fields are dropped: nobody grants himself a role with one. */
import { z } from 'zod'
import { BadInputError } from '../errors.ts'
import type { Credentials } from './manage-access.ts'

const credentials = z.object({ name: z.string().max(100), password: z.string().max(400) })

/** @throws {BadInputError} `invalid_form` */
export function parseForm<T>(schema: z.ZodType<T>, fields: URLSearchParams): T {
  const result = schema.safeParse(Object.fromEntries(fields))
  if (result.success) return result.data
  const [issue] = result.error.issues
  const named = issue && /[\u4e00-\u9fff]/.test(issue.message) ? issue.message : undefined
  throw new BadInputError('invalid_form', named ?? '表单没有填对，请检查后重新提交')
}

export function parseCredentials(fields: URLSearchParams): Credentials {
  return parseForm(credentials, fields)
}

/** Only our own pages: never an address that leads away. */
export function ownPath(path: string | undefined): string {
  return path !== undefined && /^\/console(\/[\w/-]*)?(\?[\w=&-]*)?$/.test(path) ? path : '/console'
}
