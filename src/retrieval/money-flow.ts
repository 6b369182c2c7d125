/**
 * Which way money goes: what a person pays in (交, 缴, 自付) is never answered by what is paid out
 * (补助, 报销, 奖励), and the other way round.
 */
import type { Span } from '../domain/span.ts'

export type MoneyFlow = 'in' | 'out'

const ASKED_IN =
  /[交缴](?!通|流|办|接|往|警|叉)|收费|收(?:取)?多少|自(?:费|付|掏|己(?:还)?(?:要|得)?(?:出|掏|贴|交))|掏(?:多少|钱)|花(?:费)?(?:多少|钱)|[会保餐学]费|工本费|住宿费|付(?:多少|钱)/
const ASKED_OUT =
  /补(?:助|贴|多少|几)|[发领拿奖赔拨](?!生|展|现|起|布|票)|报销|能报|救助|资助|慰问金|给(?:多少|几|钱)|退(?:还|多少)|能得/

const CUE =
  /(?<in>[交缴](?!通|流|办|接|往|警|叉)|收取|自付|自费|自负|个人承担|[会保]费(?!用))|(?<out>补助|补贴|发放|发给|给予|奖励|奖金|救助|报销|赔付|理赔|资助|慰问|拨付|拨款|给付|返还|退还)/g

/** The direction a question part asks for; undefined when it does not tell. */
export function flowAsked(text: string): MoneyFlow | undefined {
  const paysIn = ASKED_IN.test(text)
  if (paysIn === ASKED_OUT.test(text)) return undefined
  return paysIn ? 'in' : 'out'
}

/**
 * The direction of a value: 「按40%给予补助」 by what follows in its clause, else by the nearest word before
 * it in its sentence, else by the first one after it.
 */
export function flowSaid(text: string, { start, end }: Span): MoneyFlow | undefined {
  const from = text.lastIndexOf('。', start) + 1
  const stop = text.indexOf('。', end)
  const clause = /^[^,。;]*/.exec(text.slice(end))?.[0] ?? ''
  if ([...clause.matchAll(CUE)].some(({ groups }) => groups?.['out'] !== undefined)) return 'out'
  const before = [...text.slice(from, start).matchAll(CUE)].at(-1)
  const cue =
    before ??
    text
      .slice(end, stop < 0 ? undefined : stop)
      .matchAll(CUE)
      .next().value
  if (cue === undefined) return undefined
  return cue.groups?.['in'] === undefined ? 'out' : 'in'
}
