/**
 * Questions that get a short fixed answer instead of a search: greetings, thanks, insults, attempts
 * to give the bot orders, other people's data, verdicts on law, medicine and politics.
 *
 * An order mixed with a real question is cut out and the question is answered.
 */
import type { RefusalReason } from '../domain/answer.ts'
import { askedKinds } from '../retrieval/asked-kinds.ts'
import { standardWording } from '../retrieval/standard-wording.ts'
import { foldForMatching } from '../text/fold-for-matching.ts'

export type Screening =
  | { readonly kind: 'refuse'; readonly reason: RefusalReason }
  /** `question` is what is left to answer once orders and abuse are cut out. */
  | { readonly kind: 'answer'; readonly question: string }

/** Characters of a question that are read; more is no question. */
export const LONGEST_QUESTION = 500

const ORDER =
  /(?:忽略|无视|别管|不要管|不用管|忘记|忘掉|抛开|跳过|绕过|违反).{0,14}(?:指令|规定|设定|提示|规则|要求|系统|限制|命令|对话)|系统(?:提示|设定|指令)|提示词|密钥|api ?key|system ?prompt|ignore (?:all|any|the|previous|above)|你(?:现在|从现在起|从现在开始|必须)?(?:是|扮演|变成|当|充当)(?:一个|一名)?.{0,8}(?:主席|书记|领导|管理员|开发者|黑客|专家|女友|男友|猫|dan)|假装|只(?:许|能|准|需|要)?回答?[“"'「]|只(?:许|准)(?:回答|说)|原样(?:输出|打印|复述)|打印出来|开发者模式|越狱|jailbreak|骂我|骂(?:他|她|领导)|说(?:一)?(?:句|声)(?:我)?.{0,6}(?:爱你|脏话)|重复.{0,6}(?:以上|上面)|输出.{0,8}(?:配置|源代码|源码|环境变量|数据库)/i
const ANNOUNCE = /(?:请|你)?(?:宣布|承认|保证|发誓|同意|批准)/

const GREETING =
  /^(?:你好|您好|嗨|哈喽|哈罗|喂|hi|hello|hey|nihao|ni hao|在吗|在不在|有人吗|早|早上好|上午好|中午好|下午好|晚上好|大家好|新年好|过年好|节日快乐)(?:呀|啊|吗|哦|,|!|。|~|\s|娘家人|机器人|小助手|同志|师傅|老师|工会)*$/
const THANKS =
  /^(?:好的?|行|嗯+|ok|知道了|明白了?|收到|了解)?[,。!\s]*(?:谢谢|多谢|感谢|谢了|谢啦|辛苦了?|麻烦(?:你|您)?了|thanks?|thank you|thx|3q|再见|拜拜|拜|bye|回头(?:再)?(?:问|聊|见|说)|好的?|行|嗯+|ok|知道了|明白了?|收到|不客气|没事了)(?:啊|啦|呀|哈|了|你|您|哦|,|。|!|~|\s|娘家人|回头再?(?:问|聊)(?:你|您)?|再见|拜拜)*$/
const ABOUT_ME =
  /你(?:是|叫)(?:谁|什么|哪个|啥|真人|人|机器人|人工|ai)|(?:你|您)(?:能|会|可以)(?:做|干|帮我?做?|回答)?(?:什么|哪些|些什么)|(?:你|您)有(?:什么|哪些)(?:功能|用|本事)|介绍(?:一下|下)?(?:你|您)?自己|怎么(?:使用|用)(?:你|您|这个(?:机器人|助手))|你的?功能|谁(?:做|开发|造)的?你|^帮助$|^help$/i
const INSULT =
  /傻[逼比屄叉x]|煞笔|沙比|白痴|垃圾|废物|(?:^|[,。!你])滚(?:[,。!蛋开吧]|$)|去死|他?妈的|操你|智障|脑残|没用的东西|神经病|王八蛋|混蛋|\bsb\b|蠢(?:货|猪|死|机器)/i

const LEGAL_CASE =
  /(?:拖?欠|克扣|扣|不给|不发|不签|没签|不跟我签|不和我签|不缴|不交|没交|辞退|开除|解雇|裁员|裁掉|降薪|调岗|工伤|受伤|加班|违约|逼我|强迫|解除).{0,40}(?:双倍|两倍|二倍|赔|补偿|主张|打赢|胜诉|赢|判|违法|合法|犯法|告他|告公司|起诉|n\+1)/i
const LEGAL_VERDICT =
  /(?:能|可以|可不可以|能不能|是否)[^,。?]{0,8}(?:主张|索赔|起诉|胜诉|打赢)|(?:合法|违法|犯法|违规)吗|算不算(?:违法|工伤|违规)|(?:官司|仲裁)[^,。?]{0,10}(?:赢|输)|(?:会|能)(?:怎么)?判/
const MEDICAL =
  /(?:吃|服|服用|用|涂|打)[^,。?]{0,6}(?:药|阿莫西林|头孢|布洛芬|阿司匹林|消炎药|止痛药|胶囊|疫苗)[^,。?]{0,8}(?:吗|行不行|好不好|可以|怎么|多少|几)|(?:疼|痛|发烧|发热|伤口|流血|出血|感冒|头晕|咳嗽|过敏|怀孕|失眠|胸闷|骨折|中暑了?)[^。?]{0,16}(?:怎么办|怎么治|吃什么药|要不要紧|严重吗|行不行|是什么病)/
const SENSITIVE =
  /(?:评价|怎么看|你觉得|下台|独裁)[^,。?]{0,8}(?:习近平|总书记|国家领导人|共产党|政府|主席团|中央)|台独|港独|藏独|疆独|六四|天安门事件|法轮功|推翻|反动|政变|(?:怎么|如何|组织|发起|煽动)[^,。?]{0,6}(?:罢工|游行|示威|闹事|上街|堵路)|(?:自杀|炸弹|毒品|色情|黄片|赌博)/
const OFF_TOPIC =
  /(?:今天|明天|后天|这几天|最近)[^,。?]{0,4}(?:热|冷|凉快|下雨|下雪|刮风)|天气(?:怎么样|如何|好不好|预报)|(?:会|要)?下雨吗|气温|股票|股市|基金涨|彩票|菜谱|怎么做(?:菜|饭|红烧)|写(?:一)?(?:首|篇|段|个)(?:诗|歌|作文|小说|代码|程序|检讨|情书)|讲(?:一)?个?(?:笑话|故事)|笑话|星座|算命|电影|足球|篮球赛|世界杯|翻译(?:一下|成)|现在几点|今天(?:星期|几号)|火车票|机票|汇率|油价|房价|唱(?:首|个)歌|女朋友|男朋友|\d+\s*[+*×÷/]\s*\d+\s*(?:=|等于)/

const PRIVATE_THING =
  /手机号?|电话|联系方式|微信号?|身份证号|身份证(?=发|给)|证件号|住址|住哪|家住|家庭地址|银行卡|工资多少|病历|名单|花名册|叫什么名|姓名|真名/
const PRIVATE_PERSON =
  /师傅|大姐|大哥|阿姨|老王|小王|私人|个人|本人|他的|她的|他们|学生|困难职工|困难户|受助|获奖|得奖|一等奖|职工家庭|家长|劳模(?!工作)|主席|书记|部长|会员(?![卡证日])|那(?:两|几|个|位)个?人|司机|志愿者|工作人员/
/** A surname, one or two characters, and something private close behind. */
const NAMED_PERSON =
  /[王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓冯曾程蔡彭潘袁董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白段郝孔邵史毛常顾赖武康贺严尹钱施洪龚][一-龥]{1,2}(?:的)?(?:住|家|电话|手机|联系|身份证|微信|地址)/
const PUBLIC_PHONE =
  /热线|服务电话|咨询电话|监督电话|办公(?:室)?电话|值班电话|12351|12345|12333|12348/
const LABELS_PERSON =
  /(?:[一-龥]{1,3}(?:师傅|大姐|大哥|同志|阿姨)|隔壁|邻居|同事[一-龥]{0,3})[^,。?]{0,10}(?:是不是|算不算|有没有|领了|拿了|是)[^,。?]{0,10}(?:困难|低保|特困|救助|补助|多少)/

export function screenQuestion(raw: string): Screening {
  const text = foldForMatching(stripInvisible(raw.slice(0, LONGEST_QUESTION)))
    .replace(/\s+/g, ' ')
    .trim()
  if (!/[\p{L}\p{N}]/u.test(text)) return refuse('empty')
  const left = withoutOrders(text)
  if (left === undefined) return refuse('injection')
  const wording = standardWording(left)
  const reason = fixedReason(left, wording)
  return reason === undefined ? { kind: 'answer', question: left } : refuse(reason)
}

function fixedReason(text: string, wording: string): RefusalReason | undefined {
  const short = text.replace(/[^\p{L}\p{N}\s,。!?~]/gu, '').trim()
  if (GREETING.test(short)) return 'small-talk'
  if (THANKS.test(short)) return 'thanks'
  if (ABOUT_ME.test(text)) return 'about-me'
  if (INSULT.test(text) && askedKinds(wording).every(({ kind }) => kind === 'open')) return 'insult'
  if (SENSITIVE.test(text)) return 'sensitive-topic'
  if (asksPersonalData(wording)) return 'personal-data'
  if (LEGAL_CASE.test(wording) || LEGAL_VERDICT.test(wording)) return 'legal-judgement'
  if (MEDICAL.test(wording) || MEDICAL.test(text)) return 'medical'
  if (OFF_TOPIC.test(text)) return 'off-topic'
  return undefined
}

function refuse(reason: RefusalReason): Screening {
  return { kind: 'refuse', reason }
}

/** The question without clauses that are orders; undefined when nothing that asks is left. */
function withoutOrders(text: string): string | undefined {
  if (!ORDER.test(text) && !INSULT.test(text)) return text
  const clauses = text.split(/(?<=[,。;!?\n])/)
  const left = clauses
    .filter(
      (clause) =>
        !ORDER.test(clause) &&
        !ANNOUNCE.test(clause) &&
        !OFF_TOPIC.test(clause) &&
        !INSULT.test(clause),
    )
    .join('')
    .replace(/^(?:另外|再|然后|并且?|顺便|先)(?:告诉我|说说|回答)?[,\s]*/, '')
    .trim()
  const asks = askedKinds(standardWording(left))
  if (asks.some(({ kind }) => kind !== 'open')) return left
  return ORDER.test(text) ? undefined : text
}

function asksPersonalData(text: string): boolean {
  if (LABELS_PERSON.test(text)) return true
  if (!PRIVATE_THING.test(text) || PUBLIC_PHONE.test(text)) return false
  if (PRIVATE_PERSON.test(text) && !/企业|单位|公司/.test(text)) return true
  return NAMED_PERSON.test(text)
}

/** Control, zero-width, tag and bidirectional characters, emoji. */
function stripInvisible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u{e0000}-\u{e007f}]/gu, ' ')
}
