import type { Language } from '#base/label.ts'
import { fold } from '#engine/transfer/fold.ts'
import { countries, countryName } from './countries.ts'
import { divisions } from './divisions.ts'
import { provincesInEnglish } from './english.ts'
import { home, type Region, type Regions } from './region.ts'

const abroad: readonly Region[] = countries.map((code) => ({ code, name: countryName(code, 'zh'), parent: null }))
const all: readonly Region[] = [...abroad, ...divisions]
const byCode = new Map(all.map((region) => [region.code, region]))
const byParent = Map.groupBy(divisions, (region) => region.parent)
const isDivision = (code: string) => /^\d/.test(code)

/** Every region that is known; the data is a few hundred kilobytes, so browsers load this file when it is asked for. */
export const regions: Regions = {
  find: (code) => byCode.get(code),
  nameOf,
  fullNameOf: (code, language) => {
    const path = pathTo(code)
    const names = path.map((region) => nameOf(region.code, language))
    return names.length === 0 ? code : language === 'zh' ? names.join('') : names.toReversed().join(', ')
  },
  childrenOf: (code) =>
    code === null
      ? abroad.toSorted((a, b) => Number(b.code === home) - Number(a.code === home))
      : (byParent.get(code) ?? []),
  read: readRegion,
  search: (text, most) => {
    const wanted = fold(text)
    if (wanted === '') return []
    const found = all.filter((region) => spellingsOf(region).some((name) => name.includes(wanted)))
    const begins = (region: Region) => spellingsOf(region).some((name) => name.startsWith(wanted))
    return found.toSorted((a, b) => Number(begins(b)) - Number(begins(a)) || sizeOf(a) - sizeOf(b)).slice(0, most)
  },
}

const sizeOf = (region: Region) => (isDivision(region.code) ? region.code.length : 3)

function nameOf(code: string, language: Language): string {
  if (!isDivision(code)) return byCode.has(code) ? countryName(code, language) : code
  return (language === 'en' ? provincesInEnglish[code] : undefined) ?? byCode.get(code)?.name ?? code
}

/** From the province down, without the country. */
function pathTo(code: string): readonly Region[] {
  const region = byCode.get(code)
  if (!region) return []
  return region.parent === null || region.parent === home ? [region] : [...pathTo(region.parent), region]
}

const peoples =
  '汉|满|回|藏|壮|苗|侗|彝|瑶|白|傣|黎|畲|羌|蒙古|维吾尔|哈萨克|布依|朝鲜|土家|哈尼|傈僳|拉祜|水|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|怒|鄂温克|裕固|保安|独龙|鄂伦春|各'
const ending = new RegExp(
  `((${peoples})族|维吾尔|壮族|回族)*(特别行政区|自治区|自治州|自治县|自治旗|联合旗|林区|特区|地区|省|市|盟|州|区|县|旗)$`,
)

/** 浙江省 → 浙江, 恩施土家族苗族自治州 → 恩施; what would be left of a single character keeps its ending. */
function bare(name: string): string {
  const short = name.replace(ending, '')
  return short.length >= 2 ? short : name
}

/** Abbreviations in daily use. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  CN: ['中华人民共和国', '大陆', 'PRC', "People's Republic of China"],
  US: ['USA', 'United States of America', '美利坚合众国'],
  GB: ['UK', 'England', 'Great Britain'],
  KR: ['Korea', '南韩'],
  RU: ['Russian Federation'],
  VN: ['Viet Nam'],
  '15': ['内蒙'],
  '54': ['Tibet'],
  '81': ['香港', 'HK'],
  '82': ['澳门', 'Macau'],
}

const spelled: ReadonlyMap<string, readonly string[]> = new Map(
  all.map((region) => {
    const english = isDivision(region.code) ? provincesInEnglish[region.code] : countryName(region.code, 'en')
    const names = [region.name, bare(region.name), ...(english ? [english] : []), ...(otherNames[region.code] ?? [])]
    return [region.code, [...new Set(names.map(fold))]]
  }),
)

const spellingsOf = (region: Region): readonly string[] => spelled.get(region.code) ?? []

interface Spelling {
  readonly region: Region
  readonly name: string
}

const spellings: readonly Spelling[] = all.flatMap((region) => spellingsOf(region).map((name) => ({ region, name })))
const byName = Map.groupBy(spellings, ({ name }) => name)
const byEnding = Map.groupBy(
  spellings.filter(({ region, name }) => isDivision(region.code) && name.length > 1),
  ({ name }) => name.slice(-2),
)

function readRegion(text: string): string | undefined {
  const written = text.trim()
  const code = written.toUpperCase()
  if (/^(\d{2}|\d{4}|\d{6}|[A-Z]{2})$/.test(code)) {
    const known = byCode.get(code) ?? byCode.get(code.replace(/(00)+$/, ''))
    if (known) return known.code
  }
  const parts = fold(written.replaceAll(/[,，、>|;；]/g, ''))
  if (parts === '') return undefined
  return best((byName.get(parts) ?? []).map(({ region }) => region)) ?? readPath(parts)
}

/** The largest of several of one name; of several as large none, for nobody knows which is meant. */
function best(found: readonly Region[]): string | undefined {
  const largest = Math.min(...found.map(sizeOf))
  const meant = found.filter((region) => sizeOf(region) === largest)
  // A district that was founded anew under its old name stands there twice; the new one has the higher code.
  const isOne = new Set(meant.map(({ name, parent }) => `${name} ${parent}`)).size === 1
  return isOne ? meant.at(-1)?.code : undefined
}

/** Names one after the other, the larger first; the last one is meant, the ones before say where it lies. */
function readPath(text: string): string | undefined {
  const ends = (byEnding.get(text.slice(-2)) ?? []).filter(({ name }) => text.endsWith(name))
  const meant = ends.filter(({ region, name }) => liesIn(region, text.slice(0, -name.length)))
  const exactly = meant.filter(({ region, name }) => name === fold(region.name))
  return best(exactly.map(({ region }) => region)) ?? best(meant.map(({ region }) => region))
}

/** Whether the text names one or more of the regions around it and nothing else. */
function liesIn(region: Region, text: string): boolean {
  if (text === '') return true
  const parent = region.parent === null ? undefined : byCode.get(region.parent)
  if (!parent) return false
  const isNamed = spellingsOf(parent).some((name) => text.endsWith(name) && liesIn(parent, text.slice(0, -name.length)))
  return isNamed || liesIn(parent, text)
}
