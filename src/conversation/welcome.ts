/** The first thing a person or a group hears: what can be asked, with examples to click. */
import type { OutboundMessage } from '../domain/message.ts'

export function welcome(examples: readonly string[], place: 'group' | 'private'): OutboundMessage {
  const how = place === 'group' ? '在群里@我提问就行' : '直接发问题给我就行'
  return {
    blocks: [
      {
        kind: 'paragraph',
        text: `${place === 'group' ? '大家好' : '您好'}，我是工会的问答助手“娘家人”（程序，不是真人）。我照工会的文件回答，每句都给出原文；文件里没有的，我会直说。${how}。请不要发身份证号、病历等个人信息。可以这样问：`,
      },
      { kind: 'actions', actions: examples.slice(0, 3).map(askAction) },
    ],
  }
}

/** A button that asks a question. */
export function askAction(question: string) {
  return { label: question, name: 'ask', values: { question } }
}
