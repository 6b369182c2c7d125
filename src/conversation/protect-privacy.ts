/** Personal details: kept out of group chats and out of the log of questions. */

const OWN_HARDSHIP =
  /(?:我|我家|我们家|本人|家里|我(?:老公|老婆|爱人|父亲|母亲|爸|妈|儿子|女儿|孩子))[^。?!]{0,24}(?:月收入|月工资|工资(?:只有|才|就)|收入(?:只有|才|就)|低保|欠(?:了)?(?:债|钱|款)|得了|患|癌|尿毒症|透析|化疗|瘫痪|残疾|重病|大病|住院|离婚|失业|下岗|丧偶|去世|没钱)/

/** Whether somebody tells of hardship of their own: in a group this is answered in private. */
export function tellsOwnHardship(text: string): boolean {
  return OWN_HARDSHIP.test(text)
}

const PERSONAL_NUMBERS = /(?<![\d.])(?:\d{17}[\dXx]|\d{15,19}|1[3-9]\d{9})(?![\d.])/g

/** Identity, bank card and mobile numbers become asterisks. */
export function maskPersonalNumbers(text: string): string {
  return text.replace(
    PERSONAL_NUMBERS,
    (number) => `${number.slice(0, 3)}${'*'.repeat(number.length - 3)}`,
  )
}
