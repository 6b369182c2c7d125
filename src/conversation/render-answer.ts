/**
 * An answer as a message: short answer first, then what it rests on (document, issuer or source,
 * date, exact quote), then whether it still holds, then whom to ask. A worker reads the first two
 * lines; everything below can be checked.
 */
import type { Answer, Citation } from '../domain/answer.ts'
import type { DocumentDate } from '../domain/document.ts'
import type { Block, OutboundMessage } from '../domain/message.ts'
import { chinesePunctuation } from '../text/chinese-punctuation.ts'
import { stampAnswer } from './stamp-answer.ts'

export interface RenderOptions {
  /** What else can be asked is offered below as choices: then it is not listed too. */
  readonly choicesBelow?: boolean
  /** Where a citation can be opened; absent without a web address. */
  readonly urlOf?: (citation: Citation) => string | undefined
}

export function renderAnswer(answer: Answer, options: RenderOptions = {}): OutboundMessage {
  const lead: Block[] = [
    ...(answer.understoodAs ? [info(`按“${answer.understoodAs}”理解。`)] : []),
    paragraph(answer.summary),
    ...(answer.ledger ?? []).map(paragraph),
  ]
  return { blocks: [...lead, ...body(answer, options), ...tail(answer)] }
}

function body(answer: Answer, options: RenderOptions): Block[] {
  if (answer.kind === 'refused' && options.choicesBelow) return []
  if (answer.kind === 'refused') return answer.suggestions.map((text) => paragraph(`· ${text}`))
  const citations = answer.kind === 'grounded' ? answer.citations : answer.nearest
  const missing =
    answer.kind === 'grounded' && answer.missing !== undefined ? [paragraph(answer.missing)] : []
  return [
    ...missing,
    ...stampAnswer(citations, answer.notices),
    ...citations.map((citation) => quote(citation, options)),
    ...answer.notices.map(
      ({ kind, text }): Block => ({
        kind: 'notice',
        tone: kind === 'sample' ? 'info' : 'warning',
        text: chinesePunctuation(text),
      }),
    ),
  ]
}

/** What a model worded is labelled as the rules for generated content ask. */
const GENERATED = '内容由AI生成，仅供参考；以引用的原文为准。'
const QUOTED = '原文摘录'

function tail(answer: Answer): Block[] {
  const wording = answer.kind === 'grounded' ? answer.wording : undefined
  return [
    ...(answer.nextStep === undefined ? [] : [paragraph(`下一步：${answer.nextStep}`)]),
    ...(wording === 'model' ? [info(GENERATED)] : []),
    ...(wording === 'quoted' ? [info(QUOTED)] : []),
  ]
}

function quote(citation: Citation, { urlOf }: RenderOptions): Block {
  const url = urlOf?.(citation)
  return {
    kind: 'quote',
    text: citation.quote,
    source: sourceLine(citation),
    ...(citation.highlight !== undefined && { highlight: citation.highlight }),
    ...(url !== undefined && { url }),
  }
}

/** 《甘肃省平凉市总工会精心谋划2014年工作任务》(中工网,2014-03-13). */
export function sourceLine(
  citation: Pick<Citation, 'documentTitle' | 'issuer' | 'source' | 'issuedOn' | 'sample'>,
): string {
  const { documentTitle, issuer, source, issuedOn, sample } = citation
  const who = [...new Set([issuer, source])].filter((name) => name !== undefined && name !== '')
  const when = issuedOn === undefined ? '未注明日期' : writeDate(issuedOn)
  return `《${documentTitle}》（${[...who, when, ...(sample ? ['示例'] : [])].join('，')}）`
}

/** A date as precisely as the document gives it; an inferred year is marked. */
export function writeDate({ on, precision, inferredFrom }: DocumentDate): string {
  const day =
    precision === 'year'
      ? `${on.year}年`
      : precision === 'month'
        ? `${on.year}年${on.month}月`
        : on.toString()
  return inferredFrom === undefined ? day : `${day}，年份按“${inferredFrom}”推定`
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text: chinesePunctuation(text) }
}

function info(text: string): Block {
  return { kind: 'notice', tone: 'info', text: chinesePunctuation(text) }
}
