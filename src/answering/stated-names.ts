/** Places, levels, organisations, people, and who does what, as far as a clause names them. */
import type { Span } from '../domain/span.ts'
import type { FactReader, StatedFact } from './stated-facts.ts'

const BODY =
  '总工会|联合会|委员会|基金会|办公室|人社局|事务所|工会(?!驿站|会员|经费|干部|组织|工作|律师|法律|户外|服务|改革|建设|活动|主席|站点|章程|力量|系统)|法院|公司|银行|医院|学院|大学|学校|中心|协会|集团|街道|社区|乡镇|部门|班组|[局厅](?![面部限势促长])|(?:财务|工作|保障|组织|宣传|法律|经济|网络|女职工|权益)部'
const ORGANISATION = new RegExp(`([\\p{Script=Han}]*?)(${BODY})`, 'gu')
/** Characters before the kind of body that tell it from another: 县区|工会, 市人社|局. */
const HEAD = 2

export function namesIn(clause: string, { gazetteer, tagger }: FactReader): StatedFact[] {
  const places = gazetteer.findIn(clause).map(({ start, end }) => ({
    start,
    end,
    kind: 'place',
    key: clause.slice(start, end).replace(/(?<=..)[省市县区]$/, ''),
  }))
  const levels = [...clause.matchAll(/全[国省市州县区](?![委总])|[国省市州县区乡镇]级/g)].map(
    (match) => ({ ...spanOf(match), kind: 'level', key: match[0] }),
  )
  const bodies = [...clause.matchAll(ORGANISATION)].map((match) => {
    const [whole, head = '', kind = ''] = match
    const key = head.slice(-HEAD).replace(/^.?[由向到在给各的和与及或进入、]|[的各]$/g, '') + kind
    const end = match.index + whole.length
    return { start: end - key.length, end, kind: 'organisation', key }
  })
  return [...places, ...levels, ...bodies, ...peopleIn(clause, tagger)]
}

/** Who pays, runs, decides: 由职工个人承担 is 承担 by 职工个人. */
export function agentsIn(clause: string, { tagger }: FactReader): StatedFact[] {
  return [...clause.matchAll(/由(?!于)/g)].flatMap((match) => {
    const start = match.index + 1
    let agent = ''
    for (const { word, tag } of tagger.tagged(clause.slice(start))) {
      const isDeed = tag.startsWith('v') && agent !== ''
      if (isDeed) {
        const end = start + agent.length + word.length
        return [{ start, end, kind: 'agent', key: `${word}:${agent}` }]
      }
      agent += word
    }
    return []
  })
}

/** Longer words tagged as a name are terms: 法律援助. */
const LONGEST_NAME = 3

function peopleIn(clause: string, tagger: FactReader['tagger']): StatedFact[] {
  let at = 0
  return tagger.tagged(clause).flatMap(({ word, tag }) => {
    const start = at
    at += word.length
    const isPerson = tag === 'nr' && word.length > 1 && word.length <= LONGEST_NAME
    return isPerson ? [{ start, end: at, kind: 'person', key: word }] : []
  })
}

export function spanOf(match: RegExpMatchArray): Span {
  const start = match.index ?? 0
  return { start, end: start + match[0].length }
}
