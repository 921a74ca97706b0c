import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SearchedAs } from '#engine/model/object-type.ts'
import { compareScores, judge, type Candidate } from './judge.ts'
import { isOneEdit, nearPhrasesOf } from './near.ts'
import { places } from './place.ts'
import { termsOf, type Phrase } from './plan.ts'
import { spellingsOf } from './syllables.ts'
import { tokensOf, type Token } from './tokens.ts'

const tokensOfName = (text: string) => tokensOf([{ text, as: 'name', isTitle: true }])
const named = (text: string) => tokensOfName(text).map(({ token }) => token)

const candidate = (text: string, as: SearchedAs = 'name', isTitle = true): Candidate => ({
  texts: [{ field: 'name', text, as, isTitle }],
  isOwn: false,
  updatedAt: 0,
})

/** What the table answers: does a record with these tokens have one of the phrases? */
function hints(phrases: readonly Phrase[], tokens: readonly Token[]): boolean {
  return phrases.some(([first, ...others]) =>
    tokens.some(
      ({ token, place }) =>
        first?.tokens.includes(token) &&
        others.every(({ tokens: wanted, shift }) => {
          const end = place < places.firstOfOthers ? places.lastOfTitle : places.lastOfOthers
          const there = Math.min(place + shift * places.lengths, (place % places.lengths) + end)
          return tokens.some((other) => wanted.includes(other.token) && other.place === there)
        }),
    ),
  )
}

function finds(query: string, text: string, as: SearchedAs = 'name'): boolean {
  const terms = termsOf(query)
  const tokens = tokensOf([{ text, as, isTitle: true }])
  return terms.every((term) => hints(term.phrases, tokens)) && judge(terms, candidate(text, as)) !== undefined
}

function findsNearly(query: string, text: string): boolean {
  const terms = termsOf(query)
  const tokens = tokensOfName(text)
  return terms.every((term) => hints(nearPhrasesOf(term), tokens)) && judge(terms, candidate(text), true) !== undefined
}

describe('the tokens of a name', () => {
  it('are neighbours, syllables in pairs, initials by three, the beginning, and the legal form as one', () => {
    expect(new Set(named('华为技术有限公司'))).toEqual(
      new Set([
        ...['华为', '为技', '技术', '术有', '有限公司', '^华', 'hua'],
        ...['huawei', 'weiji', 'jishu', 'jizhu', 'shuyou', 'zhuyou'],
        ...['hwj', 'wjs', 'wjz', 'jsy', 'jzy', 'syx', 'zyx'],
      ]),
    )
  })

  it('stand in the order in which hits are ranked: the title first, then earlier, then shorter', () => {
    const placeOf = (token: string, text: string, isTitle = true) =>
      tokensOf([{ text, as: 'name', isTitle }]).find((one) => one.token === token)?.place ?? Number.NaN
    const inOrder = [
      placeOf('华为', '华为'),
      placeOf('华为', '华为技术'),
      placeOf('华为', '大华为'),
      placeOf('华为', '华为', false),
    ]
    expect([...inOrder].sort((one, other) => one - other)).toEqual(inOrder)
    expect(new Set(inOrder).size).toBe(4)
  })

  it('have both readings of a character that is read in two ways', () => {
    expect(named('重庆')).toEqual(expect.arrayContaining(['chongqing', 'zhongqing', 'cq', 'zq']))
    expect(named('单雄信')).toEqual(expect.arrayContaining(['shan', 'sxx', 'danxiong']))
  })

  it('are few: a company with code and phone has less than forty', () => {
    const account = tokensOf([
      { text: '北京华达机械有限公司', as: 'name', isTitle: true },
      { text: 'K0001234', as: 'code', isTitle: false },
      { text: '138 1234 5678', as: 'code', isTitle: false },
    ])
    expect(account.length).toBeLessThan(40)
  })
})

describe('a name', () => {
  it.each([
    ['华为', '深圳市华为技术有限公司'],
    ['华', '华为技术有限公司'],
    ['hw', '华为技术有限公司'],
    ['hw', '深圳市华为技术有限公司'],
    ['szshw', '深圳市华为技术有限公司'],
    ['huawei', '华为技术有限公司'],
    ['HuaWei', '华为技术有限公司'],
    ['huaw', '华为技术有限公司'],
    ['hua', '华为技术有限公司'],
    ['hu', '华为技术有限公司'],
    ['huaweijish', '华为技术有限公司'],
    ['cqyh', '重庆银行'],
    ['zqyh', '重庆银行'],
    ['zhongqing', '重庆银行'],
    ['xian', '西安电子'],
    ['fangan', '方案咨询'],
    ['有限公司', '华为技术有限公司'],
    ['限公', '华为技术有限公司'],
    ['术有限', '华为技术有限公司'],
    ['有限元', '有限元软件'],
    ['公司', '华为集团股份有限公司'],
    ['jsyx', '华为技术有限公司'],
    ['jishuyouxian', '华为技术有限公司'],
    ['深圳', '华为（深圳）技术'],
    ['华为深圳', '华为（深圳）技术'],
    ['360', '360科技'],
    ['0科', '360科技'],
    ['tec', '华为Tech'],
    ['Ｔｅｃｈ', 'tech data'],
    ['da', 'tech data'],
    ['技术 华为', '华为技术有限公司'],
    ['hw 技术', '华为技术有限公司'],
  ])('is found by %s: %s', (query, text) => {
    expect(finds(query, text)).toBe(true)
  })

  it.each([
    ['yx', '华为技术有限公司'],
    ['gs', '华为技术有限公司'],
    ['为', '华为技术有限公司'],
    ['wei', '华为技术有限公司'],
    ['ech', 'tech data'],
    ['华技', '华为技术有限公司'],
    ['hj', '华为技术有限公司'],
    ['华为 电子', '华为技术有限公司'],
  ])('is not found by %s: %s', (query, text) => {
    expect(finds(query, text)).toBe(false)
  })

  const characters = [...'华为科技北京重庆行长有限公司集团股份责任中国银电（）·a1 Z']
  const name = fc.array(fc.constantFrom(...characters), { minLength: 2, maxLength: 24 }).map((list) => list.join(''))

  it('is found by every part of it that has two characters or more, Chinese among them', () => {
    fc.assert(
      fc.property(name, fc.nat(), fc.nat(), (text, start, length) => {
        const from = start % text.length
        const part = text.slice(from, from + 2 + (length % 12))
        const together = part.replace(/[^\p{L}\p{N}]/gu, '')
        fc.pre(/\p{Script=Han}/u.test(together) && together.length > 1)
        return finds(together, text)
      }),
      { numRuns: 2000 },
    )
  })

  const chinese = fc
    .tuple(
      fc.array(fc.constantFrom(...'华为科技北京重庆银行长江美的'), { minLength: 2, maxLength: 8 }),
      fc.constantFrom('', '公司', '有限公司', '集团有限公司'),
    )
    .map(([list, form]) => list.join('') + form)

  it('is found by its initials and its syllables from the beginning on, whichever reading is typed', () => {
    fc.assert(
      fc.property(chinese, fc.integer({ min: 2, max: 12 }), fc.infiniteStream(fc.nat()), (text, length, choices) => {
        const read = [...text].slice(0, length).map((character) => {
          const readings = readingsFor(character)
          return readings[choices.next().value % readings.length] ?? ''
        })
        const initials = read.map((reading) => reading.charAt(0)).join('')
        const spoken = read.join('')
        return finds(initials, text) && finds(spoken, text) && finds(spoken.slice(0, -1), text)
      }),
      { numRuns: 1000 },
    )
  })
})

// Worked by hand: the readings of the characters above.
function readingsFor(character: string): readonly string[] {
  const all: Readonly<Record<string, string>> = {
    华: 'hua', 为: 'wei', 科: 'ke', 技: 'ji', 北: 'bei', 京: 'jing', 重: 'chong zhong', 庆: 'qing', 银: 'yin', 行: 'hang xing',
    长: 'chang zhang', 江: 'jiang', 美: 'mei', 的: 'de', 有: 'you', 限: 'xian', 公: 'gong', 司: 'si', 集: 'ji', 团: 'tuan',
  } // prettier-ignore
  return (all[character] ?? '').split(' ')
}

describe('codes, phones and e-mails', () => {
  it.each([
    ['138', '+86 138-1234-5678', 'code'],
    ['5678', '+86 138-1234-5678', 'code'],
    ['13812345678', '+86 138-1234-5678', 'code'],
    ['138-1234', '13812345678', 'code'],
    ['138 5678', '13812345678', 'code'],
    ['so2026', 'SO-2026-0012', 'code'],
    ['0012', 'SO-2026-0012', 'code'],
    ['so', 'SO-2026-0012', 'code'],
    ['shang', 'SHANGHAI-7', 'code'],
    ['a1', 'A1', 'code'],
    ['合同20', '合同2026001', 'code'],
    ['zhang', 'zhang.wei@huawei.com', 'email'],
    ['huawei', 'zhang.wei@huawei.com', 'email'],
    ['zhang.wei@hua', 'zhang.wei@huawei.com', 'email'],
  ] as const)('are found by %s: %s', (query, text, as) => {
    expect(finds(query, text, as)).toBe(true)
  })

  it.each([
    ['13', '13812345678', 'code'],
    ['1382', '13812345678', 'code'],
    ['com', 'zhang.wei@huawei.com', 'email'],
  ] as const)('are not found by %s: %s', (query, text, as) => {
    expect(finds(query, text, as)).toBe(false)
  })

  it('are found by every three digits of a number or more', () => {
    const number = fc.stringMatching(/^\d{7,13}$/)
    fc.assert(
      fc.property(number, fc.nat(), fc.nat(), (text, start, length) => {
        const from = start % (text.length - 2)
        return finds(text.slice(from, from + 3 + (length % 10)), text, 'code')
      }),
    )
  })
})

describe('with one mistake', () => {
  it.each([
    ['huawie', '华为技术有限公司'],
    ['hauwei', '华为技术有限公司'],
    ['huaweii', '华为技术有限公司'],
    ['huwei', '华为技术有限公司'],
    ['beijng', '北京华达机械有限公司'],
    ['terace', 'Terrace Software'],
    ['terrqce', 'Terrace Software'],
    ['华微科技', '华为科技有限公司'],
    ['华为克机', '华为科技有限公司'],
    ['华大科技', '深圳华为科技有限公司'],
    ['为科技术', '华为科技有限公司'],
  ])('%s finds %s', (query, text) => {
    expect(findsNearly(query, text)).toBe(true)
  })

  it.each([
    ['hau', '华为技术有限公司'],
    ['wahuie', '华为技术有限公司'],
    ['华大技', '华为科技有限公司'],
    ['中大科技', '华为科技有限公司'],
  ])('%s does not find %s', (query, text) => {
    expect(findsNearly(query, text)).toBe(false)
  })

  it('tells one edit from two', () => {
    const word = fc.stringMatching(/^[a-c]{0,6}$/)
    fc.assert(fc.property(word, word, (one, other) => isOneEdit(one, other) === distance(one, other) <= 1))
  })
})

/** Edits between two words, neighbours changing places counting as one: the textbook's table. */
function distance(one: string, other: string): number {
  const row = (at: number): number[] =>
    Array.from({ length: other.length + 1 }, (_, to) => (at === 0 ? to : to === 0 ? at : 0))
  const table = Array.from({ length: one.length + 1 }, (_, at) => row(at))
  const cell = (at: number, to: number): number => table[at]?.[to] ?? Infinity
  for (let at = 1; at <= one.length; at += 1) {
    for (let to = 1; to <= other.length; to += 1) {
      const swapped = at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]
      const best = Math.min(
        cell(at - 1, to) + 1,
        cell(at, to - 1) + 1,
        cell(at - 1, to - 1) + (one[at - 1] === other[to - 1] ? 0 : 1),
        swapped ? cell(at - 2, to - 2) + 1 : Infinity,
      )
      table[at]?.splice(to, 1, best)
    }
  }
  return cell(one.length, other.length)
}

describe('hits', () => {
  const ranked = (query: string, candidates: readonly Candidate[]) =>
    candidates
      .flatMap((one) => {
        const verdict = judge(termsOf(query), one)
        return verdict ? [{ text: one.texts[0]?.text, score: verdict.score }] : []
      })
      .sort((one, other) => compareScores(one.score, other.score))
      .map(({ text }) => text)

  it('come with whole titles first, then beginnings, then what stands earlier, then shorter ones', () => {
    const names = ['新华为科技', '深圳市华为', '华为技术有限公司', '华为终端', '新华为', '华为有限公司']
    expect(ranked('华为', names.map((name) => candidate(name)))).toEqual([
      '华为有限公司', '华为终端', '华为技术有限公司', '新华为', '新华为科技', '深圳市华为',
    ]) // prettier-ignore
  })

  it('come with what is written before what is spoken, the title before other texts', () => {
    const hw = [candidate('华为'), candidate('HW'), { ...candidate('hw-1', 'text', false) }]
    expect(ranked('hw', hw)).toEqual(['HW', '华为', 'hw-1'])
  })

  it('come with own records first where all else is equal, then those changed last', () => {
    const one = { ...candidate('华为一'), updatedAt: 1 }
    const two = { ...candidate('华为二'), updatedAt: 2 }
    const own = { ...candidate('华为三'), isOwn: true }
    expect(ranked('华为', [one, two, own])).toEqual(['华为三', '华为二', '华为一'])
  })

  it('say what to highlight, in the text as it is written', () => {
    const marked = (query: string, text: string) => {
      const [matched] = judge(termsOf(query), candidate(text))?.matched ?? []
      return matched?.ranges.map(([from, to]) => text.slice(from, to))
    }
    expect(marked('hw', '深圳市华为（中国）')).toEqual(['华为'])
    expect(marked('为中', '深圳市华为（中国）')).toEqual(['为（中'])
    expect(marked('技术 hua', '华为技术')).toEqual(['华', '技术'])
    expect(marked('ＨＷ', '𠮷HW')).toEqual(['HW'])
  })
})

describe('pinyin', () => {
  it('is spelled in every way that it can be read, the last syllable perhaps only begun', () => {
    expect(spellingsOf('xian')).toEqual(expect.arrayContaining([['xian'], ['xi', 'an']]))
    expect(spellingsOf('huaw')).toEqual(expect.arrayContaining([['hua', 'w']]))
    expect(spellingsOf('hw')).toEqual([])
  })
})
