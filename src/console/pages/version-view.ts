/**
 * One version as an admin weighs it: what it would change, what should be looked at, and side by side
 * the original with its cuts and the text that answers will quote.
 */
import { html } from 'hono/html'
import type { DocumentSummary, DocumentVersion } from '../../domain/document.ts'
import { type Span, textAt } from '../../domain/span.ts'
import {
  CUT_NAMES,
  formatDate,
  formatDay,
  formatValidity,
  READERSHIP_NAMES,
  STATUS_NAMES,
} from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import { spanInOriginal } from '../../http/map-span.ts'
import { markParagraphs, markText, type TextMark } from '../../http/mark-text.ts'
import type { ChangeLine, ConsoleServices, DraftReview } from '../console-services.ts'
import { formatMoment } from '../format-moment.ts'

export interface VersionViewInput {
  readonly version: DocumentVersion
  readonly history: readonly DocumentSummary[]
  readonly services: Pick<ConsoleServices, 'placeByCode' | 'timeZone'>
  readonly review?: DraftReview
  readonly mayChange: boolean
  /** The metadata's form, for those who may change it. */
  readonly form?: Html
  /** Range of the cleaned text that is marked: 120-180. */
  readonly at: string
}

export function versionView(input: VersionViewInput): Html {
  const { version, review, mayChange, form } = input
  return html`
<p class="standing"><span class="tag tag--${version.status}">${STATUS_NAMES[version.status]}</span> 第 ${version.version} 版 · ${version.fileName}${version.metadata.sample && html` <span class="chip">示例</span>`}</p>
${warningsView(version)}
${review && reviewView(review)}
${mayChange && lifeButtons(input)}
<section class="panel"><h2>文件信息</h2>${form ?? factsView(input)}</section>
<section class="panel"><h2>读出来的内容</h2>${readingsView(version)}</section>
<section class="panel"><h2 id="compare">原件和整理后的文字</h2>${compareView(input)}</section>
<section class="panel"><h2>版本</h2>${historyView(input)}</section>`
}

function warningsView({ warnings, versionId }: DocumentVersion): Html | undefined {
  if (warnings.length === 0) return undefined
  return html`<section class="panel panel--warn"><h2>请留意</h2><ul class="lines">${warnings.map(
    ({ message, span }) =>
      html`<li>${message}${span && html` ${jump(versionId, span, '看这里')}`}</li>`,
  )}</ul></section>`
}

/** Contradictions that a page lists. */
const SHOWN_CONFLICTS = 50

function reviewView({ conflicts, previous, changes, answers }: DraftReview): Html {
  return html`
${
  conflicts.length > 0 &&
  html`<section class="panel panel--warn"><h2>和现有文件说法不一</h2><ul class="lines">${conflicts
    .slice(0, SHOWN_CONFLICTS)
    .map(
      ({ subject, ours, theirs }) =>
        html`<li><strong>${subject}</strong><br>这份：「${ours.text}」<br><a href="/console/documents/${encodeURIComponent(theirs.versionId)}?at=${theirs.span.start}-${theirs.span.end}#compare">《${theirs.documentTitle}》</a>：「${theirs.text}」</li>`,
    )}</ul>${conflicts.length > SHOWN_CONFLICTS && html`<p class="hint">还有 ${conflicts.length - SHOWN_CONFLICTS} 处以上没有列出。差别这么多，请先核对是不是同一份文件的新版本。</p>`}</section>`
}
${previous && html`<section class="panel"><h2>和第 ${previous.version} 版相比</h2>${changesView(changes)}</section>`}
${answers && answers.asked > 0 && answersView(answers)}`
}

const ANSWER_CHANGES = { lost: '答不上了', found: '答得上了', changed: '不一样了' } as const

/** What people asked is asked again as if it were published. */
function answersView({ asked, changes }: NonNullable<DraftReview['answers']>): Html {
  const unchanged = html`<p class="hint">试问了 ${asked} 个问题，回答都不变。</p>`
  const list = html`<p class="hint">试问了 ${asked} 个问题，${changes.length} 个的回答会变：</p><ul class="changes">${changes.map(
    ({ question, change, pinned, before, after }) =>
      html`<li><strong>${question}</strong> <span class="chip">${ANSWER_CHANGES[change]}</span>${pinned && html` <span class="chip">置顶回答不会跟着变，请核对</span>`}<br><del>${before}</del><ins>${after}</ins></li>`,
  )}</ul>`
  return html`<section class="panel"><h2>哪些已有回答会变</h2>${changes.length === 0 ? unchanged : list}</section>`
}

function changesView(changes: readonly ChangeLine[]): Html {
  if (changes.length === 0) return html`<p class="hint">内容没有变化。</p>`
  return html`<ul class="changes">${changes.map(
    ({ before, after }) =>
      html`<li>${before && html`<del>${before}</del>`}${after && html`<ins>${after}</ins>`}</li>`,
  )}</ul>`
}

function lifeButtons({ version, history, review }: VersionViewInput): Html {
  const { versionId, documentId, status } = version
  const address = `/console/documents/${encodeURIComponent(versionId)}`
  const document = html`<input type="hidden" name="document" value="${documentId}">`
  const hasEarlier = history.some(
    (other) => other.status === 'superseded' && other.version < version.version,
  )
  const isCurrent = status === 'in-force'
  return html`<div class="toolbar">
${!isCurrent && html`<form method="post" action="${address}/publish" class="stack">${endsView(review?.supersedes ?? [])}<button class="primary">${status === 'draft' ? '发布' : '重新发布这一版'}</button></form>`}
${isCurrent && html`<form method="post" action="/console/documents/withdraw" data-confirm="撤下后不再按这份文件回答，确定？">${document}<button>撤下</button></form>`}
${isCurrent && hasEarlier && html`<form method="post" action="/console/documents/rollback" data-confirm="退回上一版，这一版不再生效，确定？">${document}<button>退回上一版</button></form>`}
<a href="${address}/original">下载原件</a></div>`
}

/** Older documents that this one seems to end: the admin ticks those it really ends. */
function endsView(supersedes: DraftReview['supersedes']): Html | undefined {
  if (supersedes.length === 0) return undefined
  return html`<fieldset class="panel panel--warn"><legend>可能代替了这些文件，属实的请勾选</legend>${supersedes.map(
    ({ document, reason }) =>
      html`<label class="tick"><input type="checkbox" name="ends" value="${document.versionId}"><span><a href="/console/documents/${encodeURIComponent(document.versionId)}">《${document.metadata.title}》</a>：${reason}</span></label>`,
  )}</fieldset>`
}

function factsView({ version, services }: VersionViewInput): Html {
  const { issuer, number, issuedOn, jurisdictionCode, readableBy, validity, source } =
    version.metadata
  const rows = [
    ['发文机关', issuer],
    ['文号', number],
    ['日期', issuedOn && formatDate(issuedOn)],
    ['地区', jurisdictionCode && services.placeByCode(jurisdictionCode)?.name],
    ['有效期', formatValidity(validity)],
    ['谁能看', READERSHIP_NAMES[readableBy]],
    ['来源', source],
  ] as const
  return html`<dl class="facts">${rows.map(([label, value]) => value && html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`
}

/** What was read out of the text, each with the way to its sentence. */
function readingsView({
  versionId,
  text,
  passages,
  lists,
  facts,
  proposals,
}: DocumentVersion): Html {
  return html`
<details><summary>清单 ${lists.length}</summary>${lists.map(
    (list) =>
      html`<h3>${list.title || '没有名称'}${list.declaredCount !== undefined && list.declaredCount !== list.items.length && html` <span class="chip">写明 ${list.declaredCount} 项，读出 ${list.items.length} 项</span>`}</h3><ol>${list.items.map(({ text: item, span }) => html`<li>${item} ${jump(versionId, span)}</li>`)}</ol>`,
  )}</details>
<details><summary>数字 ${facts.length}</summary><ul class="lines">${facts.map(
    ({ subject, span, valueSpan, damaged }) =>
      html`<li>${subject}：<strong>${textAt(text, valueSpan)}</strong>${damaged && html` <span class="chip">原文可能缺损，不用来回答</span>`} ${jump(versionId, span)}</li>`,
  )}</ul></details>
<details><summary>可能的任务 ${proposals.length}</summary><ul class="lines">${proposals.map(
    ({ title, owner, deadline, span }) =>
      html`<li>${title}<small>${[owner && `责任单位 ${owner}`, deadline && `期限 ${deadline.phrase}${deadline.dueOn ? `（${formatDay(deadline.dueOn)}）` : ''}`].filter(Boolean).join(' · ')}</small> ${jump(versionId, span)}</li>`,
  )}</ul></details>
<details><summary>段落 ${passages.length}</summary><ol class="lines">${passages.map(
    ({ headings, text: passage, start, end }) =>
      html`<li><small>${headings.join(' › ')}</small>${passage} ${jump(versionId, { start, end })}</li>`,
  )}</ol></details>`
}

function jump(versionId: string, { start, end }: Span, label = '原文'): Html {
  return html`<a class="jump" href="/console/documents/${encodeURIComponent(versionId)}?at=${start}-${end}#quote">${label}</a>`
}

function compareView({ version, at }: VersionViewInput): Html {
  const [, start = '', end = ''] = at.match(/^(\d{1,9})-(\d{1,9})$/) ?? []
  const span =
    start !== '' && Number(end) > Number(start)
      ? { start: Number(start), end: Number(end) }
      : undefined
  const cuts = version.cuts.map(
    ({ original, reason }): TextMark => ({ kind: 'cut', span: original, title: CUT_NAMES[reason] }),
  )
  const doubts = version.warnings.flatMap(({ span: where, message }): readonly TextMark[] =>
    where ? [{ kind: 'doubt', span: where, title: message }] : [],
  )
  const inOriginal: readonly TextMark[] = span
    ? [{ kind: 'quote', span: spanInOriginal(span, version.offsets) }]
    : []
  const inCleaned: readonly TextMark[] = span ? [{ kind: 'quote', span }] : []
  const reasons = Map.groupBy(version.cuts, ({ reason }) => reason)
  const summary = [...reasons]
    .map(([reason, of]) => `${CUT_NAMES[reason]} ${of.length} 处`)
    .join('、')
  return html`<p class="hint">${summary ? `左边带删除线的是去掉的：${summary}。` : '没有删去内容。'}</p>
<div class="compare">
<section><h3>原件</h3><div class="document__text">${markText(version.originalText, [...cuts, ...inOriginal], { jump: false })}</div></section>
<section><h3>整理后</h3><div class="document__text document__text--cleaned">${markParagraphs(version.text, [...doubts, ...inCleaned])}</div></section></div>`
}

function historyView({ history, version, services }: VersionViewInput): Html {
  return html`<ul class="lines">${history
    .toReversed()
    .map(
      (entry) =>
        html`<li>${entry.versionId === version.versionId ? html`<strong>第 ${entry.version} 版</strong>` : html`<a href="/console/documents/${encodeURIComponent(entry.versionId)}">第 ${entry.version} 版</a>`} <span class="tag tag--${entry.status}">${STATUS_NAMES[entry.status]}</span> <small>${formatMoment(entry.createdAt, services.timeZone)} · ${entry.fileName}</small></li>`,
    )}</ul>`
}
