import { home } from '#engine/region/region.ts'
import { regions } from '#engine/region/regions.ts'

const wider = new Set([
  '中国',
  '中国大陆',
  '大中华区',
  '全国',
  '亚太',
  '亚洲',
  '欧洲',
  '北美',
  '国际',
  '全球',
  'china',
  'prc',
  'asia',
  'apac',
])

/** Whether a text is the name of a country, a province, a city, a district, or of more than one country. */
export function isRegionName(text: string): boolean {
  return wider.has(text) || regions.read(text) !== undefined
}

/** 浙江省, 浙江, 杭州市, 杭州: provinces and the cities in them, as names of companies begin. */
const beginnings: ReadonlySet<string> = new Set(
  regions
    .childrenOf(home)
    .flatMap((province) => [province, ...regions.childrenOf(province.code)])
    .flatMap(({ name }) => [name, name.replace(/(特别行政区|(壮族|回族|维吾尔)?自治区|省|市|地区|盟)$/, '')])
    .filter((name) => name.length >= 2 && name.length <= 8),
)

/** A name without the provinces and cities that it begins with; as it is where nothing worth comparing would be left. */
export function withoutLeadingRegion(name: string): string {
  for (let length = 8; length >= 2; length -= 1) {
    if (name.length - length < 3 || !beginnings.has(name.slice(0, length))) continue
    return withoutLeadingRegion(name.slice(length).replace(/^[省市]/, ''))
  }
  return name
}
