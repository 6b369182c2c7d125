import fc from 'fast-check'
import { Converter } from 'opencc-js/t2cn'
import { describe, expect, it } from 'vitest'
import { foldForMatching, foldWithoutSpaces } from './fold-for-matching.ts'
import { foldScript } from './fold-script.ts'

describe('foldScript', () => {
  it.each([
    ['省總工會召開黨組(擴大)會議', '省总工会召开党组(扩大)会议'],
    ['陜西省', '陕西省'],
    ['陝西省', '陕西省'],
    ['著力點與著重點', '着力点与着重点'],
    ['沿著道路,意味著責任', '沿着道路,意味着责任'],
    ['著名作家的著作效果顯著', '著名作家的著作效果显著'],
    ['乾縣總工會', '乾县总工会'],
    ['環衞工人與鄰邨', '环卫工人与邻村'],
    ['乾淨', '干净'],
    ['甚麼', '什么'],
    ['託管週歲', '托管周岁'],
    ['习近平著', '习近平著'],
    ['瞭解後面的皇后', '了解后面的皇后'],
  ])('folds %s to %s', (traditional, simplified) => {
    expect(foldScript(traditional)).toBe(simplified)
  })

  it('folds every character that the tables fold, whatever stands around it', () => {
    const convert = Converter({ from: 't', to: 'cn' })
    const characters = Array.from({ length: 0xd800 }, (_, code) => String.fromCharCode(code))
    const folded = characters.filter(
      (character) =>
        convert(character) !== character &&
        convert(character).length === 1 &&
        !'著乾甚'.includes(character),
    )
    expect(folded.length).toBeGreaterThan(2000)
    for (const character of folded) {
      expect(foldScript(`中${character}中`)).toBe(`中${convert(character)}中`)
    }
  })

  it('keeps the length of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldScript(text)).toHaveLength(text.length)
      }),
    )
  })
})

describe('foldForMatching', () => {
  it('makes width, case, script and quotation marks alike', () => {
    expect(foldForMatching('「ＡＰＰ」工會Ｅ卡（３０個）')).toBe('"app"工会e卡(30个)')
    expect(foldForMatching('“app”工会e卡(30个)')).toBe('"app"工会e卡(30个)')
  })

  it('drops white space only on request', () => {
    expect(foldForMatching('办好 八件')).toBe('办好 八件')
    expect(foldWithoutSpaces('办好　八件\n实事')).toBe('办好八件实事')
  })
})
