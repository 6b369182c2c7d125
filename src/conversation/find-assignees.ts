/** People and 单位 by the names somebody wrote: 「李明、宣教部」. Nobody is guessed. */
import type { Assignee } from '../domain/task.ts'
import type { Store } from '../storage/store.ts'

export type FoundAssignees =
  | { readonly kind: 'found'; readonly assignees: readonly Assignee[] }
  /** Why it is not clear who is meant, and what to write instead. */
  | { readonly kind: 'unclear'; readonly text: string }

/** Everybody who is named, or why one of them cannot be told. An empty text names nobody. */
export async function findAssignees(
  names: string,
  { people }: Pick<Store, 'people'>,
): Promise<FoundAssignees> {
  const found: Assignee[] = []
  for (const name of splitNames(names)) {
    const one = await findOne(name, people)
    if (typeof one === 'string') return { kind: 'unclear', text: one }
    found.push(one)
  }
  return { kind: 'found', assignees: found }
}

const splitNames = (names: string) =>
  names
    .split(/[、,\uff0c;\uff1b\s]+/u)
    .map((name) => name.trim())
    .filter(Boolean)

async function findOne(name: string, people: Store['people']): Promise<Assignee | string> {
  const called = (await people.find({ name })).filter(({ role }) => role !== 'worker')
  if (called.length > 1) {
    const units = called.map((person) => person.unit ?? '未填单位').join('、')
    return `有 ${called.length} 位「${name}」（${units}），请写明转给哪个单位。`
  }
  const [person] = called
  if (person) return { kind: 'person', personId: person.id }
  const members = await people.find({ unit: name })
  if (members.length > 0) return { kind: 'unit', unit: name }
  return `通讯录里没有叫「${name}」的人或单位，没有交办。请核对名称，或请管理员先导入人员。`
}
