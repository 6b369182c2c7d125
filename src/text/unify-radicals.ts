/**
 * Radicals that stand for the character they look like: PDF writers put ⼯ (U+2F2F) for 工 when a font
 * draws both alike, and then nobody finds 工会. Kangxi radicals have a compatibility mapping; of the
 * supplement those that are characters of simplified text are listed (EquivalentUnifiedIdeograph.txt).
 * One code unit for one: offsets stay.
 */
const PAIRS =
  '⺁厂 ⺌小 ⺒巳 ⺓幺 ⺗心 ⺜日 ⺝月 ⺟母 ⺠民 ⺩王 ⺫目 ⺬示 ⺮竹 ⺶羊 ⺼月 ⻄西 ⻅见 ⻆角 ⻉贝 ⻊足 ⻋车 ' +
  '⻑長 ⻓长 ⻔门 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻢马 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻬齐 ⻮齿 ⻰龙 ⻳龟'
const SUPPLEMENT = new Map(
  PAIRS.split(' ').map(([radical = '', character = '']) => [radical, character]),
)

export function unifyRadicals(text: string): string {
  return text.replace(
    /[\u2e80-\u2fdf]/g,
    (radical) => SUPPLEMENT.get(radical) ?? radical.normalize('NFKC'),
  )
}
