/**
 * Who is in a department or a user group: how cadres are addressed. Names are kept for an hour.
 * Contacts are outside the monthly quota, but not outside the app's contact range: what the range
 * does not hold is not there.
 */
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import { FeishuError } from './classify-error.ts'
import type { ApiRequest, FeishuApi } from './feishu-api.ts'

const PAGE_SIZE = 50
/** Pages read before giving up: 5,000 people. */
const MANY_PAGES = 100
const MANY_KEPT = 10_000
const KEPT_FOR = { hours: 1 }
/** The whole organisation, as the platform writes it. */
const ROOT_DEPARTMENT = '0'

export interface DirectoryPerson {
  readonly accountId: string
  readonly name: string
}

export interface DirectoryUnit {
  readonly id: string
  readonly name: string
  /** Account of the head of a department. */
  readonly leaderId?: string
}

export interface Directory {
  /** undefined when the person is not in the app's contact range. */
  person(accountId: string, signal: AbortSignal): Promise<DirectoryPerson | undefined>
  departments(signal: AbortSignal): Promise<readonly DirectoryUnit[]>
  userGroups(signal: AbortSignal): Promise<readonly DirectoryUnit[]>
  /** People of a department and of those below it, each once. */
  peopleOfDepartment(id: string, signal: AbortSignal): Promise<readonly DirectoryPerson[]>
  peopleOfUserGroup(id: string, signal: AbortSignal): Promise<readonly DirectoryPerson[]>
  /** By the name of a department, else of a user group; empty when there is neither. */
  peopleOf(unitName: string, signal: AbortSignal): Promise<readonly DirectoryPerson[]>
  /** Account of the head of the department of that name. */
  leaderOf(unitName: string, signal: AbortSignal): Promise<string | undefined>
}

const pageShape = z
  .object({ has_more: z.boolean().nullish(), page_token: z.string().nullish() })
  .loose()
const userShape = z
  .object({ open_id: z.string().min(1), name: z.string().default('') })
  .transform((user) => ({ accountId: user.open_id, name: user.name }))
const departmentShape = z
  .object({
    open_department_id: z.string(),
    name: z.string().default(''),
    leader_user_id: z.string().nullish(),
  })
  .transform(
    ({ open_department_id: id, name, leader_user_id: leaderId }): DirectoryUnit =>
      leaderId ? { id, name, leaderId } : { id, name },
  )
const groupShape = z.object({ id: z.string(), name: z.string().default('') })
const memberShape = z.object({ member_id: z.string() })
const oneUserShape = z.object({ user: userShape })

type Read<T> = (key: string, signal: AbortSignal) => Promise<T>

export function createDirectory(api: FeishuApi, clock: Clock): Directory {
  const units = keep<readonly DirectoryUnit[]>(clock, (key, signal) =>
    key === 'departments'
      ? readAll(api, departmentsBelow(ROOT_DEPARTMENT, signal), 'items', departmentShape)
      : readAll(
          api,
          { method: 'GET', path: '/open-apis/contact/v3/group/simplelist', signal },
          'grouplist',
          groupShape,
        ),
  )
  const person = keep<DirectoryPerson | undefined>(clock, (id, signal) =>
    readPerson(api, id, signal),
  )
  const ofDepartment = keep(clock, (id, signal) => readDepartment(api, id, signal))
  const ofGroup = keep(clock, async (id, signal) => {
    const path = `/open-apis/contact/v3/group/${encodeURIComponent(id)}/member/simplelist`
    const params = { member_id_type: 'open_id', member_type: 'user' }
    const members = await readAll(
      api,
      { method: 'GET', path, params, signal },
      'memberlist',
      memberShape,
    )
    const people = await Promise.all(members.map((member) => person(member.member_id, signal)))
    return people.filter((one) => one !== undefined)
  })

  return {
    person,
    departments: (signal) => units('departments', signal),
    userGroups: (signal) => units('groups', signal),
    peopleOfDepartment: ofDepartment,
    peopleOfUserGroup: ofGroup,
    peopleOf: async (unitName, signal) => {
      const isNamed = ({ name }: DirectoryUnit) => name === unitName
      const department = (await units('departments', signal)).find(isNamed)
      if (department) return ofDepartment(department.id, signal)
      const group = (await units('groups', signal)).find(isNamed)
      return group ? ofGroup(group.id, signal) : []
    },
    leaderOf: async (unitName, signal) =>
      (await units('departments', signal)).find(({ name }) => name === unitName)?.leaderId,
  }
}

/** Remembers what was read for an hour, failures not at all. */
function keep<T>(clock: Clock, read: Read<T>): Read<T> {
  const kept = new Map<string, { readonly until: Temporal.Instant; readonly value: T }>()
  return async (key, signal) => {
    const known = kept.get(key)
    if (known && Temporal.Instant.compare(known.until, clock.now()) > 0) return known.value
    const value = await read(key, signal)
    if (kept.size > MANY_KEPT) kept.clear()
    kept.set(key, { until: clock.now().add(KEPT_FOR), value })
    return value
  }
}

async function readPerson(
  api: FeishuApi,
  id: string,
  signal: AbortSignal,
): Promise<DirectoryPerson | undefined> {
  const path = `/open-apis/contact/v3/users/${encodeURIComponent(id)}`
  const params = { user_id_type: 'open_id' }
  try {
    return (await api.call({ method: 'GET', path, params, signal }, oneUserShape)).user
  } catch (error) {
    if (error instanceof FeishuError && error.kind === 'not-found') return undefined
    throw error
  }
}

async function readDepartment(
  api: FeishuApi,
  id: string,
  signal: AbortSignal,
): Promise<readonly DirectoryPerson[]> {
  const below = await readAll(api, departmentsBelow(id, signal), 'items', departmentShape)
  const people = new Map<string, DirectoryPerson>()
  for (const departmentId of [id, ...below.map((department) => department.id)]) {
    const path = '/open-apis/contact/v3/users/find_by_department'
    const params = {
      department_id: departmentId,
      department_id_type: 'open_department_id',
      user_id_type: 'open_id',
    }
    const found = await readAll(api, { method: 'GET', path, params, signal }, 'items', userShape)
    for (const one of found) people.set(one.accountId, one)
  }
  return [...people.values()]
}

function departmentsBelow(id: string, signal: AbortSignal): ApiRequest {
  const path = `/open-apis/contact/v3/departments/${encodeURIComponent(id)}/children`
  const params = {
    fetch_child: true,
    department_id_type: 'open_department_id',
    user_id_type: 'open_id',
  }
  return { method: 'GET', path, params, signal }
}

async function readAll<T>(
  api: FeishuApi,
  request: ApiRequest,
  key: string,
  item: z.ZodType<T>,
): Promise<readonly T[]> {
  const found: T[] = []
  let pageToken: string | undefined
  for (let page = 0; page < MANY_PAGES; page += 1) {
    const more = pageToken === undefined ? {} : { page_token: pageToken }
    const params = { ...request.params, page_size: PAGE_SIZE, ...more }
    const answer = await api.call({ ...request, params }, pageShape)
    const items = z.array(item).safeParse(answer[key] ?? [])
    if (!items.success) throw new FeishuError({ status: 502 }, items.error)
    found.push(...items.data)
    pageToken = answer.has_more ? (answer.page_token ?? undefined) : undefined
    if (pageToken === undefined) break
  }
  return found
}
