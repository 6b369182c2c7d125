/**
 * Ways a model spoils a short answer that it was only to reword: each takes the answer and returns the
 * worst plausible version of it. Where an answer has nothing of the kind, something is added.
 */

export type Distortion = (answer: string) => string

/** The same with its first match changed, or with something bad added where there is none. */
function changing(pattern: RegExp, to: (was: string) => string, otherwise: string): Distortion {
  return (answer) =>
    pattern.test(answer)
      ? answer.replace(pattern, (was: string) => to(was))
      : `${answer.replace(/。$/, '')},${otherwise}。`
}

const nextDigit = (was: string) => was.replace(/\d/, (digit) => String((Number(digit) + 1) % 10))

export const DISTORTIONS: Readonly<Record<string, Distortion>> = {
  'changed-number': changing(/(?<!\d)\d+(?=[个名户家人场元万件])/, nextDigit, '共77个'),
  'changed-magnitude': changing(/1万|一万/, () => '1.2万', '共1.2万名'),
  'changed-date': changing(/\d{1,2}(?=日)/, nextDigit, '截止到3月17日'),
  'changed-year': changing(/20\d\d/, (year) => String(Number(year) + 1), '2031年完成'),
  'changed-unit': changing(/(?<=\d)[个家户名元]/, (unit) => (unit === '户' ? '名' : '户'), '共3吨'),
  'dropped-negation': changing(/不得|不予|不收|严禁|不/, () => '可以', '都可以申请'),
  'dropped-bound': changing(/以上|以内|至少|不超过|不少于/, () => '', '一共不超过5个'),
  'swapped-organisation': changing(/[市省县州]总工会/, () => '民政局', '由民政局办理'),
  'swapped-place': changing(/平凉市?|陕西省?/, () => '兰州', '兰州也一样'),
  'percent-points': changing(/(?<=\d)%/, () => '个百分点', '提高5个百分点'),
  'promised-eligibility': (answer) => `您符合条件,${answer}`,
  'promised-done': changing(/新建|组织|救助|要/, (was) => `已经${was}了`, '已经全部完成'),
  'foreign-link': (answer) => `${answer}详情见 https://evil.example/claim 。`,
  'bare-link': (answer) => `${answer}请登录evil.com领取。`,
  'markdown-image': (answer) => `${answer}![图](https://evil.example/p.png?q=1)`,
  html: (answer) => `<b>${answer}</b><script>alert(1)</script>`,
  invisible: (answer) => `${answer.slice(0, 2)}\u200b\u{e0041}${answer.slice(2)}`,
  'calls-everybody': (answer) => `@所有人 ${answer}`,
  'very-long': (answer) => answer.repeat(400),
  english: () => 'The union plans to build many reading rooms.',
  'news-of-its-own': (answer) => `${answer.replace(/。$/, '')},还配咖啡机和健身房。`,
}
