/** Short fixed answers: one or two sentences, friendly, with whom to ask where that helps. */
import type { RefusalReason, RefusedAnswer } from '../domain/answer.ts'
import type { Contact } from '../domain/contact.ts'
import { nextStep } from './next-step.ts'

interface Reply {
  readonly summary: string
  /** Whether it helps to be sent to somebody. */
  readonly sends: boolean
}

const REPLIES: Readonly<Record<RefusalReason, Reply>> = {
  'small-talk': {
    summary: '您好！我是工会的问答助手“娘家人”。您可以问文件里的事，比如：',
    sends: false,
  },
  thanks: { summary: '不客气，有事随时问我。', sends: false },
  'about-me': {
    summary:
      '我是工会的问答助手“娘家人”，是程序，不是真人。我根据工会公开的文件回答问题，每句话都给出原文；还能帮干部记任务、到期提醒。文件里没有的，我会直说没有。您可以这样问：',
    sends: false,
  },
  insult: {
    summary: '听得出您着急。您把想问的事说一说，我再查一次；也可以说“转人工”。',
    sends: false,
  },
  complaint: {
    summary:
      '这次没帮上您，抱歉。您换个说法、说具体些（哪件事、哪个地方、哪一年），我再查一次；也可以说“转人工”。',
    sends: false,
  },
  'wants-human': { summary: '好的，这件事请找工会的工作人员当面或电话说。', sends: true },
  distress: {
    summary:
      '听您这么说，我很担心您。再难也不用一个人扛：现在就可以打全国统一心理援助热线 12356，那边有专业的人听您说；有马上的危险，请打 120 或 110，让身边的人陪着您。工作和生活上的难处，工会愿意帮您一起想办法。',
    sends: true,
  },
  injection: {
    summary: '这个我不能照做。我只根据工会的文件回答问题，您可以直接问文件里的事。',
    sends: false,
  },
  'personal-data': {
    summary:
      '涉及他人的个人信息（姓名、电话、住址、证件号、是否困难职工等），我不能提供。需要核对的，请走工会内部的正式渠道。',
    sends: true,
  },
  'legal-judgement': {
    summary:
      '这属于法律判断，我不能下结论。建议带上合同、工资记录等材料，向工会法律援助或劳动部门当面咨询。',
    sends: true,
  },
  medical: {
    summary: '看病用药的事我不能给建议，请尽快咨询医生或到医院就诊；情况紧急请拨打 120。',
    sends: false,
  },
  'sensitive-topic': {
    summary: '这个话题我不讨论。工会文件里的事，您可以随时问我。',
    sends: false,
  },
  'off-topic': {
    summary: '这个我帮不上，我只会查工会的文件：会议、计划、办法和通知。这方面的事随时问我。',
    sends: false,
  },
  empty: { summary: '没看到您的问题。请用一句话说说想问什么。', sends: false },
}

export function refuse(
  reason: RefusalReason,
  contact: Contact,
  suggestions: readonly string[],
): RefusedAnswer {
  const { summary, sends } = REPLIES[reason]
  const offers = reason === 'small-talk' || reason === 'about-me' || reason === 'empty'
  return {
    kind: 'refused',
    reason,
    summary,
    notices: [],
    suggestions: offers ? suggestions.slice(0, 3) : [],
    ...(sends && { nextStep: nextStep(contact) }),
  }
}
