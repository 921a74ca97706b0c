import { describe, expect, it } from 'vitest'
import { plain, ratioOf, readDecimal, sumOf } from './decimal.ts'
import { roundToCurrency, unitOf } from './currency.ts'
import { shortForm } from './short-form.ts'
import { fromUnits, isWhole, toUnits } from './units.ts'

describe('decimals', () => {
  it('travel without exponent, trailing zeros or minus zero', () => {
    expect(['10005534.0000', '0.10', '-0', '1e21', '0.00000001'].map(plain)).toEqual([
      '10005534',
      '0.1',
      '0',
      '1000000000000000000000',
      '0.00000001',
    ])
  })

  it('add up exactly', () => {
    expect(sumOf(['0.1', '0.2'])).toBe('0.3')
    expect(sumOf(Array.from({ length: 1000 }, () => '0.001'))).toBe('1')
  })

  it('have no ratio to zero', () => {
    expect(ratioOf('1', '3')).toBe(0.333333)
    expect(ratioOf('1', '0')).toBeNull()
  })

  it.each([
    ['1,200.50', '1200.5'],
    ['１２００', '1200'],
    ['¥1,200', '1200'],
    ['-¥5', '-5'],
    ['(300)', '-300'],
    ['120万', '1200000'],
    ['1.5亿', '150000000'],
    ['1.2M', '1200000'],
    ['12元', '12'],
    [' 7 ', '7'],
    ['.5', '0.5'],
  ])('are read from %j', (text, value) => {
    expect(readDecimal(text)).toEqual({ ok: true, value })
  })

  it.each([
    ['', 'empty'],
    ['abc', 'not-a-number'],
    ['1.2.3', 'not-a-number'],
    ['1,2', 'not-a-number'],
    ['--1', 'not-a-number'],
    ['1e5', 'not-a-number'],
    ['99999999999999999999', 'too-large'],
  ])('are not read from %j: %s', (text, reason) => {
    expect(readDecimal(text)).toEqual({ ok: false, reason })
  })
})

describe('currencies and units', () => {
  it('know the smallest payable amount', () => {
    expect(['CNY', 'USD', 'JPY', 'KWD'].map(unitOf)).toEqual(['0.01', '0.01', '1', '0.001'])
    expect(roundToCurrency('1.005', 'CNY')).toBe('1.01')
    expect(roundToCurrency('-1.005', 'CNY')).toBe('-1.01')
    expect(roundToCurrency('1.5', 'JPY')).toBe('2')
  })

  it('turn amounts into counts and back', () => {
    expect(toUnits('1234.56', '0.01')).toBe(123456n)
    expect(fromUnits(123456n, '0.01')).toBe('1234.56')
    expect(['-0.05', '12.5000', '7', '-1234.5'].map((value) => toUnits(value, '0.01'))).toEqual([
      -5n,
      1250n,
      700n,
      -123450n,
    ])
    expect([-5n, 1250n, 700n, 0n].map((count) => fromUnits(count, '0.01'))).toEqual(['-0.05', '12.5', '7', '0'])
    expect([toUnits('1500', '1000'), toUnits('0.005', '0.01')]).toEqual([2n, 1n])
    expect(isWhole('1.001', '0.01')).toBe(false)
    expect(isWhole('1.10', '0.01')).toBe(true)
  })
})

describe('short forms', () => {
  it.each([
    ['10005534', 'zh', '1,000.6万'],
    ['10005534', 'en', '10M'],
    ['123456789', 'zh', '1.2亿'],
    ['99999999', 'zh', '1亿'],
    ['999999', 'en', '1M'],
    ['-12345', 'zh', '-1.2万'],
    ['9999.5', 'zh', '9,999.5'],
    ['0', 'en', '0'],
    ['1500', 'en', '1.5K'],
  ] as const)('shows %s in %s as %s', (value, language, text) => {
    expect(shortForm(value, language).text).toBe(text)
  })

  it('keeps the exact value', () => {
    expect(shortForm('12345678901234567.1234', 'zh').exact).toBe('12,345,678,901,234,567.1234')
  })
})
