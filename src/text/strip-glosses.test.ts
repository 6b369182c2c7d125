import { describe, expect, it } from 'vitest'
import { stripGlosses } from './strip-glosses.ts'

describe('stripGlosses', () => {
  it.each([
    ['市總工會(huì)召開(kāi)大會(huì)', '市總工會召開大會'],
    ['黨組(擴(kuò)大)會(huì)議', '黨組(擴大)會議'],
    ['黨組（擴（kuò）大）', '黨組（擴大）'],
    ['擴( kuò )大', '擴大'],
    ['綠(lǜ)色、專(zhuān)項(xiàng)、過(guò)', '綠色、專項、過'],
    ['工人日?qǐng)?bào)', '工人日??'],
    ['勞動(dòng)獎(jiǎng)?wù)?0個(gè)', '勞動獎??0個'],
  ])('turns %s into %s', (glossed, plain) => {
    expect(stripGlosses(glossed)).toBe(plain)
  })

  it('takes a reading without tone only in a text full of readings', () => {
    expect(stripGlosses('們(men)')).toBe('們(men)')
    const glossed = '總(zǒng)會(huì)開(kāi)實(shí)務(wù)孩子們(men)'
    expect(stripGlosses(glossed)).toBe('總會開實務孩子們')
  })

  it('leaves real brackets alone', () => {
    for (const text of [
      '网约车(出租车)',
      '工会(APP)',
      '互联网(IT)',
      '(一)抓服务',
      '单位(CT、B超)',
    ]) {
      expect(stripGlosses(text)).toBe(text)
    }
  })
})
