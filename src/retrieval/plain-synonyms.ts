/**
 * How people say it and how documents write it: everyday verbs and nouns with their written
 * counterparts. Only for telling sentences apart: a match counts less than the word itself. Names of
 * programmes are in data/terms.txt, not here.
 */
import type { OtherWording } from './question-terms.ts'

/** A counterpart counts this much of the word itself. */
const LIKENESS = 0.75

const GROUPS: readonly string[] = [
  '平常 平时 日常 平日 平常日子',
  '目前 现在 截至目前 眼下 已',
  '领 领取 派发 发放 派送 领到',
  '发 发放 派发 发了 送 送去 赠送 送出 提供 派送',
  '喝光 喝完',
  '比 竞赛 比赛 大赛 同台竞技 角逐',
  '平常日子 日常 平时',
  '来 参加 出席 到场',
  '来了 参加 出席 到场',
  '大赛 竞赛 比赛',
  '不给 不予',
  '补 补助 补贴',
  '情况 情形',
  '喝酒 酗酒 饮酒',
  '癌症 恶性肿瘤 重大疾病',
  '大病 重大疾病 重病',
  '东西 物资 物品 礼包 用品',
  '设施 配备 配了 配有 设备',
  '干 从事 工作',
  '报销 报 补助 补贴',
  '报 补助 报销 给付',
  '交 交纳 缴纳 缴费 收取',
  '打到 打入 汇入',
  '再 再建 再次 新增',
  '没赶上 补办 补交',
  '新来的 新入职 新进',
  '退休的 退休职工 退休人员',
  '临时工 劳务派遣 非在编',
  '带队 率队',
  '归 负责 管理',
  '比赛 竞赛 大赛',
  '暑假 暑期',
  '办 举办 举行 开办 主办 承办',
  '搞 开展 举办 组织',
  '收 招收 招募 接收',
  '花 投入 支出 列支 筹资 出资 资金',
  '投 投入 投资',
  '拨 下拨 拨付 发放',
  '开工 动工 开建',
  '盖 建设 建成 新建',
  '建 建设 新建 建成 打造 建立',
  '考 考核 考试 内容',
  '教 教学 课程 培训 学习',
  '配 配备 配有 增设 增配 设置',
  '老板 企业 用人单位 公司',
  '工钱 工资 薪酬 劳动报酬',
  '孩子 子女 儿童 幼儿 学生',
  '用上 投入使用 启用',
  '开门 开放 营业',
  '关门 关闭 关',
  '打得通 畅通 接听',
  '半夜 24小时 夜间',
  '参加 参与 加入',
  '入会 加入工会 加入 建会入会 发展会员',
  '进工会 入会 加入工会',
  '评上 评选 获奖 入选 授予 荣获',
  '体检 检查 检测 健康检查',
  '查 检查 检测',
  '老师 教师 保育员',
  '接 受理 接收',
  '结 结案 办结',
  '跑 走访 慰问 深入',
  '弄 制作 建设 打造',
  '抽到 抽奖 奖品 礼品',
  '奖 奖品 奖金 奖励 礼品',
  '出台 制定 印发 研究制定',
  '定 确定 制定 明确 计划',
  '管 负责 管理 维护',
  '谁管 负责 管理',
  '帮 帮扶 资助 救助 帮助',
  '救灾款 救灾资金 救灾补助资金',
  '省市 省 市',
  '热饭 加热 微波炉',
  '歇脚 休息 纳凉',
  '上厕所 如厕 洗手间 卫生间',
  '法援 法律援助',
  '签合同 劳动合同',
  '娃 子女 孩子',
  '开始 启动 起 开展',
  '结束 截止 为止',
  '持续 延续',
  '送水 矿泉水 饮水 领水',
  '领水 领取矿泉水 矿泉水 饮用水 派送 领取',
  '喝水 饮水 饮用水',
  '驿站 服务站点 服务站 站点',
  '培训班 培训',
  '人数 人次 名 人',
  '路费 交通费',
  '加入 参加 入会',
  '厂 企业 公司',
  '当 成为 担任 申报',
  '老人 老年人 高龄',
  '生病 患病 疾病',
  '看病 就医 医疗 问诊',
  '上班 工作 在岗',
  '暑假 暑期 夏季',
  '寒假 冬季',
  '天热 高温 防暑 酷暑',
  '讲课 宣讲 授课 讲座',
  '牵头 主办 负责',
  '出钱 出资 资助 筹资',
  '省里 全省 省总工会',
  '市里 全市 市总工会',
  '县里 全县 县总工会',
]

const BY_WORD: ReadonlyMap<string, readonly string[]> = new Map(
  GROUPS.map((group) => {
    const [word = '', ...written] = group.split(' ')
    return [word, written]
  }),
)

/** Written counterparts of an everyday word. */
export function plainSynonyms(word: string): OtherWording[] {
  const bare = word.replace(/[了过着到]$/, '')
  const written = BY_WORD.get(word) ?? BY_WORD.get(bare) ?? []
  const own = bare === word || bare === '' ? [] : [{ wording: bare, weight: LIKENESS }]
  return [...own, ...written.map((wording) => ({ wording, weight: LIKENESS }))]
}

/** Everyday words of two characters and more: taken whole, whatever jieba makes of them. */
export const everydayWords: readonly string[] = [...BY_WORD.keys()].filter(
  (word) => word.length >= 2,
)
