/** How kinds of value are named when the text does not have them. */
import type { Ask, AskedKind } from '../retrieval/asked-kinds.ts'

const NAMES: Readonly<Record<AskedKind, string>> = {
  money: '金额',
  percent: '比例',
  count: '数量',
  age: '年龄',
  duration: '时长',
  frequency: '次数',
  clock: '几点到几点',
  date: '具体时间',
  phone: '联系电话',
  contact: '找谁办',
  materials: '要带什么材料',
  steps: '办理办法',
  place: '具体地点',
  who: '是谁、哪个单位',
  list: '具体有哪些',
  definition: '含义',
  progress: '完成情况',
  eligibility: '条件和认定标准',
  fee: '收不收费',
  number: '文号',
  'in-force': '施行和有效时间',
  meeting: '是哪次会议',
  source: '来源',
  'document-date': '时间',
  'document-person': '是谁',
  alternative: '这一点',
  premise: '这一点',
  payer: '由谁出钱',
  reason: '原因',
  link: '网址',
  name: '名称',
  'yes-no': '这一点',
  open: '这方面的内容',
}

export function nameKinds(asks: readonly Ask[]): string {
  const names = asks.map(({ kind, per }) =>
    per === undefined || NAMES[kind] === undefined ? NAMES[kind] : `${per}的${NAMES[kind]}`,
  )
  return [...new Set(names)].join('、') || NAMES.open
}
