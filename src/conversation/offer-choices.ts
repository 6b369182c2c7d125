/**
 * What can be done below an answer: judge it, reach a human, ask on. Buttons where there are any;
 * where there are numbers only, the original text comes first and praise is left out, to stay short.
 */
import type { Answer } from '../domain/answer.ts'
import type { Action, Block } from '../domain/message.ts'
import { READ_SOURCE, readSourceAction } from './read-source.ts'
import { askAction } from './welcome.ts'

const CALL_HUMAN: Action = { label: '转人工', name: 'hand-over', values: {} }

/**
 * @param answerId id of the message that is answered.
 * @param options missed: the second answer in a row that was none. wordsOnly: no buttons here.
 */
export function offerChoices(
  answerId: string,
  answer: Answer,
  { missed, wordsOnly }: { readonly missed: boolean; readonly wordsOnly: boolean },
): readonly Block[] {
  const further = answer.suggestions.map(askAction)
  // Small talk needs no judgement.
  if (answer.kind === 'refused') {
    return further.length === 0 ? [] : [{ kind: 'actions', actions: further }]
  }
  const offer: Block[] = missed
    ? [{ kind: 'paragraph', text: '连着两次没帮上您，要不要转人工？' }]
    : []
  const choices = wordsOnly ? numbered(answerId, answer) : buttons(answerId)
  return [...offer, { kind: 'actions', actions: [...choices, ...further] }]
}

function buttons(answer: string): readonly Action[] {
  return [
    { label: '👍 有用', name: 'vote', values: { answer, value: 'up' } },
    { label: '👎 没帮上', name: 'vote', values: { answer, value: 'down' } },
    CALL_HUMAN,
  ]
}

function numbered(answerId: string, answer: Answer): readonly Action[] {
  const original = readSourceAction(answerId, answer)
  return [...(original ? [original] : []), ...afterReading(answerId)]
}

const afterReading = (answer: string): readonly Action[] => [
  { label: '没帮上忙', name: 'vote', values: { answer, value: 'down' } },
  CALL_HUMAN,
]

/** Below the original text: the numbers of the answer, so that none means something else now. */
export function offerAgain(values: Readonly<Record<string, string>>): Block {
  const { answer = '' } = values
  const again = { label: '看原文', name: READ_SOURCE, values }
  return { kind: 'actions', actions: [again, ...afterReading(answer)] }
}
