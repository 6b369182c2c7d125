/** Webhook calls as the platform makes them, encrypted and signed; forged ones on request. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { nextNumber } from './feishu-platform-events.ts'

export interface Tamper {
  readonly timestamp?: number
  readonly signature?: string
  readonly key?: string
  readonly plain?: boolean
  readonly body?: string
}

/** Encrypts as the platform does: AES-256-CBC under SHA-256 of the key, the vector in front. */
export function encryptEvent(event: unknown, key: string): string {
  const vector = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), vector)
  const text = typeof event === 'string' ? event : JSON.stringify(event)
  return Buffer.concat([vector, cipher.update(text), cipher.final()]).toString('base64')
}

export async function postSigned(
  address: string,
  event: unknown,
  encryptKey: string,
  tamper: Tamper,
): Promise<Response> {
  const request = signedRequest(event, encryptKey, tamper)
  return fetch(address, { method: 'POST', headers: request.headers, body: request.body })
}

/** The headers and body of one webhook call. */
export function signedRequest(event: unknown, encryptKey: string, tamper: Tamper = {}) {
  const key = tamper.key ?? encryptKey
  const body =
    tamper.body ?? JSON.stringify(tamper.plain ? event : { encrypt: encryptEvent(event, key) })
  const timestamp = String(
    tamper.timestamp ?? Math.floor(Temporal.Now.instant().epochMilliseconds / 1000),
  )
  const nonce = String(nextNumber())
  const signature =
    tamper.signature ??
    createHash('sha256')
      .update(timestamp + nonce + key)
      .update(body)
      .digest('hex')
  return {
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': signature,
    },
  }
}
