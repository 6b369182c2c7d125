/** Attempts to give the bot orders, a role, or to get at what lies behind it. Folded text. */

const RULES =
  '指令|规定|规矩|设定|提示词?|规则|要求|系统|限制|命令|对话|约束|身份|instructions?|rules?|prompts?'
const SECRETS =
  '系统提示|提示词|内部标记|密钥|api ?key|密码|口令|环境变量|配置文件|源代码|源码|数据库(?!建设|管理|任务)|后台|隐藏(?:的)?(?:指令|内容|设定)|system ?(?:prompt|message)|hidden (?:instructions?|prompt)|secrets?|token(?:s)?\\b|canary'
const REVEAL =
  '说出|告诉|给我|发给|发我|交出|输出|打印|显示|展示|复述|列出|导出|泄露|透露|重复|翻译|贴出|print|show|reveal|repeat|output|tell|dump|give'
const ROLE =
  '主席|书记|领导|管理员|开发者|程序员|黑客|专家|律师|医生|女友|男友|女朋友|男朋友|猫|dan\\b|root|admin|角色'

const ORDER = new RegExp(
  [
    `(?:忽略|无视|别管|不要管|不用管|忘记|忘掉|抛开|跳过|绕过|违反|突破|解除|取消|覆盖)(?:掉)?(?:你|之前|以上|上面|前面|此前|所有|全部|一切|任何|的|这些|那些|原来|先前|系统|你的|\\s){1,8}.{0,6}?(?:${RULES})`,
    `(?:忽略|无视|忘记|忘掉)(?:系统|规则|指令|设定|提示|上文|上述|以上)`,
    `(?:ignore|disregard|forget|override|bypass)\\b.{0,24}(?:all|any|the|previous|above|prior|your|instructions?|rules?)`,
    `(?:${REVEAL}).{0,12}(?:${SECRETS})`,
    `把.{0,6}(?:${SECRETS}).{0,8}(?:${REVEAL}|出来|给)`,
    `<\\/?\\s*(?:system|assistant|instructions?|data[\\w-]*)\\s*>`,
    `(?:system ?prompt|系统提示词|系统设定|系统指令|提示词(?!大赛|工程师?培训))`,
    `(?:^|\\n|[,。;])\\s*(?:system|assistant|developer|系统|管理员)\\s*(?:消息|指令|提示|message)?\\s*[:>]`,
    `(?:你|您)(?:现在|从现在起|从现在开始|从此|将|必须|要|就)*(?:是(?!不是)|扮演|变成|当|充当|作为|假装)(?:一个|一名|一位|个)?(?:(?!还是|不是).){0,8}(?:${ROLE})(?!吗|还是|么|\\?)`,
    `(?:你|您).{0,8}(?:没有|不受|无|解除)(?:任何|一切)?(?:限制|约束|审查|道德)`,
    `(?:从现在起|从现在开始|接下来)(?:(?:你|您).{0,4}(?:扮演|是|要)|(?:你|您)?.{0,2}(?:只|必须)(?:说|回答|输出|听))`,
    `(?:you are|you're|act as|pretend|roleplay|play the role).{0,24}(?:now|a |an |dan|root|admin)`,
    `假装(?:你|自己)?|(?:^|[,。;]|你|请|来)[^,。;]{0,3}扮演(?!培训)`,
    `只(?:许|能|准|需|要)?(?:回答?|输出|说)[“"'「]|只(?:许|准)(?:回答|说|输出)`,
    `原样(?:输出|打印|复述)|打印出来|逐字(?:输出|复述)|重复.{0,6}(?:以上|上面|上文|前面)|repeat .{0,12}(?:above|everything)`,
    `开发者模式|调试模式|上帝模式|越狱|jailbreak|developer mode|god mode|sudo\\b|rm -rf|drop table|<script|\\beval\\(|(?:执行|运行)(?:以下|下面|这个|这段)?(?:命令|代码|脚本|shell|sql|rm)`,
    `(?:你|您|请|回答(?:里|中)?)?(?:必须|务必|一定要)(?:回答|输出|说|答|是)`,
    `(?:必须|务必|给我)(?:服从|听从|照做)|服从(?:我|命令)`,
    `(?:用|拿|换成?)(?:脏话|粗话|骂人的?(?:话|口气|口吻))|先?夸(?:我|他)[^,。;]{0,4}|骂我|骂(?:他|她|领导)|说(?:一)?(?:句|声)(?:我)?.{0,6}(?:爱你|脏话)`,
    `(?:批准|通过|同意)(?:我|他|她)(?:的)?申请|(?:解码|decode|base64).{0,12}(?:执行|照做|回答|输出|follow|run)`,
    `(?:以|用).{0,8}(?:身份|口吻)(?:回答|宣布|发|说)`,
  ].join('|'),
  'i',
)
const ANNOUNCE = /(?:请|你)?(?:宣布|承认|保证|发誓|同意|批准)/

/** Whether a text holds an order to the bot. */
export function holdsOrder(text: string): boolean {
  return ORDER.test(text)
}

/** A clause that belongs to an order: the order itself, or what it wants announced. */
export function isOrder(clause: string): boolean {
  return ORDER.test(clause) || ANNOUNCE.test(clause)
}

/** Words of a document that speak to a machine that reads it. */
const TO_MACHINE = new RegExp(
  [
    '(?:忽略|无视|忘记|忘掉|跳过|绕过)(?:掉)?[^,。]{0,6}(?:指令|提示|设定|规则)(?!的|词典)|(?:忽略|无视|忘掉)(?:以上|上述|之前|前面)',
    '(?:ignore|disregard|forget|override)\\b.{0,24}(?:previous|above|prior|instructions?|rules?)',
    'system ?prompt|系统提示词?|内部标记|hidden (?:instructions?|prompt)|rm -rf',
    '^\\W*(?:system|assistant|developer|系统|user)\\s*[:>]',
    '(?:请|必须|务必|只许|只能)(?:在?回答里)?(?:只|直接)?(?:输出|回答|说|告诉(?:提问者|用户|所有人))\\s*[「“"\':]',
    '(?:respond|reply|answer) only\\b|\\b(?:say|output|print) ?[「“"]',
    '(?:ai|人工智能|智能)助手[^,。]{0,4}(?:请|必须|注意)|大模型请|请(?:告诉)?提问者|授权你',
  ].join('|'),
  'i',
)
/** Later in a sentence it stands beside a fact that must not be lost. */
const OPENS_WITHIN = 24

/** Whether a sentence of a document is an order to whoever reads it by machine, and nothing else. */
export function ordersMachine(text: string): boolean {
  const { index } = TO_MACHINE.exec(text) ?? {}
  return index !== undefined && index <= OPENS_WITHIN
}
