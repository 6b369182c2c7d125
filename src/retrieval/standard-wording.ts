/**
 * Turns the way people type into the way questions are written: dialect and chat forms of the
 * question words, tag questions, filler. Only the question is reworded, never a document. Programme
 * names are left alone: their synonyms are the term dictionary's business.
 */

/** Order matters: longer forms before the words they contain. */
const WORDINGS: readonly (readonly [RegExp, string])[] = [
  [/[啥什]辰光|啥时候|啥时间|啥时|多会儿|多咱|什么辰光|几时|何时|哪会儿/g, '什么时候'],
  [/干啥|做啥/g, '做什么'],
  [/点啥/g, '些什么'],
  [/咋个|咋样|怎样|如何|咋|点解|怎麽/g, '怎么'],
  [/啥子|么子|甚么|啥/g, '什么'],
  [/几多|好多(?=钱|人|个|家|户|名|岁|天|块|元|久)|多少少/g, '多少'],
  [/几钱/g, '多少钱'],
  [/哪[个]?(?=天|月|年|日)/g, '哪'],
  [/哪搭|哪疙瘩|哪嘎达|哪旮旯|啥地方/g, '哪里'],
  [/对伐|是伐|对不对|是不是这样|对不(?=[?。!,]|$)|是不(?=[?。!,]|$)|没错吧/g, '对吗'],
  [/伐(?=[?。!,]|$)/g, '吗'],
  [/(?<=[一-龥])(?<!对|要|差|用|会|能|是|好)不(?=[?。!,]|$)/g, '吗'],
  [/了没(?=[?。!,]|$)/g, '了吗'],
  [/(?<=[一-龥])(?<!有|份|过)没(?=[?。!,]|$)/g, '了吗'],
  [/(?<=过|份)没(?=[?。!,]|$)/g, '没有'],
  [/咱们?(?=[省市县区州])|俺们?(?=[省市县区州])|我们(?=[省市县区州])/g, '本'],
  [/咱们|俺们|咱|俺/g, '我们'],
  [/伢子|伢儿|娃儿|娃娃|娃子|娃|崽崽|小孩子|小孩|小朋友/g, '孩子'],
  [/眼下|眼前|当下|如今|现如今|目下/g, '目前'],
  [/这会儿|这阵子/g, '现在'],
  [/白(?=领(?!带|子)|拿|给|送|喝|用)/g, '免费'],
  [/新业态/g, '新就业形态'],
  [/(?<=[一-龥])(?:呀|呗|嘛|哇|咧|哩|噻|哈|哟|呦)(?=[?。!,]|$)/g, ''],
]

/** The same question in standard wording; length and offsets change. */
export function standardWording(text: string): string {
  return WORDINGS.reduce((result, [pattern, wording]) => result.replace(pattern, wording), text)
}
