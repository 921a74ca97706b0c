import { describe, expect, it } from 'vitest'
import { regions } from './regions.ts'

describe('a region in text', () => {
  it.each([
    ['浙江', '33'],
    ['浙江省', '33'],
    ['Zhejiang', '33'],
    ['杭州', '3301'],
    ['浙江杭州', '3301'],
    ['浙江省 杭州市', '3301'],
    ['浙江省杭州市西湖区', '330106'],
    ['浙江西湖', '330106'],
    ['中国浙江省杭州市西湖区', '330106'],
    ['北京', '11'],
    ['北京市海淀区', '110108'],
    ['北京朝阳', '110105'],
    ['吉林省', '22'],
    ['吉林吉林', '2202'],
    ['吉林市', '2202'],
    ['恩施', '4228'],
    ['湖北仙桃', '429004'],
    ['海南省琼海市', '469002'],
    ['内蒙古', '15'],
    ['内蒙古呼和浩特', '1501'],
    ['新疆', '65'],
    ['Hong Kong', '81'],
    ['香港', '81'],
    ['330106', '330106'],
    ['330100', '3301'],
    ['330000', '33'],
    ['挪威', 'NO'],
    ['Norway', 'NO'],
    ['us', 'US'],
    ['中国', 'CN'],
  ])('%s is read as %s', (text, code) => {
    expect(regions.read(text)).toBe(code)
  })

  it('is not guessed where several are meant, or none', () => {
    // Nine cities have a 鼓楼区 or a 朝阳区; 朝阳 alone is the city in 辽宁.
    expect(regions.read('鼓楼区')).toBeUndefined()
    expect(regions.read('朝阳区')).toBeUndefined()
    expect(regions.read('朝阳')).toBe('2113')
    expect(regions.read('亚特兰蒂斯')).toBeUndefined()
    expect(regions.read('浙江西二区')).toBeUndefined()
    expect(regions.read('')).toBeUndefined()
  })

  it('comes back from every full name', () => {
    const provinces = regions.childrenOf('CN')
    const cities = provinces.flatMap((region) => regions.childrenOf(region.code))
    const districts = cities.flatMap((region) => regions.childrenOf(region.code))
    const names = [...provinces, ...cities, ...districts].map((region) => regions.fullNameOf(region.code, 'zh'))
    expect(names.filter((name) => regions.fullNameOf(regions.read(name) ?? '', 'zh') !== name)).toEqual([])
  })
})

describe('a region', () => {
  it('is named in both languages, with what it lies in', () => {
    expect(regions.nameOf('33', 'zh')).toBe('浙江省')
    expect(regions.nameOf('33', 'en')).toBe('Zhejiang')
    expect(regions.nameOf('NO', 'en')).toBe('Norway')
    expect(regions.fullNameOf('330106', 'zh')).toBe('浙江省杭州市西湖区')
    expect(regions.fullNameOf('3301', 'en')).toBe('杭州市, Zhejiang')
    expect(regions.nameOf('99', 'zh')).toBe('99')
  })

  it('knows what lies in it: provinces in China, cities in provinces, districts of municipalities directly', () => {
    expect(regions.childrenOf(null)[0]?.code).toBe('CN')
    expect(regions.childrenOf('CN')).toHaveLength(34)
    expect(regions.childrenOf('33').map((region) => region.code)).toContain('3301')
    expect(regions.childrenOf('11').map((region) => region.code)).toContain('110108')
    expect(regions.childrenOf('46').map((region) => region.code)).toContain('469002')
    expect(regions.childrenOf('3301').map((region) => region.name)).not.toContain('市辖区')
  })

  it('has a code that begins with that of what it lies in', () => {
    const codes = regions
      .childrenOf('CN')
      .flatMap((province) =>
        [province, ...regions.childrenOf(province.code)].flatMap((region) => [
          region,
          ...regions.childrenOf(region.code),
        ]),
      )
    expect(codes.length).toBeGreaterThan(3000)
    expect(codes.filter(({ code, parent }) => parent !== 'CN' && !code.startsWith(parent ?? ''))).toEqual([])
  })

  it('is found by a part of its name, larger ones first', () => {
    expect(regions.search('杭', 3)[0]?.code).toBe('3301')
    expect(regions.search('zhe', 3)[0]?.code).toBe('33')
    expect(regions.search('朝阳', 9).map((region) => region.code)).toContain('110105')
  })
})
