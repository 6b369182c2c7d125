import { describe, expect, it } from 'vitest'
import divisions from '../../data/divisions.json' with { type: 'json' }
import { createGazetteer } from './gazetteer.ts'

const gazetteer = createGazetteer(divisions)
const found = (text: string) => gazetteer.findIn(text).map(({ jurisdiction }) => jurisdiction.name)

describe('resolve', () => {
  it.each([
    ['甘肃平凉', '620800'],
    ['甘肃省/平凉市', '620800'],
    ['620800', '620800'],
    ['平凉', '620800'],
    ['西安市雁塔区', '610113'],
    ['陜西西安', '610100'],
    ['四川成都双流', '510116'],
    ['双流县', '510116'],
    ['吉林', '220000'],
    ['吉林省吉林市', '220200'],
    ['内蒙古', '150000'],
    ['北京朝阳', '110105'],
    ['贵州荔波', '522722'],
    ['平凉市总工会', '620800'],
    ['陕西咸阳乾县', '610424'],
    ['全国', '000000'],
  ])('reads %s as %s', (description, code) => {
    expect(gazetteer.resolve(description)?.code).toBe(code)
  })

  it.each(['', '火星', '999999', '鼓楼区', '平凉火星', '北京、天津、河北'])(
    'finds no one place in 「%s」',
    (description) => {
      expect(gazetteer.resolve(description)).toBeUndefined()
    },
  )

  it('names a place from the province down', () => {
    expect(gazetteer.byCode('620802')?.name).toBe('甘肃省平凉市崆峒区')
    expect(gazetteer.byCode('110105')?.name).toBe('北京市朝阳区')
  })
})

describe('findIn', () => {
  it.each([
    ['甘肃省平凉市总工会召开会议', ['甘肃省平凉市']],
    ['陜西省总工会', ['陕西省']],
    ['成都双流为职工子女提供托管', ['四川省成都市双流区']],
    ['记者从双流区总工会获悉', ['四川省成都市双流区']],
    ['四川泸州龙马潭区', ['四川省泸州市龙马潭区']],
    ['广东省和湖南省', ['广东省', '湖南省']],
    ['南京市鼓楼区', ['江苏省南京市鼓楼区']],
  ])('finds the places of 「%s」', (text, names) => {
    expect(found(text)).toEqual(names)
  })

  it('settles a name that many places bear by the place named elsewhere', () => {
    expect(found('福州市总工会慰问职工,鼓楼区总工会参加')).toEqual([
      '福建省福州市',
      '福建省福州市鼓楼区',
    ])
    expect(found('鼓楼区总工会参加')).toEqual([])
  })

  it.each([
    '维护和平与安康',
    '职工互助保险',
    '会同区县总工会跟进',
    '防暑保安康',
    '国家长治久安',
    '红星街道春晖路',
    '上海路与北京东路的路口',
    '普洱袋泡茶',
    '各位来宾',
    '聚焦科技创新和产业升级',
  ])('takes no word for a place in 「%s」', (text) => {
    expect(found(text)).toEqual([])
  })

  it('says where each place stands', () => {
    const text = '据悉,甘肃平凉的工会'
    const [mention] = gazetteer.findIn(text)
    expect(text.slice(mention?.start, mention?.end)).toBe('甘肃平凉')
  })
})
