/** Splits a question that asks several things into parts that each ask something. */
import { askedKinds } from './asked-kinds.ts'

/** Never empty; clauses that ask nothing stay with the part that follows, or with the one before. */
export function splitQuestion(text: string): [string, ...string[]] {
  const clauses = text.split(/(?<=[?。!;])|(?<=,)/).filter((clause) => /[\p{L}\p{N}]/u.test(clause))
  const parts: string[] = []
  let pending = ''
  for (const clause of clauses) {
    pending += clause
    if (!asksSomething(clause)) continue
    parts.push(pending)
    pending = ''
  }
  const last = parts.pop()
  const tail = last === undefined ? pending : last + pending
  const [first, ...rest] = [...parts, tail].filter((part) => part !== '')
  return [first ?? text, ...rest]
}

/** 「对吗」 alone belongs to the statement before it. */
function asksSomething(clause: string): boolean {
  return askedKinds(clause).some(({ kind }) => kind !== 'open' || /什么|怎么|哪/.test(clause))
}
