/**
 * 「为什么这样答」: the way of one question through the same functions that answer it, in words for an
 * admin. It shows what was understood, which documents were looked at, and how their best sentences
 * were judged; it decides nothing.
 */
import type { Query } from '../domain/query.ts'
import type { AskedKind } from '../retrieval/asked-kinds.ts'
import { findPassages } from '../retrieval/find-passages.ts'
import type { RankedDocument } from '../retrieval/rank-documents.ts'
import { type UnderstoodQuestion, understandQuestion } from '../retrieval/understand-question.ts'
import type { Evidence } from '../retrieval/weigh-units.ts'
import type { AnsweringTools } from './answer-question.ts'
import { earlierTurns } from './earlier-turns.ts'
import { ordersMachine } from './orders-to-bot.ts'
import { screenQuestion } from './screen-question.ts'

export interface ExplanationStep {
  readonly title: string
  readonly lines: readonly string[]
}

const EVIDENCE_SHOWN = 5

export function explainAnswer(query: Query, tools: AnsweringTools): readonly ExplanationStep[] {
  const history = earlierTurns(query.history, tools.tagger)
  const screening = screenQuestion(query.question, tools.tagger, history.length > 0)
  if (screening.kind === 'refuse') {
    return [{ title: '不查文件', lines: [`属于固定答复的问题：${screening.reason}`] }]
  }
  const asked = { ...query, question: screening.question, history }
  const question = understandQuestion(asked, tools)
  const { documents, parts } = findPassages(question, asked, tools)
  return [
    { title: '怎么理解', lines: understanding(question) },
    { title: '看了哪些文件', lines: documentLines(documents) },
    ...parts.map(({ part, evidence }) => ({
      title: `最合适的句子：${part.text}`,
      lines: evidence.slice(0, EVIDENCE_SHOWN).map(evidenceLine),
    })),
  ].map(({ title, lines }) => ({ title, lines: lines.length > 0 ? lines : ['没有'] }))
}

function understanding(question: UnderstoodQuestion): string[] {
  const { text, parts, places, years, ordinal, understoodAs } = question
  const kinds = parts.flatMap(({ asks }) => asks.map(({ kind }) => KIND_NAMES[kind]))
  const words = parts.flatMap(({ terms }) => terms.map(({ word }) => word))
  return [
    `问题：${text}`,
    `问的是：${[...new Set(kinds)].join('、') || '内容'}`,
    words.length > 0 && `关键词：${[...new Set(words)].join('、')}`,
    places.length > 0 && `地区：${places.map(({ name }) => name).join('、')}`,
    years.length > 0 && `年份：${years.join('、')}`,
    ordinal !== undefined && `第 ${ordinal} 项`,
    understoodAs !== undefined && `接着上文，按「${understoodAs}」理解`,
  ].filter((line) => line !== false)
}

function documentLines(documents: readonly RankedDocument[]): string[] {
  return documents.map(({ document, share }) => `《${document.metadata.title}》 ${percent(share)}`)
}

function evidenceLine({ unit, score, judgement }: Evidence): string {
  const usable = judgement.answers ? '能答' : '不能答'
  const verdict = ordersMachine(unit.folded) ? '是写给程序的指令，不采用' : usable
  const values = judgement.values.map(({ start, end }) => unit.text.slice(start, end))
  const lacks = judgement.lacks.map(({ kind }) => KIND_NAMES[kind])
  const reasons = [
    `词语吻合 ${percent(score.coverage)}`,
    values.length > 0 && `给出 ${values.join('、')}`,
    lacks.length > 0 && `没有写${[...new Set(lacks)].join('、')}`,
    !judgement.placed && '不是所问的地区',
    score.missing.length > 0 && `没有提到 ${score.missing.map(({ word }) => word).join('、')}`,
  ].filter((reason) => reason !== false)
  return `${verdict}：「${unit.text}」（${reasons.join('，')}）`
}

const percent = (share: number) => `${Math.round(share * 100)}%`

const KIND_NAMES: Readonly<Record<AskedKind, string>> = {
  money: '金额',
  percent: '比例',
  count: '数量',
  fee: '费用',
  age: '年龄',
  duration: '时长',
  frequency: '频次',
  clock: '钟点',
  date: '日期',
  phone: '电话',
  contact: '联系方式',
  materials: '材料',
  steps: '办法',
  place: '地点',
  who: '谁',
  list: '有哪些',
  definition: '是什么',
  progress: '进展',
  eligibility: '条件',
  number: '文号',
  'in-force': '是否有效',
  meeting: '会议',
  source: '来源',
  'document-date': '文件日期',
  'document-person': '文件里的人',
  alternative: '哪一种',
  premise: '说法对不对',
  payer: '谁出钱',
  reason: '原因',
  link: '网址',
  name: '名称',
  'yes-no': '是不是',
  open: '内容',
}
