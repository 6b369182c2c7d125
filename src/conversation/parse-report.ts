/** A figure that somebody reports: 书屋已建12个, 又建了3个, 完成12/30, 入会率百分之八十三. */
import { findQuantities, type Quantity } from '../text/parse-number.ts'
import { type Command, subjectOf } from './command.ts'

/** A figure without any word of reporting is taken as a report only in a text this short. */
const LONGEST_BARE_REPORT = 16
const LEAD = /^(?:汇?报(?:告|一下|个|下)?|上报|更新(?:一下)?|登记(?:一下)?)[,:\s]*/u
const REPORTING = /已经?|累计|目前|现在|截至|又|再|新增|达到?|完成|建成|办结|发放|了|有/u
const ADDED = /(?:又|再|新增|另外)[^\d]{0,6}$/u
/** Words between the subject and its figure that are not part of the subject. */
const VERBS =
  /(?:[,:\s]|已经|已|目前|现在|累计|共计|共|总共|一共|又|再|新增|另外|约|大约|大概|差不多|完成了?|建成了?|建好了?|建了|新建了?|建|办理了?|办了|办|开展了?|组织了?|举办了?|培训了?|救助了?|帮扶了?|慰问了?|发放了?|走访了?|搞了|做了|弄了|演了|达到了?|达|到|有|是|为|了|进度|这块|那块|这边)+$/u
const ABOUT = /(?:大约|大概|差不多|将近|接近|约|近)\s*$/u
const ABOUT_AFTER = /^[来几多余]|左右$|上下$/u
const FRACTION = /(?<done>\d+)\/(?<all>\d+)(?=\p{Script=Han}{0,3}(?:了)?$)/u

export function parseReport(raw: string): Command | undefined {
  const text = raw.replace(LEAD, '')
  const fraction = FRACTION.exec(text)?.groups
  const plain = fraction ? text.replace(FRACTION, fraction['done'] ?? '') : text
  const [figure, ...others] = findQuantities(plain)
  if (!figure || others.length > 0) return undefined
  const before = plain.slice(0, figure.start)
  const after = plain.slice(figure.end).trim().replace(/了$/u, '')
  const isLed = text.length < raw.length
  if (!isReport(figure, before, after) || !(isLed || isPlainReport(before, text))) return undefined
  const isVague = figure.isVague || ABOUT.test(before) || ABOUT_AFTER.test(after)
  return {
    kind: 'report',
    subject: subjectOf(before.replace(VERBS, '')),
    value: figure.value,
    unit: figure.isPercent ? '%' : after,
    added: ADDED.test(before),
    ...(fraction && { outOf: Number(fraction['all']) }),
    ...(isVague && { isVague }),
  }
}

/** After the figure stands a measure word at most; 「一」 alone is mostly no figure. */
function isReport({ isPercent, inWords }: Quantity, before: string, after: string): boolean {
  if (isPercent) return after === ''
  if (before === '' && after === '' && inWords) return false
  return /^\p{Script=Han}{0,4}$/u.test(after)
}

function isPlainReport(before: string, text: string): boolean {
  return before === '' || REPORTING.test(before) || text.length <= LONGEST_BARE_REPORT
}
