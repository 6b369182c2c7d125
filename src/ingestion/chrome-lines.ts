/** What a line of page chrome looks like, by what it says. White space is dropped before looking: 版 权 所 有. */

const CHROME: readonly RegExp[] = [
  /^(?:您|你)?的?(?:现在|当前|目前)?(?:所在)?的?位置(?:是)?[:：]/,
  /^(?:首页|网站首页)(?:[>»›/|·-]|$)/,
  /^分享(?:到|至|给)?[:：]?(?:更多|微信|微博|QQ|朋友|$)/,
  /(?:设为首页|加入收藏|收藏本页|网站地图|返回首页|返回顶部|关闭窗口|打印本页|我要留言|推荐朋友|全文浏览|手机版)/,
  /^(?:上一篇|下一篇|上一条|下一条|上一页|下一页)[:：]?/,
  /版权所有|版权声明|copyright|©|allrightsreserved|ICP备|公网安备|备案号|未经(?:书面)?(?:授权|许可)/i,
  /分辨率.{0,12}\d{3,4}[*xX×]\d{3,4}|\d{3,4}[*xX×]\d{3,4}.{0,6}分辨率/,
  /^(?:主办|承办|技术支持|维护|协办)单位?[:：].{2,40}(?:转载|邮编|电话|$)/,
  /^转载请(?:注明|标明)/,
  /^(?:阅读|浏览|点击|访问)(?:次数|量|数)?[:：]?\d+/,
  /^(?:扫一扫|扫描二维码|微信扫|长按识别)/,
  /^(?:字号|字体|字体大小|背景色)[:：]/,
  /^(?:点赞|评论|收藏|转发|举报|纠错|打印|关闭|返回|登录|注册|搜索|更多|TOP)$/i,
]

const RELATED =
  /^(?:相关(?:阅读|链接|新闻|文章|推荐|专题)|推荐阅读|延伸阅读|热门(?:文章|新闻|推荐|排行)|猜你喜欢|最新(?:文章|新闻|资讯)|点击排行|友情链接)[:：]?/

/** Labels of the line under a title; what is left of such a line without them and their values is next to nothing. */
const META_PARTS: readonly RegExp[] = [
  /(?:https?:)?\/\/[a-z0-9.-]+\.(?:cn|com|net|org|gov)(?:\/[^\s\u4e00-\u9fff\d]*)?/gi,
  /(?:发布|发表|更新|刊发|录入)?(?:时间|日期|于)?[:：]?(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?/g,
  /(?:来源|出处|稿源|信息来源|作者|编辑|责编|责任编辑|审核|发布人|录入|发布者|记者|通讯员|供稿|浏览次数|浏览量|浏览|点击|点击数|阅读|阅读量|访问量|人气)[:：][^:：|｜]{0,14}?(?=(?:来源|作者|编辑|责任|审核|发布|浏览|点击|阅读|访问|人气|字号|字体|打印|分享|[|｜【[])|$)/g,
  /(?:字号|字体)[:：]?[[【(（]?(?:特大|大|中|小|默认|超大)*[\]】)）]?/g,
  /[次|｜【】[\]()（）/·>]/g,
]
const MOST_LEFT_OVER = 4

const BUTTON = /[[【［]\s*[^\][【】［］]{0,6}\s*[\]】］]/g

export function isChromeLine(line: string): boolean {
  const compact = line.replace(/\s+/g, '')
  return compact.length <= 160 && CHROME.some((cue) => cue.test(compact)) && !isLongProse(compact)
}

/** 「发布时间:2023-07-24 10:19 来源:本站 浏览次数:10324 次」, 「//www.example.cn2014-03-13 15:11:38来源: 某网」, or a bare time stamp. */
export function isMetaLine(line: string): boolean {
  const compact = line.replace(/\s+/g, '')
  if (compact.length > 160) return false
  const rest = META_PARTS.reduce((left, part) => left.replace(part, ''), compact)
  return (
    rest.length <= MOST_LEFT_OVER &&
    rest.length < compact.length / 2 &&
    /\d{4}[-/.年]\d|[:：]/.test(compact) &&
    !isDateOfOffice(compact) &&
    !isSourceLine(compact)
  )
}

/** 「[保存] [打印] [关闭]」 */
export function isButtonRow(line: string): boolean {
  const buttons = line.match(BUTTON) ?? []
  return buttons.length >= 2 && line.replace(BUTTON, '').trim().length <= 4
}

/** A menu: many short words, no punctuation. */
export function isNavigation(line: string): boolean {
  const words = line.split(/[\s|｜>»›/·]+/).filter(Boolean)
  return (
    words.length >= 4 &&
    words.every((word) => word.length <= 8) &&
    !/[，。、；：！？,;:!?“”]/.test(line)
  )
}

export function startsRelatedLinks(line: string): boolean {
  return RELATED.test(line.replace(/\s+/g, ''))
}

/** 「2022年6月30日」 alone is the date under a document, in brackets that of a speech, not chrome. */
function isDateOfOffice(compact: string): boolean {
  return /^[(（]?[12]\d{3}年\d{1,2}月\d{1,2}日[)）]?$/.test(compact)
}

/** 「来源:工人日报客户端」 alone says where the text is from: a reader may ask. */
function isSourceLine(compact: string): boolean {
  return /^(?:来源|转自)[:：](?!本[站网])[^:：|｜\d]{2,16}$/.test(compact)
}

function isLongProse(compact: string): boolean {
  return compact.length > 60 && (compact.match(/[，。；]/g) ?? []).length >= 3
}
