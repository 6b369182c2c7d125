/** A console over a store in memory, and a browser of sorts: requests with cookies. */
import type { Visitor } from '../../src/console/console-request.ts'
import type { ConsoleServices } from '../../src/console/console-services.ts'
import { type Console, createConsole } from '../../src/console/create-console.ts'
import type { Role } from '../../src/domain/person.ts'
import { openStore } from '../../src/storage/sql/open-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { type FakeKnowledge, fakeConsoleServices, fakeKnowledge } from './fake-console-services.ts'

export const LOCAL: Visitor = { visit: 'local', address: '127.0.0.1', nonce: 'n' }
export const OUTSIDE: Visitor = { visit: 'outside', address: '10.0.0.9', nonce: 'n' }
export const PASSWORD = 'correct horse battery'
/** As cheap as argon2 goes: the cost itself is tested in password.test.ts. */
export const passwordCost = { memory: 8, passes: 1, parallelism: 1 }

export interface Call {
  readonly cookie?: string | undefined
  readonly fields?: Record<string, string> | FormData
  readonly visitor?: Visitor
}

export interface TestConsole {
  readonly store: Store
  readonly knowledge: FakeKnowledge
  readonly services: ConsoleServices
  readonly pages: Console
  call(path: string, call?: Call): Promise<Response>
  /** The same over other services: the accounts and the cookies stay. */
  with(changed: Partial<ConsoleServices>): TestConsole
  /** The cookie of a new first admin, then of colleagues with other roles. */
  enter(role?: Role, name?: string): Promise<string | undefined>
}

export async function openTestConsole(): Promise<TestConsole> {
  const store = await openStore({})
  const knowledge = fakeKnowledge()
  return testConsole(store, knowledge, fakeConsoleServices(store, { knowledge }))
}

export const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0]

function testConsole(
  store: Store,
  knowledge: FakeKnowledge,
  services: ConsoleServices,
): TestConsole {
  const pages = createConsole(services, { passwordCost })
  const call = (path: string, { cookie, fields, visitor = LOCAL }: Call = {}) => {
    const body = fields instanceof FormData || !fields ? fields : new URLSearchParams(fields)
    const request = new Request(`http://127.0.0.1${path}`, {
      ...(body && { method: 'POST', body }),
      headers: cookie ? { cookie } : {},
    })
    return pages.respond(request, visitor)
  }
  return {
    store,
    knowledge,
    services,
    pages,
    call,
    with: (changed) => testConsole(store, knowledge, { ...services, ...changed }),
    enter: async (role = 'admin', name = role) => {
      if (!(await store.console.hasAccounts())) {
        const first = await call('/console/setup', {
          fields: { name: 'chief', password: PASSWORD },
        })
        if (role === 'admin') return cookieOf(first)
      }
      const codeHash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(name))
      await store.console.invite({
        codeHash: Buffer.from(codeHash).toString('hex'),
        role,
        expiresAt: Temporal.Instant.from('2026-11-22T00:00:00Z'),
      })
      const fields = { name, password: PASSWORD }
      return cookieOf(await call(`/console/setup?code=${name}`, { fields }))
    },
  }
}
