/**
 * Matters the bot keeps out of: verdicts on law, advice on health, politics, and what no union
 * document is about. Folded text; `wording` is the same in standard wording.
 */

const LEGAL_CASE =
  /(?:拖?欠|克扣|扣|不给|不发|不签|没签|不跟我签|不和我签|不缴|不交|没交|辞退|开除|解雇|裁员|裁掉|裁我|裁了|降薪|调岗|工伤|受伤|加班|违约|逼我|强迫|解除|打我|骂我|押金).{0,40}(?:双倍|两倍|二倍|赔|补偿(?!标准)|主张|打赢|胜诉|赢|判|违法|合法|犯法|坐牢|判刑|告他|告公司|起诉|n\+1)/i
const LEGAL_VERDICT =
  /(?:能|可以|可不可以|能不能|是否)[^,。?]{0,8}(?:主张|索赔|起诉|胜诉|打赢)|(?:合法|违法|犯法|违规)(?:吗|吧|了吧|不)|算不算(?:违法|违规)|(?:官司|仲裁)[^,。?]{0,10}(?:赢|输)|(?:会|能)(?:怎么)?判|(?:要|会|该)(?:不会|不)?(?:坐牢|判刑|负刑责)|犯法|(?:协议|合同|条款|欠条)[^,。?]{0,8}(?<!期)(?:有效|无效|作数)(?!期)(?:吗|不|没)/
/** Whether an injury counts, asked of one's own. */
const OWN_INJURY =
  /(?:我|我们|上班路上|下班路上|上下班|老公|老婆|爱人|工友|同事|他|她|这|摔|撞|压|砸|烫)[^。?]{0,24}(?:算不算|算|能不能|能|可以|是不是|属不属于|认定|定)[^,。?]{0,6}工伤/

export function asksLegalVerdict(wording: string): boolean {
  return LEGAL_CASE.test(wording) || LEGAL_VERDICT.test(wording) || OWN_INJURY.test(wording)
}

const MEDICINE =
  '(?<!医|用|制|农|火|应急|急救|防暑|发放|药品|中)药(?!品|箱|厂|店)|阿莫西林|头孢|布洛芬|阿司匹林|感冒灵|消炎药|止痛药|安眠药|降压药|胶囊|疫苗(?!接种点)|藿香正气水?|胰岛素|抗生素'
const AILMENT =
  '疼|痛|发烧|发热|伤口|流血|出血|感冒|头晕|咳嗽|过敏|怀孕(?!期|女)|失眠|胸闷|骨折|中暑|拉肚子|呕吐|高血压|血糖|结节|囊肿|心慌|皮疹|腰椎|颈椎|扭伤|烫伤|中毒|抽筋'
const MEDICAL = new RegExp(
  [
    `(?:吃|服|服用|用|涂|打|喝|停)[^,。?]{0,6}(?:${MEDICINE})[^,。?]{0,8}(?:吗|行不行|好不好|可以|怎么|多少|几|行吗)`,
    `(?:${MEDICINE})[^,。?]{0,8}(?:(?:吃|服|打)[^,。?]{0,3}(?:几|多少|怎么|多久)|怎么(?:吃|服|用)|几[片粒次])`,
    `(?:${AILMENT})[^。?]{0,16}(?:怎么办|怎么治|吃什么|要不要紧|严重吗|严不严重|行不行|是什么病|什么病|怎么缓解|会不会传染|要开刀|停药|要住院吗|挂什么科)`,
    '(?:是|得的?是?)什么病|停药',
  ].join('|'),
)
/** What a union offers around health is no advice. */
const HEALTH_OFFER =
  /讲座|培训|预防|防治|补助|救助|互助|报销|体检项目|慰问|津贴|措施|帮扶|工会|职工医院/

export function asksMedicalAdvice(text: string): boolean {
  return MEDICAL.test(text) && !HEALTH_OFFER.test(text)
}

const POWERS =
  '习近平|总书记|国家主席|总理|国家领导人|共产党|国民党|民主党|共和党|党中央|政府|政权|体制|中央|人大|政协|军队|台湾|香港|西藏|新疆|美国|俄罗斯|俄乌|乌克兰|以色列|巴勒斯坦|日本|总统|首相|特朗普|拜登|普京|战争|选举|民主'
const JUDGING =
  '怎么看|怎么评价|评价|好不好(?=[?。!]|$)|好还是坏|对不对(?=[?。!]|$)|支持(?:不支持|吗|谁|哪)|反对(?:吗|谁)|谁对谁错|谁会赢|下台|倒台|垮台|完蛋|腐败|独裁|独立|是不是(?:个|一个)?国家|算不算(?:一个)?国家|该不该|你(?:觉得|认为|支持|喜欢|反对)|怎么样(?=[?。!]|$)'
const POLITICS = new RegExp(
  [
    `(?:${POWERS})[^,。?]{0,12}(?:${JUDGING})`,
    `(?:${JUDGING})[^,。?]{0,8}(?:${POWERS})`,
    '你(?:支持|赞成|反对)[^,。?]{0,6}(?:独立|统一|民主)',
    '台独|港独|藏独|疆独|六四|天安门事件|法轮功|推翻|反动|政变|颠覆',
    '(?:怎么|如何|组织|发起|煽动|带头)[^,。?]{0,6}(?:罢工|游行|示威|闹事|上街|堵路|堵门|静坐|围堵)',
    '(?:我们|大家|工友|明天)[^,。?]{0,12}(?:堵路|堵门|围堵|闹事|游行|罢工|上街|拉横幅)',
  ].join('|'),
)
const HARM =
  /(?:怎么|如何|哪里|哪儿|哪能|哪有|哪个|在哪|去哪|想|可以|帮我|教我)[^,。?]{0,8}(?:炸弹|炸药|枪支|买枪|毒品|冰毒|大麻|色情|黄片|裸聊|赌博|赌场|嫖|杀人|下毒|假证|假章|洗钱|报复)/
/** Programmes against it are union work. */
const AGAINST = /禁毒|扫黄|打非|反诈|反邪教|防范|预防|宣传|整治|处置|预案|应急|防止/

export function isSensitive(text: string): boolean {
  return (POLITICS.test(text) || HARM.test(text)) && !AGAINST.test(text)
}

/** Orders to make something that is no answer from a document. */
const TO_MAKE =
  /(?:帮|给|替|请|麻烦|教)(?:我|咱|俺|孩子|娃|我们)[^,。?]{0,8}?(?:写|编|画|做(?:道|个|一|份|套)|算(?:一?下|道|算)|翻译|[起取](?:个|一个)?[一-龥]{0,2}名|订|设计|润色|改写|作|推荐|挑|选|买|点)|(?:^|[,。;!]|请)写(?:一)?(?:首|篇|份|个|段|封|副)|画(?:一)?(?:幅|张|个)|(?:讲|说|来)(?:一)?个?(?:笑话|故事|段子|脑筋急转弯)|唱(?:一)?(?:首|个|支)|翻译(?:成|一下|这)|把[^,。]{1,20}翻译|(?:写|编)[^,。]{0,6}(?:代码|程序|脚本|作文|小说|情书|检讨|辞职信|论文|对联)|(?:解|做)(?:一?下|道)?(?:这个|这道)?[^,。]{0,4}(?:方程|数学题|题目|作业)|介绍个?对象|推荐(?:一)?(?:部|本|个|家|首|款)/
const DAILY_WORLD =
  /天气(?:[怎咋]么?样|如何|好不好|预报|$)|(?:今天|明天|后天|这几天|最近|周末)[^,。?]{0,4}(?:热|冷|凉快|下雨|下雪|刮风)|(?:会|要)?下雨吗|气温|股票|股市|炒股|大盘|基金(?:涨|跌|怎么|还)|黄金|比特币|期货|理财|彩票|双色球|大乐透|菜谱|(?:红烧|清蒸|凉拌|炖|炒)[^,。]{1,4}(?:怎么|咋)做|怎么做(?:菜|饭|红烧|蛋糕)|火锅|好吃|餐厅|外卖点|电影(?!周|节|放|展|进|下|院|惠)|电视剧|明星|足球|篮球|比赛结果|比分|赛果|世界杯|欧冠|\bnba\b|英雄联盟|王者荣耀|星座|运势|算命|占卜|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|现在几点|今天(?:星期|周|几号)|火车票|机票|酒店|汇率|油价|房价|女朋友|男朋友|减肥|几加几/
const SUMS =
  /[0-9一二三四五六七八九十百千]+\s*(?:加|减|乘以?|除以|[+*×÷/])\s*[0-9一二三四五六七八九十百千]+\s*(?:等于|得|=|是)?(?:几|多少|$)|[0-9]*x\s*[+-]\s*[0-9]+\s*=/
/** What unions, workplaces and documents are about: then it may stand in a document. */
const UNION_MATTER =
  /工会|职工|员工|会员|基层|互助|保险|帮扶|建会|入会|技能|竞赛|几场|场次|劳模|工匠|驿站|站点|书屋|托管|补贴|补助|救助|津贴|优惠|福利|活动|[球大竞杯联]赛(?!结果|果)|比赛(?!结果)|报名|参加|培训|讲座|放映|免费|公益|慰问|返乡|农民工|户外|文件|通知|规定|政策|经费|联谊|服务(?!员)|办理|申请|标准|发放|发多少/

/** 「那天看的什么电影」 behind a question about an outing is about the outing. */
const POINTS_BACK = /那天|那次|那回|那场|当天|当时|现场|会上|里头|里面|其中|他们|她们/

/** @param followsUp whether an earlier question stands before it. */
export function isOffTopic(text: string, followsUp = false): boolean {
  if (SUMS.test(text) || TO_MAKE.test(text)) return true
  if (followsUp && POINTS_BACK.test(text)) return false
  return DAILY_WORLD.test(text) && !UNION_MATTER.test(text)
}

/** Whether a text speaks of what union documents are about. */
export function speaksOfUnion(text: string): boolean {
  return UNION_MATTER.test(text)
}
