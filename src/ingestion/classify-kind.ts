/** What kind of document a text is, by its title and its opening. */
import type { DocumentKind } from '../domain/document.ts'

const SUFFIX = '(?:[（(][^）)]{1,20}[）)])?$'
const BY_TITLE: readonly (readonly [RegExp, DocumentKind])[] = [
  [
    new RegExp(`(?:会议纪要|纪要|会议记录|讲话|致辞|发言|工作报告)(?:摘要|提纲|稿)?${SUFFIX}`),
    'meeting-report',
  ],
  [/问答|解答|常见问题|有问必答|百问/, 'faq'],
  [
    new RegExp(
      `(?:办法|规定|条例|细则|意见|制度|规则|标准|章程|规范|准则|决定|规程|指引)${SUFFIX}`,
    ),
    'measure',
  ],
  [new RegExp(`(?:通知|公告|通告|启事|公示|函|倡议书|邀请函)${SUFFIX}`), 'notice'],
  [
    new RegExp(
      `(?:计划|方案|要点|工作任务|规划|工作安排|重点工作|任务清单|(?:项目|实事|工作|重点|任务|责任)清单|(?:任务|责任|工作)(?:分解|分工)(?:表|方案|清单)?|任务表|推进表|实事项目?|时间表)${SUFFIX}`,
    ),
    'plan',
  ],
  [
    /(?:召开|举行).{0,30}(?:全委|全会|党组|常委|代表大会|工作会|座谈会|推进会|部署会|会议)/,
    'meeting-report',
  ],
]
const MEETING_OPENING =
  /召开[^。]{0,40}(?:全委|党组|常委|代表大会|工作会|座谈会|推进会|部署会|会议)/
const OPENING = 160

export function classifyKind(title: string, text: string): DocumentKind {
  const byTitle = BY_TITLE.find(([cue]) => cue.test(matterOf(title)))
  if (byTitle !== undefined) return byTitle[1]
  const byForm = BY_TITLE.find(([cue]) => cue.test(title.trim()))
  if (byForm !== undefined) return byForm[1]
  if (MEETING_OPENING.test(text.slice(0, OPENING)) && /会议(?:强调|指出|要求|提出|研究)/.test(text))
    return 'meeting-report'
  return 'news'
}

/** A notice that issues a measure is that measure: 关于印发《…办法》的通知. */
function matterOf(title: string): string {
  return (
    /(?:印发|发布|下发|公布|修订)[^《]{0,6}《([^》]+)》[^》]{0,8}(?:通知|公告)$/.exec(
      title.trim(),
    )?.[1] ??
    /(?:印发|下发)([^《》]{4,40})的(?:通知|公告)$/.exec(title.trim())?.[1] ??
    title.trim()
  )
}

const PLANNED =
  /(?:谋划|部署|安排|做好|推进|落实|制定|研究)(?:了|好|落实|部署)?(20\d{2})年(?:度)?[^。，,]{0,12}(?:工作|任务|计划|要点)/
/** 2025年工作总结和2026年工作安排 plans for the second. */
const PLANNING_TITLE_YEAR =
  /(20\d{2})年(?:度)?[^年]{0,12}?(?:安排|打算|计划|要点|思路|任务|部署|分工|清单)/
const PLAN_TITLE_YEAR = /(20\d{2})年(?:度)?/

/** （2025—2027年）: a plan for several years has none of its own. */
export const YEARS_IN_TITLE = /(20\d{2})年?\s?(?:—|-|–|至|到|~)+\s?(20\d{2})年/

/** The year that a plan or a meeting speaks for, with the words that say so; undefined for a plan of several years. */
export function readPlanYear(
  kind: DocumentKind,
  title: string,
  text: string,
): { year: number; words: string } | undefined {
  if (kind !== 'plan' && kind !== 'meeting-report') return undefined
  if (YEARS_IN_TITLE.test(title)) return undefined
  const match =
    PLANNED.exec(title) ??
    (kind === 'plan' ? (PLANNING_TITLE_YEAR.exec(title) ?? PLAN_TITLE_YEAR.exec(title)) : null) ??
    PLANNED.exec(text)
  return match === null ? undefined : { year: Number(match[1]), words: match[0] }
}
