/** Where a thing is and where something was held: words of questions and of texts. */
import type { Span } from '../domain/span.ts'
import type { EvidenceUnit } from './evidence-units.ts'

/** A question so worded asks where something was held, not where something is. */
export const ASKS_EVENT =
  /举行|召开|举办|开幕|启动|揭牌|办的|开的|比赛|决赛|初赛|仪式|论坛|大会|会议|活动|培训班|[打搞弄赛]的/

const SITE = /^(?:位于|地处|坐落|设在|设于|建在|地址|地点|分别(?:在|位于|设在))/

/** 「位于…」 says where a thing is, not where something happened. */
export function isSite({ start, end }: Span, { folded }: Pick<EvidenceUnit, 'folded'>): boolean {
  return (
    SITE.test(folded.slice(start, end)) ||
    /分别(?:是|为|在|设在|位于)$/.test(folded.slice(Math.max(0, start - 5), start))
  )
}
