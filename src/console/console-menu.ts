/** The menu of the console: what this account may see, of what this program has. */
import { ROLES, type Role } from '../domain/person.ts'
import type { ConsoleServices } from './console-services.ts'

export interface MenuEntry {
  readonly path: string
  readonly label: string
}

interface PossibleEntry extends MenuEntry {
  readonly least: Role
  available(services: ConsoleServices): boolean
}

const ENTRIES: readonly PossibleEntry[] = [
  { path: '/console', label: '总览', least: 'cadre', available: () => true },
  {
    path: '/console/documents',
    label: '知识库',
    least: 'cadre',
    available: ({ knowledge }) => knowledge !== undefined,
  },
  {
    path: '/console/pinned',
    label: '置顶回答',
    least: 'admin',
    available: ({ pinned }) => pinned !== undefined,
  },
  {
    path: '/console/tasks/review',
    label: '待审任务',
    least: 'cadre',
    available: ({ tasks }) => tasks !== undefined,
  },
  {
    path: '/console/tasks',
    label: '任务台账',
    least: 'cadre',
    available: ({ tasks }) => tasks !== undefined,
  },
  {
    path: '/console/deliveries',
    label: '提醒',
    least: 'admin',
    available: ({ deliveries }) => deliveries !== undefined,
  },
  {
    path: '/console/people',
    label: '人员',
    least: 'admin',
    available: ({ people }) => people !== undefined,
  },
  {
    path: '/console/sandbox',
    label: '试聊',
    least: 'cadre',
    available: ({ sandbox }) => sandbox !== undefined,
  },
  {
    path: '/console/questions',
    label: '问答记录',
    least: 'admin',
    available: ({ questions }) => questions !== undefined,
  },
  {
    path: '/console/channels',
    label: '渠道',
    least: 'admin',
    available: ({ channels }) => channels !== undefined,
  },
  { path: '/console/accounts', label: '登录账号', least: 'admin', available: () => true },
  {
    path: '/console/audit',
    label: '审计',
    least: 'admin',
    available: ({ audit }) => audit !== undefined,
  },
  {
    path: '/console/backup',
    label: '备份',
    least: 'admin',
    available: ({ backup }) => backup !== undefined,
  },
]

export function menuFor(role: Role, services: ConsoleServices): readonly MenuEntry[] {
  return ENTRIES.filter(({ least, available }) => hasRole(role, least) && available(services))
}

export function hasRole(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least)
}
