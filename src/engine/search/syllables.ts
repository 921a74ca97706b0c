import { pinyin } from 'pinyin-pro'

/** Every syllable of pinyin without its tone; ü is written v, as people type it. */
const syllables: ReadonlySet<string> = new Set(
  `a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng cha
  chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu cuan cui
  cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo e ei en eng er
  fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo ha
  hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong
  jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang
  lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve ma mai man mang mao me mei
  men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning
  niu nong nou nu nuan nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian
  qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai
  san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun
  shuo si song sou su suan sui sun suo ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun
  tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao
  ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen
  zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo`.split(/\s+/),
)
const longest = 6

/** Beginnings of syllables, each with the syllables that begin so. */
const beginnings: ReadonlyMap<string, readonly string[]> = byBeginning()

function byBeginning(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const syllable of syllables) {
    for (let length = 1; length <= syllable.length; length += 1) {
      const beginning = syllable.slice(0, length)
      found.set(beginning, [...(found.get(beginning) ?? []), syllable])
    }
  }
  return found
}

/**
 * Characters of names whose readings are not the two that come first in the dictionary: surnames come later there, and
 * readings of classical texts would fill the index with what nobody types.
 */
const readingsOfNames: Readonly<Record<string, readonly string[]>> = {
  单: ['dan', 'shan'],
  朴: ['pu', 'piao'],
  大: ['da'],
  和: ['he'],
  合: ['he'],
  南: ['nan'],
  广: ['guang'],
  厂: ['chang'],
  家: ['jia'],
  食: ['shi'],
  石: ['shi'],
}

const mostReadings = 2
const remembered = new Map<string, readonly string[]>()

/** How a Chinese character is read, at most two ways, without tones; nothing for other characters. */
export function readingsOf(character: string): readonly string[] {
  const known = remembered.get(character)
  if (known) return known
  const found = readingsOfNames[character] ?? readIn(character)
  remembered.set(character, found)
  return found
}

function readIn(character: string): readonly string[] {
  const readings = pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true })
  return readings.filter((reading) => syllables.has(reading)).slice(0, mostReadings)
}

const mostSpellings = 12

/**
 * Every way to read letters as syllables, of whose last perhaps only the beginning was typed: `xian` is xian and xi’an,
 * `huaw` is hua and some w. Nothing if they are none.
 */
export function spellingsOf(letters: string): readonly (readonly string[])[] {
  const found: (readonly string[])[] = []
  const go = (from: number, before: readonly string[]): void => {
    const rest = letters.slice(from)
    if (found.length >= mostSpellings || rest === '') return
    if (beginnings.has(rest)) found.push([...before, rest])
    for (let length = Math.min(longest, rest.length - 1); length > 0; length -= 1) {
      const part = rest.slice(0, length)
      if (syllables.has(part)) go(from + length, [...before, part])
    }
  }
  go(0, [])
  return found
}

/** The syllables that begin so, the beginning itself among them if it is one. */
export function syllablesFrom(beginning: string): readonly string[] {
  return beginnings.get(beginning) ?? []
}
