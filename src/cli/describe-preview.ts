/** What publishing a file would change, in words: shown by `ingest --dry-run` under what was read. */
import type { AnswerChanges } from '../knowledge/changed-answers.ts'
import type { Difference } from '../knowledge/compare-versions.ts'
import type { DocumentPreview } from '../knowledge/preview-document.ts'
import { wordAnswerChange } from '../knowledge/word-answer-change.ts'

/** Lines shown of each kind before 「还有」. */
const MOST_SHOWN = 20
const CONFLICT_NAMES = { number: '数字', unit: '单位', date: '日期' } as const

export function describePreview(preview: DocumentPreview): string {
  const { replaces, changes, conflicts, supersedes } = preview
  return [
    `  放入后：${arrival(preview)}`,
    ...section('和现行版本相比', changes?.passages ?? [], change),
    ...section('和现行文件说法不一', conflicts, ({ kind, here, there }) => {
      const what = CONFLICT_NAMES[kind]
      return `${what}：本文件「${here.quote}」，《${there.title}》「${there.quote}」`
    }),
    ...section('可能代替', supersedes, ({ older, explanation }) => {
      return `《${older.metadata.title}》（${older.documentId}）：${explanation}`
    }),
    ...(replaces ? [`  发布后代替：${replaces.versionId}`] : []),
    ...answerChanges(preview.answers),
  ].join('\n')
}

const CHANGE_NAMES = { lost: '答不上了', found: '答得上了', changed: '不一样了' } as const

function answerChanges({ asked, changes }: AnswerChanges): string[] {
  const name = `哪些已有回答会变（试问了 ${asked} 个）`
  if (changes.length === 0) return [`  ${name}：没有`]
  return section(name, changes, (changed) => {
    const { before, after } = wordAnswerChange(changed)
    const pinned = changed.pinned ? '（置顶回答不会跟着变，请核对）' : ''
    return `${changed.question} ${CHANGE_NAMES[changed.change]}${pinned}：${before} → ${after}`
  })
}

function arrival({ arrival, replaces }: DocumentPreview): string {
  if (arrival === 'known') return '内容已经有了，不会改动'
  if (arrival === 'new-document') return '是一份新文件'
  return `是《${replaces?.metadata.title ?? '已有文件'}》的新版本`
}

function change(difference: Difference<{ readonly text: string }>): string {
  if (difference.kind === 'added') return `增加：${difference.after.text.trim()}`
  if (difference.kind === 'removed') return `删去：${difference.before.text.trim()}`
  return `改动：${difference.before.text.trim()} → ${difference.after.text.trim()}`
}

function section<T>(name: string, items: readonly T[], describe: (item: T) => string): string[] {
  if (items.length === 0) return []
  const shown = items.slice(0, MOST_SHOWN).map((item) => `    · ${describe(item)}`)
  const more = items.length > shown.length ? [`    · 还有 ${items.length - shown.length} 项`] : []
  return [`  ${name}：`, ...shown, ...more]
}
