/** What a figure counts, read from the words of its clause before and after it. */

/** Words before the matter itself: enumerators, times, light verbs, prepositions. */
const LEADING = [
  /^\s*(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]+[,，、]|[(（][一二三四五六七八九十\d]+[)）]|其中|此外|同时|并且?|还|以及|和|及|等)\s*/,
  /^(?:到|至|自|从|截至|截止)?(?:(?:19|20)\d{2}年|今年|明年|去年|年底|年内|目前|现在|近年来|今年以来|\d{1,2}月底?)+(?:,|，|底|末|前|以来|起|初|时)*/,
  /^(?:全[市省县区国]|我[市省县区])(?=.{3,})/,
  /^(?:已|共|将|计划|预计|总计|累计|目前|平均|每年|再次|紧急|陆续|均|都|分别|约|近|超|达|由|在|向|对|为|给|把|以)+/,
  /^(?:新建|建成|建立|建设|新发展|开展|举办|完成|实现|达到|投入|筹资|发放|下拨|拨付|安排|组织|招收|设立|选树|配备|提供|办理|突破|涵盖|送出)+(?:了|使用)?/,
]
/** Words between the matter and its figure. */
const TRAILING =
  /(?:\s|[,，:：]|均|都|分别|已|共计|共|累计|总计|总共|达到|达|为|至|到|约|近|超过|突破|超|不少于|不低于|不超过|动态保持在|保持在|保持|提高到|增加到|是|有|了|将|各|计|每人|每户|每天|每年|标准为?|以上)+$/
const SHORTEST_SUBJECT = 2
const LONGEST_SUBJECT = 40

/** One subject, or several that share the figure: 建会率、职工入会率均达到85%. Empty text never. */
export function subjectsOf(before: string, after: string): string[] {
  const front = strip(before)
  if (front.length >= SHORTEST_SUBJECT) return sharing(before, front)
  const behind = after
    .replace(/^(?:以上|以下|左右|余|多|的|及以上)+/, '')
    .replace(/[。；;]+$/, '')
    .trim()
  return [(behind === '' ? before.trim() : behind).slice(0, LONGEST_SUBJECT)]
}

function strip(before: string): string {
  let rest = before.replace(TRAILING, '').trim()
  for (let again = true; again; ) {
    const shorter = LEADING.reduce((words, pattern) => words.replace(pattern, ''), rest).trim()
    again = shorter.length < rest.length && shorter.length >= SHORTEST_SUBJECT
    if (shorter.length < rest.length) rest = shorter
  }
  return rest.slice(-LONGEST_SUBJECT)
}

/** 「均」 or 「都」 before the figure: each part of 「A率、B率」 has it. */
function sharing(before: string, front: string): string[] {
  if (!/(?:均|都)[^、]{0,6}$/.test(before) || !front.includes('、')) return [front]
  return front
    .split('、')
    .map((part) => part.trim())
    .filter(Boolean)
}
