/**
 * Who asks and who is pinged. A role says what a person may read and do; an audience says who may
 * read a document. In a group chat the audience is that of the least privileged member.
 */

/** From least to most privileged. */
export const ROLES = ['worker', 'member', 'cadre', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Who may read: everyone, union members, cadres, or admins only. */
export const READERSHIPS = ['all', 'members', 'cadres', 'admins'] as const
export type Readership = (typeof READERSHIPS)[number]

export interface Audience {
  readonly role: Role
  /** GB/T 2260 code of the asker's place, when known. */
  readonly jurisdictionCode?: string
}

export function mayRead(role: Role, readableBy: Readership): boolean {
  return ROLES.indexOf(role) >= READERSHIPS.indexOf(readableBy)
}

/** An account on one platform: `feishu:ou_…`, `wechat:…`, `web:…`. */
export interface AccountRef {
  readonly channel: string
  readonly accountId: string
  /** A group chat instead of a person's own account. */
  readonly kind?: 'group'
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** 单位 or department, as the union writes it. */
  readonly unit?: string
  readonly jurisdictionCode?: string
  /** Person who is told when this one does not answer. */
  readonly leaderId?: string
  readonly accounts: readonly AccountRef[]
}

/**
 * A unit's group chat, kept among the people: it is told what its unit has to do. Its role is that of
 * the least privileged of its members.
 */
export function isGroupChat({ accounts }: Pick<Person, 'accounts'>): boolean {
  return accounts.some(({ kind }) => kind === 'group')
}
