/** An entry of the audit log in words: who, what was done, to what, and what else it says. */
import { ROLE_NAMES } from '../../http/format-document.ts'
import type { AuditDetails } from '../../storage/audit-store.ts'
import { channelName } from '../channel-name.ts'

/** What the ids of entries stand for, as far as it is still there. */
export interface NamesById {
  readonly accounts: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, string>
  /** The title of a document's newest version. */
  readonly documents: ReadonlyMap<string, string>
  /** The number of a version among its document's. */
  readonly versions: ReadonlyMap<string, number>
  /** The question of a pinned answer. */
  readonly pinned: ReadonlyMap<string, string>
}

export function sayActor(actor: string, { accounts }: NamesById): string {
  const known = ACTORS[actor]
  if (known !== undefined) return known
  const [channel, id] = splitOnce(actor)
  if (channel === 'web') return accounts.get(id) ?? '已删除的登录账号'
  return `${channelName(channel)}账号 ${id}`
}

export function sayAction(action: string): string {
  return ACTIONS[action] ?? '其他改动'
}

/** 《…》, 登录账号 li, 人员 马兰; the id where nothing of that name is left. */
export function saySubject(subject: string, names: NamesById): string {
  const [kind, id] = splitOnce(subject)
  switch (kind) {
    case 'document': {
      const title = names.documents.get(id)
      return title === undefined ? `文件 ${id}（已删除）` : `《${title}》`
    }
    case 'account':
      return `登录账号 ${names.accounts.get(id) ?? `${shorten(id)}（已删除）`}`
    case 'person':
      return `人员 ${names.people.get(id) ?? `${shorten(id)}（已删除）`}`
    case 'pinned-answer': {
      const question = names.pinned.get(id)
      return question === undefined ? `置顶回答 ${id}（已取消）` : `置顶回答「${question}」`
    }
    case 'invitation':
      return `邀请链接 ${id}`
    case 'unit':
      return `单位 ${id}`
    case 'delivery':
      return `消息 ${id}`
    case 'people':
      return '人员名单'
    default:
      return id || subject
  }
}

/** 第 2 版，指纹 3fa9c1b2d4e0…; empty when there is nothing more to say. */
export function sayDetails(details: AuditDetails, { versions }: NamesById): string {
  return Object.entries(details)
    .map(([name, value]) => sayDetail(name, value, versions))
    .filter((words) => words !== '')
    .join('，')
}

function sayDetail(
  name: string,
  value: AuditDetails[string],
  versions: NamesById['versions'],
): string {
  const text = shorten(String(value))
  switch (name) {
    case 'versionId': {
      const number = versions.get(String(value))
      return number === undefined ? `版本 ${text}` : `第 ${number} 版`
    }
    case 'contentHash':
      return `内容指纹 ${text}`
    case 'role':
      return `身份：${ROLE_WORDS[text] ?? text}`
    case 'invitation':
      return `用的邀请链接 ${text}`
    case 'channel':
      return `渠道：${channelName(text)}`
    case 'replaced':
      return value === true ? '换下了原来绑定的人' : ''
    case 'unit':
      return `单位：${text}`
    case 'count':
      return `${text} 人`
    case 'versions':
      return `${text} 个版本`
    default:
      return text
  }
}

/** Hashes by their beginning: enough to compare. */
function shorten(text: string): string {
  return text.replace(/^([0-9a-f]{8}-?[0-9a-f]{4})[0-9a-f-]{20,}$/, '$1…')
}

function splitOnce(text: string): readonly [string, string] {
  const at = text.indexOf(':')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

const ROLE_WORDS: Readonly<Record<string, string>> = ROLE_NAMES

const ACTORS: Readonly<Record<string, string>> = {
  cli: '命令行',
  'first-start': '首次启动',
  web: '网页',
  schedule: '定时',
}

const ACTIONS: Readonly<Record<string, string>> = {
  document_added: '读入文件',
  document_published: '发布文件',
  document_withdrawn: '撤下文件',
  draft_discarded: '放弃草稿',
  document_rolled_back: '退回上一版',
  document_corrected: '修改文件信息',
  document_supersession_confirmed: '确认被新文件代替',
  document_removed: '删除文件',
  samples_removed: '移除示例',
  pinned_answer_saved: '保存置顶回答',
  pinned_answer_removed: '取消置顶回答',
  source_watched: '开始检查网址',
  source_unwatched: '停止检查网址',
  person_saved: '保存人员',
  person_removed: '删除人员',
  delivery_revived: '重新发送',
  account_invited: '邀请同事',
  account_created: '设置登录账号',
  account_role_changed: '改变账号身份',
  account_removed: '删除登录账号',
  password_changed: '修改密码',
  password_reset: '重设密码',
  pairing_offered: '生成配对码',
  account_paired: '绑定聊天账号',
  group_paired: '绑定群',
  people_imported: '导入名单',
}
