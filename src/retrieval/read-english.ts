/**
 * Words of an English question in Chinese: enough to find the passage. The answer quotes Chinese.
 */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:mutual (?:aid )?insurance|mutual[- ]help insurance)\b/g, '互助保险'],
  [/\b(?:reading rooms?|workers'? (?:libraries|library|bookstores?)|book ?rooms?)\b/g, '职工书屋'],
  [
    /\b(?:(?:union|worker|service|outdoor worker)s?'? (?:stations?|posts?)|rest stations?)\b/g,
    '工会驿站',
  ],
  [/\b(?:break rooms?|rest rooms?|lounges?)\b/g, '休息室'],
  [/\bmodel workers?\b/g, '劳模'],
  [/\b(?:needy|poor|struggling|hardship) (?:workers?|employees?|families)\b/g, '困难职工'],
  [/\b(?:student aid|tuition (?:aid|help)|school aid|scholarships?)\b/g, '助学'],
  [/\b(?:health (?:records?|files?))\b/g, '健康档案'],
  [/\b(?:physical|medical|health) (?:exams?|examinations?|check-?ups?)\b/g, '体检'],
  [/\b(?:labou?r|skills?) (?:competitions?|contests?)\b/g, '劳动竞赛'],
  [/\b(?:skills? )?(?:certification|certificates?)\b/g, '技能等级认证'],
  [/\b(?:skills? )?training\b/g, '技能培训'],
  [/\b(?:child ?care|day ?care|nursery|after-?school)\b/g, '托管'],
  [/\b(?:legal aid)\b/g, '法律援助'],
  [/\b(?:trade |labou?r )?unions?\b/g, '工会'],
  [/\b(?:couriers?|delivery (?:workers?|riders?))\b/g, '快递员'],
  [/\b(?:migrant workers?)\b/g, '农民工'],
  [/\b(?:outdoor workers?)\b/g, '户外劳动者'],
  [/\b(?:members?|membership)\b/g, '会员'],
  [/\b(?:subsid(?:y|ies)|allowances?)\b/g, '补贴'],
  [/\b(?:wages?|salar(?:y|ies))\b/g, '工资'],
  [/\b(?:water)\b/g, '水'],
  [/\b(?:hotline)\b/g, '热线'],
  [/\b(?:workers?|employees?|staff)\b/g, '职工'],
  [/\b(?:apply|application)\b/g, '申请'],
  [/\b(?:register|sign up)\b/g, '报名'],
  [/\b(?:meeting)\b/g, '会议'],
  [/\b(?:requirements?)\b/g, '要求'],
  [/\b(?:slogan|motto|theme)\b/g, '主题是什么'],
  [/\b(?:finals?)\b/g, '决赛'],
  [/\b(?:opening(?: ceremony)?)\b/g, '开幕'],
  [/\b(?:award(?:s|ing)?(?: ceremony)?)\b/g, '颁奖'],
  [/\b(?:winners?)\b/g, '获奖'],
  [/\b(?:this year)\b/g, '今年'],
]

/** The question with the words it knows turned into Chinese; without English, the question itself. */
export function readEnglish(text: string): string {
  if (!/[a-z]{3}/.test(text)) return text
  return WORDS.reduce((result, [pattern, word]) => result.replace(pattern, word), text)
}
