import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAmount, scaleOf } from './read-amount.ts'

const valueOf = (text: string) => {
  const reading = readAmount(text)
  return reading.ok ? reading.value : reading.reason
}

describe('readAmount', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['1054', '1054'],
    ['¥1,234.50', '1234.5'],
    ['￥１，２３４．５０', '1234.5'],
    ['$ 26,768', '26768'],
    ['US$1,000', '1000'],
    ['1234.50 CNY', '1234.5'],
    ['RMB 12', '12'],
    ['1,234元', '1234'],
    ['1.2万', '12000'],
    ['1.2万元', '12000'],
    ['3,000 万', '30000000'],
    ['3千万', '30000000'],
    ['1亿2000万', '120000000'],
    ['1.5亿', '150000000'],
    ['2万亿', '2000000000000'],
    ['1.2w', '12000'],
    ['1.5K', '1500'],
    ['2.3 million', '2300000'],
    ['(1,234)', '-1234'],
    ['（1,234.5）', '-1234.5'],
    ['-¥5', '-5'],
    ['¥-5', '-5'],
    ['1,234-', '-1234'],
    ['−12', '-12'],
    ['1.234,50', '1234.5'],
    ['1.234.567', '1234567'],
    ["1'234'567.89", '1234567.89'],
    ['1 234 567', '1234567'],
    ['12,3456', '123456'],
    ['12,34,567', '1234567'],
    ['12%', '12'],
    ['1.2E+05', '120000'],
    ['.5', '0.5'],
    ['0.1234', '0.1234'],
    ['99999999999999.9999', '99999999999999.9999'],
  ])('reads %s', (text, value) => expect(valueOf(text)).toBe(value))

  it.each([
    '',
    'abc',
    '1,23,4',
    '1.2.3',
    '3万5',
    '5万1亿',
    '--5',
    '(-5)',
    '12 34',
    '1e999',
    'NaN',
    'Infinity',
    '0x10',
    '约12',
    '12-15',
  ])('refuses %s', (text) => expect(valueOf(text)).toBe('NOT_A_NUMBER'))

  it('marks a decimal comma as a doubt', () => {
    expect(readAmount('12,5')).toEqual({ ok: true, value: '12.5', isPercent: false, doubt: 'DECIMAL_COMMA' })
  })

  it('reads back whatever people print, to the last digit', () => {
    const cents = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
    fc.assert(
      fc.property(cents, (minor) => {
        const size = minor < 0n ? -minor : minor
        const whole = (size / 100n).toString()
        const part = (size % 100n).toString().padStart(2, '0')
        const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
        const exact = part === '00' ? whole : `${whole}.${part}`.replace(/0$/, '')
        const expected = minor < 0n ? `-${exact}` : exact
        expect(valueOf(`${minor < 0n ? '-' : ''}¥${grouped}.${part}`)).toBe(expected)
        expect(valueOf(minor < 0n ? `(${grouped}.${part})` : `${grouped}.${part} 元`)).toBe(expected)
      }),
    )
  })

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void readAmount(text)))
  })
})

describe('scaleOf', () => {
  it('finds the unit that a header announces', () => {
    expect(scaleOf('金额（万元）')).toBe('10000')
    expect(scaleOf('金额(单位：万元)')).toBe('10000')
    expect(scaleOf('Revenue (K)')).toBe('1000')
    expect(scaleOf('年营业额万元')).toBe('10000')
    expect(scaleOf('金额 / 亿元')).toBe('100000000')
    expect(scaleOf('万元')).toBeUndefined()
    expect(scaleOf('单元')).toBeUndefined()
    expect(scaleOf('金额(元)')).toBeUndefined()
    expect(scaleOf('金额')).toBeUndefined()
  })
})
