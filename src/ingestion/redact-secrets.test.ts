import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MASK, redactSecrets } from './redact-secrets.ts'

const shown = (text: string) =>
  redactSecrets(text).text.replaceAll(new RegExp(`${MASK}+`, 'g'), '〔〕')

describe('redactSecrets', () => {
  it.each([
    ['申请人身份证号62272719900101123X。', '申请人身份证号〔〕。'],
    ['联系人:张三,联系电话:13800138000', '联系人:张三,联系电话:〔〕'],
    ['张师傅 138-0013-8000 已登记', '张师傅 〔〕 已登记'],
    ['材料发到邮箱 gh@example.cn,邮箱密码:Ab12345!', '材料发到邮箱 gh@example.cn,邮箱密码:〔〕'],
    ['密码是 gonghui2024,请勿外传', '密码是 〔〕,请勿外传'],
    ['工资卡号6222 0212 3456 7890 123', '工资卡号〔〕'],
    ['appSecret=abcdEFGH12345678', 'appSecret=〔〕'],
  ])('hides what is private in 「%s」', (text, expected) => {
    expect(shown(text)).toBe(expected)
  })

  it.each([
    '维权热线12351,24小时畅通',
    '咨询电话:0933-8223456',
    '服务热线021- 56031201',
    '职工服务热线:13800138000',
    '400-810-9999',
    '总投资1380013800000元',
    '设置密码后登录,密码不少于8位',
    '文号平工发〔2024〕12号',
  ])('leaves 「%s」 alone', (text) => {
    expect(redactSecrets(text)).toEqual({ text, warnings: [] })
  })

  it('says what was hidden and how often, but not the numbers', () => {
    const { warnings } = redactSecrets('身份证62272719900101123X,手机13800138000、13900139000')
    expect(warnings.map(({ message }) => message)).toEqual([
      '已隐去身份证号 1 处、手机号 2 处。回答里不会出现；原件里的也请尽快处理。',
    ])
  })

  it('keeps the length of any text', () => {
    const unit = fc.constantFrom('1', '3', '8', '0', '密码:', '身', ' ', 'x', '卡号')
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        expect(redactSecrets(text).text).toHaveLength(text.length)
      }),
    )
  })
})
