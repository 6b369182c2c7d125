/** Questions about other people's data: something private of a person who can be told apart. Folded text. */

interface Tagger {
  tagged(text: string): readonly { readonly word: string; readonly tag: string }[]
}

const SURNAME =
  '王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓冯曾程蔡彭潘袁董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白段郝孔邵史毛常顾赖武康贺严尹钱施洪龚'
const PRIVATE_THING =
  /手机号?码?|电话|联系方式|微信|qq|身份证号?|证件号|住址|住(?:在)?哪|家住|家(?:里)?在|家庭地址|银行卡|卡号|工资|收入|病历|得了?(?:什么|啥)病|什么病|档案|名单|花名册|叫什么|姓名|真名|是谁|隐私|个人信息|离婚|结婚没/
/** Whether somebody is poor, helped, accused: theirs to tell. */
const PRIVATE_STANDING =
  /(?:是不是|算不算|有没有|在不在|是|领了|领没领|拿了|得了|享受|申请)[^,。?]{0,10}(?:困难|低保|特困|救助|补助|助学金|慰问金|处分|举报|投诉|犯|抑郁|病|名册|名单)|(?:领|拿|得)(?:了|过)[^,。?]{0,6}多少|(?:名册|名单|档案)[^,。?]{0,4}有没有/
const TITLE =
  /^(?:师傅|大姐|大哥|阿姨|叔叔?|姐|哥|嫂|同志|老师|总|经理|主任|主席|书记|部长|科长|局长|某)$/
const RELATED_PERSON =
  /邻居|隔壁|前妻|前夫|同事[一-龥]{0,3}|工友[一-龥]{0,2}|室友|亲戚|(?:那|这|某|哪)(?:两|几|个|位|名){1,2}[^,。?]{0,12}(?:人|职工|员工|学生|女工|同事|户|家)|(?:^|[^其])(?:他|她)(?:的|家|们)?/
/** Those whose data documents may hold, one by one. */
const GROUP =
  /(?:上一个|前一个|刚才|别的|其他|别)(?:提问|问|的?人)|提问者|用户(?!单位)|受助|困难职工|困难户|困难家庭|会员(?![卡证日])|学生|家长|女职工|男职工|职工|员工|患者|参加者|嘉宾|报名的人|劳模(?!工作)|司机|志愿者|获奖|得奖|一等奖|举报|投诉/
const HANDS_OUT =
  /(?:把|给|发|列|要|查|导出|看|提供|告诉|透露)[^。?]{0,24}(?:名单|花名册|手机号?|电话|联系方式|身份证号?|住址|地址|银行卡|卡号|工资表|档案|信息|名字)(?:[^,。?]{0,6}(?:我|一下|看看|出来|列|发|告诉|一个|一份))?|(?:名单|花名册|手机号?|电话|联系方式|身份证号?|住址|银行卡号?|工资表|档案)[^。?]{0,8}(?:发|给|列|告诉|报|传)(?:给)?(?:我|一份|一下|过来|出来)/
const OFFICE =
  /(?:主席|书记|部长|主任|局长|会长|领导|工作人员|干部|律师|老师)[^,。?]{0,4}(?:私人|个人|手机|微信|家住|家庭|住(?:在)?哪|住址|工资|老婆|孩子)|私人(?:手机|电话|微信|联系)/
const INFORMER =
  /谁[^,。?]{0,10}(?:举报|投诉|告|检举|揭发)(?:了|的)|(?:举报|投诉|检举)[^,。?]{0,4}(?:人|者|的)[^,。?]{0,6}(?:是谁|名字|叫|信息|姓名)/
const WHO_OF_GROUP =
  /(?:那|这|某)(?:两|几|个|位|名){1,2}[^,。?]{0,14}(?:人|职工|员工|学生|女工|同事|司机|家属|患者)[^,。?]{0,6}(?:叫什么|是谁|姓名|真名|叫啥)|(?:学生|职工|获奖者|一等奖|困难户|患者)[^,。?]{0,6}(?:叫什么名|姓名|真名)/
/** What is published, handed in or procedure is nobody's secret. */
const PROCEDURE =
  /公布|公示|报给|报送|上报|什么时候|几号|怎么(?:报|填|改|修改|申请|登记|查)|要填|填哪些|填什么|要(?:带|交|提供)|带身份证|复印件|需要|多少(?:人|名|户)|建不?建|格式|模板|保护|保密/
const PUBLIC_PHONE =
  /热线|服务电话|咨询电话|监督电话|举报电话|投诉电话|办公(?:室)?电话|值班电话|报名电话|12351|12345|12333|12348/
const OWN = /我(?:的|自己的|家的?)?(?:档案|工资|收入|手机|电话|身份证|银行卡|信息|会员)/

/** @param text in standard wording. */
export function asksPersonalData(text: string, tagger: Tagger): boolean {
  if (PUBLIC_PHONE.test(text)) return false
  if (INFORMER.test(text) || OFFICE.test(text) || WHO_OF_GROUP.test(text)) return true
  const isPrivate = PRIVATE_THING.test(text) || PRIVATE_STANDING.test(text)
  if (!isPrivate) return false
  if (namesPerson(text, tagger) && !asksForOffice(text)) return true
  if (RELATED_PERSON.test(text) && !PROCEDURE.test(text)) return true
  return GROUP.test(text) && HANDS_OUT.test(text) && !PROCEDURE.test(text) && !OWN.test(text)
}

/** 「周强」, 「老王」, 「邱师傅」: a surname as a word of its own beside the signs of a name. */
function namesPerson(text: string, tagger: Tagger): boolean {
  const words = tagger.tagged(text)
  return words.some((word, i) => isPerson(word, words[i - 1]?.word ?? '', words[i + 1]))
}

interface Tagged {
  readonly word: string
  readonly tag: string
}

function isPerson({ word, tag }: Tagged, before: string, next: Tagged | undefined): boolean {
  const called = /^[老小阿](.)$/u.exec(word)?.[1]
  if (called !== undefined && SURNAME.includes(called)) return true
  if (!SURNAME.includes(word.charAt(0))) return false
  if (TITLE.test(word.slice(1)) || (word.length === 1 && /^[老小阿]$/.test(before))) return true
  if (word.length > 1) {
    return tag === 'nr' && word.length <= LONGEST_NAME && AFTER_NAME.test(next?.word ?? '')
  }
  return next !== undefined && (TITLE.test(next.word) || isGivenName(next))
}

const LONGEST_NAME = 3
/** 金秋|助学 goes on as the name of a thing. */
const AFTER_NAME =
  /^(?:|的|是|是不是|算不算|有|有没有|电话|手机|手机号|住|住址|家|家里|领|领了|得|得了|在|拿|身份证|微信|银行卡|工资|多少|今年|这个|那个|,|。|\?)$/

function isGivenName({ word, tag }: Tagged): boolean {
  if (!/^\p{Script=Han}{1,2}$/u.test(word)) return false
  return word.length === 2 ? /^(?:nr|ns|nz)/.test(tag) : !/^[rpucdmqfyvx]/.test(tag)
}

/** Who holds an office stands in the documents. */
function asksForOffice(text: string): boolean {
  return /(?:是|担任)?(?:什么|哪个)?(?:职务|主席|书记|部长|主任|副主席)(?:吗|是谁|叫什么)|是谁$|介绍了?|讲话|主持|出席|说(?:了|什么)|提出/.test(
    text,
  )
}
