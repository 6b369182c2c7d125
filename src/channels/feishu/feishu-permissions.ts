/** What has to be ticked in the developer console, and what for. Names are the platform's. */

export interface Permission {
  readonly scope: string
  /** What does not work without it, in the words of an operator. */
  readonly purpose: string
  /** Without it the bot cannot answer at all. */
  readonly isRequired: boolean
}

const required = (scope: string, purpose: string) => ({ scope, purpose, isRequired: true })
const optional = (scope: string, purpose: string) => ({ scope, purpose, isRequired: false })

export const PERMISSIONS: readonly Permission[] = [
  required('im:message.p2p_msg:readonly', '接收职工私聊发来的问题'),
  required('im:message.group_at_msg:readonly', '接收群里 @机器人 的问题'),
  required('im:message:send_as_bot', '发送回答和提醒'),
  optional('im:message:readonly', '读取管理员发来的文件'),
  optional('im:message.urgent', '最后期限的加急提醒'),
  optional('contact:user.base:readonly', '显示姓名'),
  optional('contact:user.department:readonly', '按部门找人'),
  optional('contact:department.base:readonly', '按部门名称找部门'),
  optional('contact:department.organize:readonly', '读取下级部门'),
  optional('contact:group:readonly', '按用户组找干部'),
  optional('docx:document:readonly', '导入飞书文档'),
  optional('wiki:wiki:readonly', '导入知识库里的文档'),
  optional('drive:file:download', '导入云空间里的文件'),
  optional('task:task:write', '把任务同步到飞书任务（FEISHU_TASKS=on 时）'),
  optional('cardkit:card:write', '逐字显示回答（FEISHU_STREAMING=on 时）'),
]

export interface Subscription {
  readonly event: string
  readonly purpose: string
  readonly isRequired: boolean
}

export const EVENTS: readonly Subscription[] = [
  { event: 'im.message.receive_v1', purpose: '收到消息', isRequired: true },
  { event: 'im.message.recalled_v1', purpose: '提问被撤回后不再回答', isRequired: false },
  { event: 'im.chat.member.bot.added_v1', purpose: '进群时打招呼', isRequired: false },
  {
    event: 'im.chat.access_event.bot_p2p_chat_entered_v1',
    purpose: '第一次打开私聊时打招呼',
    isRequired: false,
  },
  { event: 'im.message.message_read_v1', purpose: '知道提醒是否已读', isRequired: false },
]

export const CALLBACKS = ['card.action.trigger'] as const
