/** People, departments and user groups. */
import {
  type ApiAnswer,
  type Call,
  ok,
  type PlatformDepartment,
  type PlatformUser,
  page,
  type Routes,
  refuse,
  type World,
} from './feishu-platform-world.ts'

export const CONTACT_ROUTES: Routes = [
  ['GET', /^contact\/v3\/users\/find_by_department$/, usersOfDepartment],
  ['GET', /^contact\/v3\/users\/([^/]+)$/, oneUser],
  ['GET', /^contact\/v3\/departments\/([^/]+)\/children$/, childDepartments],
  ['GET', /^contact\/v3\/departments\/([^/]+)$/, oneDepartment],
  ['GET', /^contact\/v3\/group\/simplelist$/, userGroups],
  ['GET', /^contact\/v3\/group\/([^/]+)\/member\/simplelist$/, groupMembers],
]

function usersOfDepartment(world: World, call: Call): ApiAnswer {
  const id = call.query['department_id'] ?? ''
  const all = world.users.filter((user) => user.departments?.includes(id)).map(viewUser)
  return page(all, call)
}

const viewUser = (user: PlatformUser) => ({
  open_id: user.openId,
  union_id: `on_${user.openId}`,
  name: user.name,
  department_ids: user.departments ?? [],
  status: { is_frozen: false, is_resigned: false, is_activated: true },
})

function oneUser(world: World, _call: Call, [id = '']: string[]): ApiAnswer {
  const user = world.users.find(({ openId }) => openId === id)
  return user ? ok({ user: viewUser(user) }) : refuse(41050, 'no user authority error')
}

const viewDepartment = (department: PlatformDepartment) => ({
  open_department_id: department.id,
  department_id: department.id,
  name: department.name,
  parent_department_id: department.parentId ?? '0',
  leader_user_id: department.leaderId ?? '',
})

function childDepartments(world: World, call: Call, [id = '']: string[]): ApiAnswer {
  const deep = call.query['fetch_child'] === 'true'
  const below = (parent: string): PlatformDepartment[] =>
    world.departments
      .filter((department) => (department.parentId ?? '0') === parent)
      .flatMap((department) => [department, ...(deep ? below(department.id) : [])])
  return page(below(id).map(viewDepartment), call)
}

function oneDepartment(world: World, _call: Call, [id = '']: string[]): ApiAnswer {
  const department = world.departments.find((one) => one.id === id)
  return department
    ? ok({ department: viewDepartment(department) })
    : refuse(43004, 'department not exist')
}

function userGroups(world: World, call: Call): ApiAnswer {
  return page(
    world.groups.map(({ id, name }) => ({ id, name })),
    call,
    'grouplist',
  )
}

function groupMembers(world: World, call: Call, [id = '']: string[]): ApiAnswer {
  const members = world.users
    .filter((user) => user.groups?.includes(id))
    .map((user) => ({ member_id: user.openId, member_type: 'user', member_id_type: 'open_id' }))
  return page(members, call, 'memberlist')
}
