/** The grades as a table for people; a share of nothing reads 100 %. */
import type { Grade } from './grade-answer.ts'
import type { EvalReport } from './run-eval.ts'

export function writeReport(
  report: EvalReport,
  { failures }: { readonly failures: boolean },
): string {
  const lines = [
    `题数 ${report.questions}（可答 ${report.answerable}，不可答 ${report.questions - report.answerable}）`,
    row('要点齐备（按要点）', percent(report.pointsFound)),
    row('要点齐备（按题）', percent(report.allPoints)),
    row('可答却拒答', percent(report.falseRefusals)),
    row('不可答而正确收尾', percent(report.unanswerableEndedRight)),
    row('引文逐字一致', percent(report.quotesExact)),
    row('引对文件', percent(report.rightDocument)),
    row('过期提醒正确', percent(report.staleRight)),
    row('说了不该说的', String(report.forbiddenHits)),
    row('出错', String(report.errors)),
    row('耗时 中位 / 99%', `${report.medianMs.toFixed(1)} / ${report.p99Ms.toFixed(1)} 毫秒`),
  ]
  if (failures) lines.push('', ...report.grades.flatMap(describeFailure))
  return lines.join('\n')
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`
const row = (name: string, value: string) => `  ${name}：${value}`

function describeFailure(grade: Grade): string[] {
  const faults = faultsOf(grade)
  if (faults.length === 0) return []
  return [
    `✗ ${grade.row.id} ${grade.row.question}`,
    ...faults.map((fault) => `    ${fault}`),
    `    答：${(grade.answer?.text ?? '').replace(/\s+/g, ' ').slice(0, 200)}`,
  ]
}

function faultsOf(grade: Grade): string[] {
  return [
    grade.error && `出错：${grade.error}`,
    grade.falseRefusal && '可答却拒答',
    grade.missedPoints.length > 0 && `缺要点：${grade.missedPoints.join('、')}`,
    grade.endedRight === false && '不可答却给了答案',
    grade.rightDocument === false && '引错文件',
    grade.staleRight === false && (grade.row.stale ? '该提醒过期而没有' : '不该提醒过期'),
    grade.quotes > grade.quotesExact && '引文与原文不一致',
    grade.forbidden.length > 0 && `说了不该说的：${grade.forbidden.join('、')}`,
  ].filter((fault) => typeof fault === 'string')
}
