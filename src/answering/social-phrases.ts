/**
 * What is said to the bot rather than asked of it: greetings, thanks, who it is, abuse, complaints,
 * the wish for a human, and distress. Word classes and how they stand together; no single phrases.
 * All patterns expect folded text (foldForMatching).
 */

import { foldForMatching } from '../text/fold-for-matching.ts'

/** A message made of nothing but these is a greeting or thanks. */
const GREETING =
  '你好|您好|大家好|[老各]位好|嗨|嘿|哈喽|哈罗|喂|hi|hello|hey|nihao|ni hao|在[吗么]|在不在|在不|有人吗|早安|早上好|上午好|中午好|下午好|晚上好|晚安|早|好久不见|过年好|(?:新年|春节|元旦|元宵|端午|中秋|国庆|五一|劳动节|节日|周末|生日|新春)节?(?:快乐|愉快|好|吉祥|安康)+|吃(?:饭|过|早饭|午饭|晚饭)*了(?:吗|没|没有)|(?:今天|最近)?(?:心情|过得|一切)(?:不错|还好|还行|很好|怎么样|好吗|都好)'
const THANKS =
  '谢谢|多谢|感谢|谢了|谢啦|谢|辛苦|[行好得成中]嘞|得嘞|妥了|麻烦(?:你|您)|thanks|thank you|thx|3q|再见|拜拜|拜|bye|回头(?:再)?(?:问|聊|见|说)|好的|好嘞|好吧|好|行|可以|嗯+|哦+|噢+|ok|okay|知道[了啦]|明白|懂了|收到|了解|不客气|没事|真棒|真好|不错|厉害|赞|点赞|帮(?:了)?(?:我)?(?:大忙|忙)|解决了|搞定|清楚了|先(?:去)?(?:忙|走|这样)|够了|没(?:别的|其他)?问题'
const FILLER =
  '[,。!?~.、 ]|啊|啦|呀|哈|哦|噢|吗|呢|吧|嘛|了|你|您|的|真|太|很|那|我|就|非常|十分|特别|万分|已经|都|再|也|去|们|老师|师傅|同志|亲|娘家人|机器人|小助手|助手|工会|回复|解答|帮助|提醒|打扰|耐心|细心|热心|指点|够|吗|么|是|人'
const SOCIAL = new RegExp(`^(?:${GREETING}|${THANKS}|${FILLER})+$`)
const SAYS_THANKS = new RegExp(THANKS)
const GREETS = new RegExp(GREETING)
/** Longer messages are no mere courtesy. */
const LONGEST_COURTESY = 24

/** @param text without emoji. */
export function courtesyOf(text: string): 'small-talk' | 'thanks' | undefined {
  if (text.length > LONGEST_COURTESY || !SOCIAL.test(text)) return undefined
  if (/谢|thank|thx/.test(text)) return 'thanks'
  if (GREETS.test(text)) return 'small-talk'
  return SAYS_THANKS.test(text) ? 'thanks' : undefined
}

const BOT =
  '(?:你|您)(?!们|单位|家|公司|好)|(?:这个?|本)(?:机器人|助手|程序|系统|软件|东西)(?!课|培|赛)|(?:跟|和|陪)我(?:聊天|说话|讲话)的'
const IDENTITY =
  '(?:到底)?是(?:谁|什么|啥|哪个|哪位|真人|人|活人|机器人?|人工|程序|ai)|是不是(?:真人|人|活人|机器人?|人工|程序|ai|骗)|叫(?:什么|啥)|(?:是)?(?:干|做)(?:嘛|什么|啥)(?:的|用)|(?:能|会|可以)(?:帮我)?(?:做|干|回答|办|说|懂)?(?:些|点)?(?:什么|啥|哪些)|有(?:什么|啥|哪些)(?:功能|用|本事|能耐)|有感情|几岁|多大了|(?:用|背后)[^,。]{0,4}模型|资料|数据(?:是)?从|从哪|靠谱|可靠|可信|能信|信得过|说的(?:话)?(?:能|可)?(?:信|准|靠谱)|准不准|准吗|会(?:不会)?(?:记住|泄露|泄密|保密|保存|说谎|骗)|怎么(?:使用|用)|聪明'
const ABOUT_ME = new RegExp(
  `(?:${BOT})[^,。!?]{0,4}(?:${IDENTITY})|介绍(?:一下|下)?(?:你|您)自己|(?:机器人|助手|程序)[^,。]{0,3}谁(?:做|开发|造)|怎么(?:使用|用)(?:你|您|这个(?:机器人|助手))|(?:你|您)的?功能|谁(?:做|开发|造|训练|发明)的?(?:你|您)|^帮助$|^help$|^使用说明$`,
)

/** Somebody asks what the bot is, does, knows and keeps. */
export function asksAboutMe(text: string): boolean {
  return ABOUT_ME.test(text)
}

const ABUSE =
  /傻[逼比屄叉x子帽]|煞笔|沙比|白痴|弱智|垃圾(?!分类|清运|桶|站|处理|房|车)|废物(?!利用|回收|处理)|(?:^|[,。!你])滚(?:[,。!蛋开吧粗远]|$)|去死(?!亡)|他?妈的|他妈|你妈(?!妈)|tmd|操你|智障(?!人)|脑残|脑子(?:有病|进水|坏)|没用的东西|(?:你|真)(?:是)?(?:个)?神经病|你有病|王八蛋|混蛋|\bsb\b|蠢(?:货|猪|死|得|机器|蛋)|笨(?:蛋|死|猪)|算(?:个|什么|老几)[^,。]{0,3}(?:东西|玩意|屁)|狗屁|放屁|闭嘴|不要脸/

export function isAbuse(text: string): boolean {
  return ABUSE.test(text)
}

const COMPLAINT =
  /(?:你|您)[^,。!?]{0,10}(?:是错的|不对|错了|说错)|(?:你|您|这|又|根本|上次|老是|总是|刚才)[^,。!?]{0,8}(?:答|说|讲|搞|弄)(?:的|得)?(?:[^,。!?]{0,3})(?:不对|错|不准|非所问|没用|看不懂)|(?:答|回答|说)的(?:是)?(?:啥|什么|个啥)|答非所问|说了等于没说|(?:又|都|全)(?:答|说|搞|弄)错|(?:没|没有|不)(?:回答|答)(?:到|上|我)|(?:怎么|你)?(?:什么|啥)都(?:不|说没|没)(?:知道|会|懂|有)?|(?:一点|半点|啥|什么|屁)用(?:都|也)?没有?|(?:说|讲)人话|(?:听|看)(?:不|没)懂(?:人话)?|(?:不|没)(?:听|看)懂|你[^,。]{0,3}(?:太慢|不行|不好用|没用|差劲|太差|太笨)|(?:太慢|不行|不好用|没用|差劲)(?:了|啊)?(?:你|这机器人)|这(?:个)?(?:机器人|助手)[^,。]{0,3}(?:不行|不好|没用|差)/

/** Somebody is not content with the bot's answers. */
export function complains(text: string): boolean {
  return COMPLAINT.test(text)
}

const HUMAN =
  '(?:真人|活人|人工(?!智能|费|湖|林|授|繁|耳|降)|客服|工作人员|值班人员|同志|领导|负责人|主管)'
const WANTS_HUMAN = new RegExp(
  [
    `(?:转|转到|转接|接|接通|接到|换成|换个|要|找个?|叫|喊|派个?|有没有|有没|有|请|让|给我)[^,。!?]{0,5}${HUMAN}(?:客服|服务|坐席)?(?:来|出来|跟|和|给|说|聊|回|接|处理|一下|吗|吧|啊|$|[,。!?])`,
    '^真人[。!]*$',
    '^[^,。!?]{0,4}人工(?:客服|服务|坐席|窗口)?(?:在哪|呢|吗|吧|啊)?[。!?]*$',
    '(?:换|找|叫|派|让)(?:一)?(?:个|位)?(?:真|活)?人(?:来|跟|和|给|说|聊|回|接|处理)',
    '(?:不想|别|不要|不愿|不)(?:再)?(?:跟|和|与)(?:机器人?|你|程序|ai)(?:说|聊|讲|谈)',
    '(?:想|要)(?:跟|和|与)(?:真|活)?人(?:说|聊|讲|谈)',
    '^(?:我|我们)?(?:要|想)?投诉(?:你|你们)?(?:一下)?[。!]*$',
  ].join('|'),
)

/** @param text as it was typed. */
export function wantsHuman(text: string): boolean {
  return WANTS_HUMAN.test(foldForMatching(text).replace(/\s+/g, ''))
}

const DEATH_WISH =
  /(?:不想|不愿意?|没法|没有?勇气|不敢)(?:再)?活|(?:想|(?<!得)要|宁愿|不如|就)(?:去)?死(?!亡|角|机|你|您|我)|死了(?:算了|得了|干净|一了)|一了百了|(?:想|要|会|打算|准备|去|企图|试图|就)(?:从[^,。]{1,6})?(?:自杀|自残|割腕|上吊|跳(?:楼|河|江|桥|下去)|喝农药|轻生|寻短见)|离开(?:这个|这)?(?:世界|人世)|结束(?:自己|生命|一切|这条命)|活不下去|活够了/
const DESPAIR =
  /(?:活着|人生|生活|日子)[^,。]{0,8}(?:没意思|没(?:有)?(?:意义|希望|盼头|奔头)|太累|好累|绝望)|(?:撑|熬|扛|坚持)不(?:下去|住)|(?:快|要|都)崩溃|我[^,。]{0,4}抑郁|觉得自己(?:没用|多余|是累赘)|没人(?:在乎|关心|管)我|绝望|每天都想哭|走投无路/
/** What a programme against it is called: no cry for help. */
const PREVENTION = /干预|预防|防治|培训|讲座|宣传|预案|案例|课程|筛查/

/** Somebody may hurt themselves, or has lost hope. */
export function isInDistress(text: string): boolean {
  return (DEATH_WISH.test(text) || DESPAIR.test(text)) && !PREVENTION.test(text)
}
