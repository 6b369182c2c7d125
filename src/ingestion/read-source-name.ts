/** Where a text says it was taken from: 来源: 中工网, 据《陕西工人报》. 本站 says nothing. */

const PATTERNS: readonly RegExp[] = [
  /(?:来源|稿源|出处|转自|信息来源)[:：]\s*([^\s，,。；;：:|｜【】()（）]{2,20}?)(?=作者|编辑|责编|发布|浏览|点击|时间|记者|返回|字号|\d{4}|[\s，,。；;|｜【】()（）]|$)/m,
  /^据(《[^》]{2,20}》)/m,
  /据(《[^》]{2,20}(?:报|网)》)(?:报道|消息|讯)/,
]
const NOTHING = /^(?:本站|本网|原创|网络|互联网|未知|转载)/

export function readSourceName(text: string, chrome: readonly string[]): string | undefined {
  const everything = [...chrome, text].join('\n')
  for (const pattern of PATTERNS) {
    const name = pattern.exec(everything)?.[1]
    if (name !== undefined && !NOTHING.test(name)) return name
  }
  return undefined
}
