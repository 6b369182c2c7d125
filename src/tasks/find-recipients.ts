/** Who a task's assignees are, as people: a 单位 is everybody in it, a role everybody who has it. */
import { isGroupChat, mayRead, type Person } from '../domain/person.ts'
import type { Assignee, Task } from '../domain/task.ts'

/** Looks people up once; planning a hundred thousand tasks asks the database nothing more. */
export interface Directory {
  membersOf(assignee: Assignee): readonly Person[]
  byId(personId: string): Person | undefined
}

export function createDirectory(people: readonly Person[]): Directory {
  const byId = new Map(people.map((person) => [person.id, person]))
  const byUnit = Map.groupBy(people, ({ unit }) => unit)
  const byRole = Map.groupBy(people, ({ role }) => role)
  return {
    byId: (personId) => byId.get(personId),
    membersOf: (assignee) => {
      switch (assignee.kind) {
        case 'person':
          return [byId.get(assignee.personId)].filter((person) => person !== undefined)
        case 'unit':
          // Workers of a department are not its desk: tasks go to those who handle them, and to its group.
          return (byUnit.get(assignee.unit) ?? []).filter(
            (person) => isHandler(person) || isGroupChat(person),
          )
        case 'role':
          return (byRole.get(assignee.role) ?? []).filter((person) => !isGroupChat(person))
      }
    },
  }
}

/**
 * Owners and, for those who have one, their leaders; each person once. A group chat is none where not
 * everybody in it may read the task.
 */
export function findRecipients(
  task: Pick<Task, 'assignees' | 'readableBy'>,
  directory: Directory,
): { readonly owners: readonly string[]; readonly leaders: readonly string[] } {
  const owners = new Set(
    task.assignees
      .flatMap((assignee) => directory.membersOf(assignee))
      .filter((person) => !isGroupChat(person) || mayRead(person.role, task.readableBy))
      .map(({ id }) => id),
  )
  const leaders = new Set(
    [...owners]
      .map((id) => directory.byId(id)?.leaderId)
      .filter((id) => id !== undefined && !owners.has(id) && directory.byId(id) !== undefined),
  )
  return { owners: [...owners], leaders: [...leaders].filter((id) => id !== undefined) }
}

function isHandler({ role }: Person): boolean {
  return role === 'cadre' || role === 'admin'
}
