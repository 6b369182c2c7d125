/**
 * Passwords: argon2id as the OWASP cheat sheet sets it (19 MiB, 2 passes, 1 lane), kept in the usual
 * `$argon2id$…` form, so that the cost can be raised later and old hashes still verify.
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { BadInputError } from '../errors.ts'

export interface PasswordCost {
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

export const PASSWORD_COST: PasswordCost = { memory: 19_456, passes: 2, parallelism: 1 }
const TAG_LENGTH = 32
const SALT_LENGTH = 16
/** Characters; no rules about their kinds (NIST SP 800-63B §5.1.1). The upper limit keeps hashing cheap. */
const SHORTEST = 12
const LONGEST = 200

/** @throws {BadInputError} `weak_password` */
export function checkPassword(password: string, name: string): void {
  const length = [...password].length
  if (length < SHORTEST || length > LONGEST) {
    throw new BadInputError(
      'weak_password',
      `密码要 ${SHORTEST} 到 ${LONGEST} 个字符，可以用一句好记的话`,
    )
  }
  if (new Set(password).size < 5 || password.toLowerCase().includes(name.toLowerCase())) {
    throw new BadInputError(
      'weak_password',
      '这个密码太好猜，请换一个：不要包含登录名，也不要重复几个字',
    )
  }
}

export async function hashPassword(password: string, costs: PasswordCost): Promise<string> {
  const salt = randomBytes(SALT_LENGTH)
  const tag = await derive(password, { salt, ...costs })
  const { memory, passes, parallelism } = costs
  const cost = `m=${memory},t=${passes},p=${parallelism}`
  return `$argon2id$v=19$${cost}$${base64(salt)}$${base64(tag)}`
}

/** False for a wrong password and for a hash that is none. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const parts = hash.match(/^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/)
  const [, memory, passes, parallelism, salt = '', tag = ''] = parts ?? []
  if (!parts || password.length > LONGEST * 2) return false
  const derived = await derive(password, {
    salt: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  })
  const expected = Buffer.from(tag, 'base64')
  return expected.length === derived.length && timingSafeEqual(derived, expected)
}

function derive(password: string, cost: PasswordCost & { readonly salt: Buffer }): Promise<Buffer> {
  const { salt, memory, passes, parallelism } = cost
  const options = {
    message: Buffer.from(password.normalize('NFKC')),
    nonce: salt,
    parallelism,
    tagLength: TAG_LENGTH,
    memory,
    passes,
  }
  return new Promise((resolve, reject) => {
    argon2('argon2id', options, (error, tag) => (error ? reject(error) : resolve(tag)))
  })
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
