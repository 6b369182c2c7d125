/** Answers to an echo or a choice: 是, 好的, 算了, 不对,是13个, 2. */
import { parseNumber } from '../text/parse-number.ts'
import type { Command } from './command.ts'

const YES =
  /^(?:(?:是|对|好|嗯|行|可以|没错|确认|确定|保存|存|没问题|就这样|就是|正确)(?:的|了|嘞|啊|呀|哈)?,?)+$|^(?:yes|y|ok|okay|好ok|中)$/iu
const NO =
  /^(?:不|不是|不对|不用|不要|不行|不了|算了|取消|错了?|否|别|先不.{0,4}|先别.{0,4}|不保存|不存|别存|别保存|(?:弄|说|报|写|搞|打)错了|等等|等一下|等会儿?|no|n)(?:吧|的|了|啊)?$/iu
const CORRECTION =
  /^(?:不对|不是|错了|不,|(?:弄|说|报|写|搞|打)错了|更正|改一下)(?:的|了|啊)?[,:，\s]*(?:应该|应当|其实)?(?:是|为)?(?<rest>.+)$/u
const CHOOSE = /^(?:选|第)?(?<index>[一二三四五六七八九1-9])(?:个|条|件|项)?$/u

export function parseAnswer(text: string): Command | undefined {
  if (YES.test(text)) return { kind: 'yes' }
  if (NO.test(text)) return { kind: 'no' }
  const rest = CORRECTION.exec(text)?.groups?.['rest']
  if (rest !== undefined && rest.trim().length > 1) return { kind: 'correct', rest: rest.trim() }
  const index = CHOOSE.exec(text)?.groups?.['index']
  return index === undefined ? undefined : { kind: 'choose', index: parseNumber(index) ?? 0 }
}
