/** Who issued a text: the head or foot of an official document, else the union whose meeting or work it reports. */
import { type Gazetteer, type Jurisdiction, NATION } from '../domain/jurisdiction.ts'

const HEAD =
  /^([\u4e00-\u9fff]{4,30}?(?:总工会|工会|委员会|办公室|政府|厅|局))(?:办公室)?(?:文件|函|公告|通告)$/m
/** A body on a line of its own, its date on the same line or the next. */
const FOOT =
  /^([\u4e00-\u9fff、 ]{3,40}?(?:总工会|工会|委员会|办公室|政府|厅|局|中心))\s*\n?\s*(?:[12]\d{3}|二[〇零○]..)年.{1,3}月.{1,3}日/gm
const NATIONAL = /中华全国总工会|全国总工会/
const UNION = /[\u4e00-\u9fff]{0,14}?[省市区县州盟旗]总工会/g
const LEVEL_UNION = /(?<![\u4e00-\u9fff])[省市县区州]总工会|(?:^|[，。,、由])[省市县区州]总工会/

export function readIssuer(
  text: string,
  chrome: readonly string[],
  place: Jurisdiction | undefined,
  gazetteer: Pick<Gazetteer, 'byCode'>,
): string | undefined {
  const head = HEAD.exec(text.slice(0, 300))?.[1]
  if (head !== undefined) return head
  const foot = [...text.slice(-400).matchAll(FOOT)].at(-1)?.[1]?.trim()
  if (foot !== undefined) return foot
  return unionOf([text, ...chrome].join('\n'), place, gazetteer)
}

/** The union of the document's place, when the text speaks of it by name or by level (省总工会). */
function unionOf(
  everything: string,
  place: Jurisdiction | undefined,
  gazetteer: Pick<Gazetteer, 'byCode'>,
): string | undefined {
  if (place === undefined) return undefined
  if (place.code === NATION.code) return NATIONAL.test(everything) ? '中华全国总工会' : undefined
  const own = ownNameOf(place, gazetteer)
  const named = [...everything.matchAll(UNION)].some((match) => match[0].endsWith(`${own}总工会`))
  return named || LEVEL_UNION.test(everything) ? `${own}总工会` : undefined
}

/** The last part of 甘肃省平凉市: 平凉市. */
function ownNameOf(place: Jurisdiction, gazetteer: Pick<Gazetteer, 'byCode'>): string {
  const upper = [`${place.code.slice(0, 4)}00`, `${place.code.slice(0, 2)}0000`]
    .filter((code) => code !== place.code)
    .map((code) => gazetteer.byCode(code)?.name)
    .find((name) => name !== undefined && place.name.startsWith(name))
  return upper === undefined ? place.name : place.name.slice(upper.length)
}
