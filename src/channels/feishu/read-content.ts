/** What a Feishu message holds: words, a file, a document that is handed over, or what cannot be read. */
import { z } from 'zod'
import type { InboundContent } from '../../domain/message.ts'
import { findDocumentLink } from './document-link.ts'
import { type Mention, readText } from './message-text.ts'

/** The fields of a received message that say what is in it. */
export interface ReceivedMessage {
  readonly message_id: string
  readonly chat_type: string
  readonly message_type: string
  readonly content: string
  readonly mentions?: readonly Mention[] | null | undefined
}

const fileShape = z.object({
  file_key: z.string().min(1),
  file_name: z.string().default('未命名文件'),
  file_size: z.coerce.number().optional().catch(undefined),
})
/** undefined for what nobody said, and for content that is not what its type says. */
export function readContent(
  message: ReceivedMessage,
  isBot: (mention: Mention) => boolean,
): InboundContent | undefined {
  const content = parseJson(message.content)
  switch (message.message_type) {
    case 'text':
    case 'post': {
      const text = readText(message.message_type, content, message.mentions ?? [], isBot)
      if (text === undefined) return undefined
      const bare = readText(message.message_type, content, message.mentions ?? [], isBot, 'bare')
      const link = message.chat_type === 'p2p' ? findDocumentLink(bare ?? text) : undefined
      if (link) return { kind: 'file', name: '飞书文档', reference: `link:${link}` }
      return { kind: 'text', text }
    }
    case 'file': {
      const file = fileShape.safeParse(content).data
      if (file === undefined) return undefined
      return {
        kind: 'file',
        name: file.file_name,
        reference: `message:${message.message_id}/${file.file_key}`,
        ...(file.file_size === undefined ? {} : { size: file.file_size }),
      }
    }
    case 'system':
      return undefined // 「… joined the group」: nobody said it
    default:
      return { kind: 'unsupported', what: NAMES[message.message_type] ?? '这类消息' }
  }
}

const NAMES: Readonly<Record<string, string>> = {
  image: '图片',
  audio: '语音',
  media: '视频',
  sticker: '表情',
  folder: '文件夹',
  interactive: '卡片',
  merge_forward: '合并转发的消息',
  share_chat: '群名片',
  share_user: '个人名片',
  location: '位置',
  todo: '任务',
  vote: '投票',
  share_calendar_event: '日程',
  calendar: '日程',
  video_chat: '视频会议',
  hongbao: '红包',
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the shapes refuse it
  }
}
