import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bareCompanyName } from './company-name.ts'
import { bareCreditCode, checkCharacterOf, isCreditCode } from './credit-code.ts'
import { newGrouping } from './group.ts'
import { areAlike, keysOf } from './keys.ts'
import { isNear, nearKeys, nearName } from './near-name.ts'
import { normalise } from './normalise.ts'
import { barePhone } from './phone.ts'

describe('a company name is compared without', () => {
  it.each([
    [
      'its legal form',
      ['华为技术有限公司', '华为技术有限责任公司', '华为技术股份有限公司', '华为技术集团有限公司', '华为技术'],
    ],
    [
      'a region in brackets',
      ['华为技术（深圳）有限公司', '华为(中国)技术有限公司', '华为技术【广东省】', '华为技术 (China)'],
    ],
    ['width, case and spaces', ['ＡＣＭＥ　Ｔｒａｄｉｎｇ', 'acme  trading', 'Acme-Trading']],
    [
      'a legal form in English',
      ['Acme Trading Co., Ltd.', 'ACME TRADING CO LTD', 'The Acme Trading Company, Inc', 'Acme Trading S.A.'],
    ],
  ])('%s', (_what, names) => {
    expect(new Set(names.map(bareCompanyName)).size).toBe(1)
  })

  it.each([
    ['集团公司', '集团'],
    ['Limited', 'limited'],
    ['（）', ''],
    ['杭州东方（原西湖）有限公司', '杭州东方原西湖'],
  ])('what makes %s a name', (name, bare) => expect(bareCompanyName(name)).toBe(bare))

  it('but a branch is not its head office, nor 华为 華為终端', () => {
    expect(bareCompanyName('东方公司上海分公司')).not.toBe(bareCompanyName('东方公司'))
    expect(bareCompanyName('华为终端有限公司')).not.toBe(bareCompanyName('华为技术有限公司'))
  })

  it('and comparing what was compared changes nothing', () => {
    const part = fc.constantFrom(
      '华',
      '为',
      '有限公司',
      '集团',
      '（上海）',
      '(',
      ')',
      ' ',
      'Acme',
      'Co',
      'ltd',
      '.',
      '北京',
      '股份',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 3 })), { maxLength: 8 }), (parts) => {
        const once = bareCompanyName(parts.join(''))
        expect(bareCompanyName(once.toUpperCase())).toBe(bareCompanyName(once))
        expect(once).not.toMatch(/\s/)
      }),
    )
  })
})

describe('a phone number is compared', () => {
  it.each([
    [
      '13800138000',
      [
        '138 0013 8000',
        '+86 138-0013-8000',
        '0086 13800138000',
        '8613800138000',
        '（138）00138000',
        '１３８００１３８０００',
      ],
    ],
    [
      '057188881234',
      ['0571-8888-1234', '+86 571 88881234', '+86 0571 8888 1234', '(0571) 88881234', '0086-571-88881234'],
    ],
    ['057188881234x801', ['0571-88881234-801', '0571 88881234 转 801', '0571-8888-1234 ext. 801', '057188881234#801']],
    ['01088888880', ['010-8888-8880', '+86 10 8888 8880']],
    ['+14155552671', ['+1 (415) 555-2671', '001 415 555 2671']],
    ['+442079460958', ['+44 20 7946 0958']],
    ['', ['0000000', '11111111', '123', '', '转801']],
  ])('as %s', (bare, written) => expect(written.map(barePhone)).toEqual(written.map(() => bare)))

  it('whatever stands between its digits', () => {
    const digits = fc.stringMatching(/^1[3-9]\d{9}$/)
    const gap = fc.constantFrom('', ' ', '-', '.', '  ')
    fc.assert(
      fc.property(digits, gap, gap, (number, one, other) => {
        const written = `${number.slice(0, 3)}${one}${number.slice(3, 7)}${other}${number.slice(7)}`
        fc.pre(!/^(\d)\1*$/.test(number))
        expect([barePhone(written), barePhone(`+86 ${written}`)]).toEqual([number, number])
      }),
    )
  })
})

describe('a credit code', () => {
  it.each(['91330100799655058B', '91110000802100433B'])('%s has its check character', (code) =>
    expect(isCreditCode(code)).toBe(true),
  )

  it('is the same with spaces, dashes, small and wide letters', () => {
    expect(
      ['9133 0100 7996 5505 8b', '91330100-799655058B', '９１３３０１００７９９６５５０５８Ｂ'].map(bareCreditCode),
    ).toEqual(Array.from({ length: 3 }, () => '91330100799655058B'))
  })

  it('with one character mistaken is none', () => {
    const letter = fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY')
    fc.assert(
      fc.property(fc.array(letter, { minLength: 17, maxLength: 17 }), fc.nat(17), letter, (letters, at, wrong) => {
        const body = letters.join('')
        const code = body + checkCharacterOf(body)
        expect(isCreditCode(code)).toBe(true)
        fc.pre(code.charAt(at) !== wrong)
        expect(isCreditCode(code.slice(0, at) + wrong + code.slice(at + 1))).toBe(false)
      }),
    )
    expect(checkCharacterOf('I'.repeat(17))).toBeUndefined()
  })
})

it('an e-mail address is compared without case and spaces', () => {
  expect(normalise('email', ' Li.Si@Example.COM ')).toBe('li.si@example.com')
})

describe('similar names', () => {
  it.each([
    ['深圳市华强电子科技有限公司', '深圳华强电子科技有限公司', true],
    ['华强电子科技有限公司', '华强电子料技有限公司', true],
    ['北京字节跳动科技有限公司', '字节跳动科技（北京）有限公司', true],
    ['Acme Industries Ltd', 'Acme Idnustries', true],
    ['华为', '华润', false],
    ['东方红一号', '东方红二号楼宇', false],
    ['中国工商银行', '中国建设银行', false],
  ])('%s and %s: %s', (one, other, near) => expect(isNear(nearName(one), nearName(other))).toBe(near))

  it('with one slip have a key in common', () => {
    const letter = fc.constantFrom(...'华为中兴电子科技贸易')
    const name = fc.array(letter, { minLength: 5, maxLength: 16 }).map((letters) => letters.join(''))
    fc.assert(
      fc.property(name, fc.nat(15), letter, fc.constantFrom('less', 'other', 'more'), (whole, place, next, slip) => {
        const at = place % whole.length
        const slipped = whole.slice(0, at) + (slip === 'less' ? '' : next) + whole.slice(slip === 'more' ? at : at + 1)
        const keys = new Set(nearKeys(whole))
        expect(nearKeys(slipped).some((key) => keys.has(key))).toBe(true)
        expect(isNear(whole, slipped)).toBe(true)
      }),
    )
  })
})

describe('a rule', () => {
  const rule = {
    compares: [
      { field: 'account', way: 'exact' as const },
      { field: 'name', way: 'company' as const },
    ],
  }

  it('has a key only where each of its fields says something', () => {
    expect(keysOf(rule, { account: 'A', name: '华为公司' })).toEqual(['a  华为'])
    expect(keysOf(rule, { account: null, name: '华为公司' })).toEqual([])
    expect(keysOf(rule, null)).toEqual([])
  })

  it('suspects two records exactly where they share a key, unless likeness decides', () => {
    const values = fc.record({
      account: fc.constantFrom('a', 'b', null),
      name: fc.constantFrom('华为', '华为公司', '中兴', ''),
    })
    fc.assert(
      fc.property(values, values, (one, other) => {
        const shared = keysOf(rule, one).some((key) => keysOf(rule, other).includes(key))
        expect(areAlike(rule, one, other)).toBe(shared)
      }),
    )
  })
})

it('pairs join to groups, however far they reach', () => {
  const grouping = newGrouping()
  const join = (one: string, other: string, rule: string) => grouping.join({ one, other, rule })
  join('a', 'b', 'x')
  join('c', 'd', 'x')
  join('d', 'a', 'y')
  join('e', 'f', 'y')
  const groups = grouping.groups()
  expect(groups.map((group) => [...group.keys()].sort())).toEqual([
    ['a', 'b', 'c', 'd'],
    ['e', 'f'],
  ])
  expect([...(groups[0]?.get('d') ?? [])].sort()).toEqual(['x', 'y'])
})

it('keys never hold half of a rare character', () => {
  const names = ['𠮷野家公司', `${'华'.repeat(23)}𠮷野`, `a${'𠮷'.repeat(150)}`]
  const keys = names.flatMap((name) => [
    ...nearKeys(name),
    ...keysOf({ compares: [{ field: 'name', way: 'exact' }] }, { name: name.repeat(3) }),
  ])
  expect(keys.filter((key) => !key.isWellFormed())).toEqual([])
})
