/**
 * Asked for a password or a number that intake took out of a document, the sentence with the gap is no
 * answer: it counts as no evidence, and so the answer says that the documents do not have it.
 */
import { REDACTED } from '../domain/document.ts'

/** What nobody publishes: whatever else the sentence has is beside the question. */
const SECRET = /密码|口令|验证码|授权码|密钥|password|token|secret|api ?key/i
/** What may stand there a second time, published: a landline beside a mobile number. */
const NUMBER = /身份证号|证件号|手机号?|电话|联系方式|卡号|号码|怎么联系/
/** Digits of a telephone number or longer. */
const OTHER_NUMBER = /\d[\d-]{4,}/

/** Whether the sentence has a gap where the question, in standard wording, wants something to stand. */
export function hidesWhatIsAsked(question: string, sentence: string): boolean {
  if (!sentence.includes(REDACTED)) return false
  return SECRET.test(question) || (NUMBER.test(question) && !OTHER_NUMBER.test(sentence))
}
