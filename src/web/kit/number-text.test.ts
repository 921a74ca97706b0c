import { describe, expect, it } from 'vitest'
import {
  differenceUnit,
  everyDigit,
  exactNumber,
  percentText,
  pointsText,
  shortNumber,
  signedPercent,
} from './number-text.ts'

describe('numbers for people', () => {
  it.each([
    ['10005534', 'zh', '1,000.6万'],
    ['3346293', 'zh', '334.6万'],
    ['123456789', 'zh', '1.23亿'],
    ['1090000000', 'zh', '10.9亿'],
    ['107499999', 'zh', '1.07亿'],
    ['9999', 'zh', '9,999'],
    ['10005534', 'en', '10.01M'],
    ['3346', 'en', '3.35K'],
    ['999999', 'en', '1M'],
    ['-52000', 'zh', '-5.2万'],
    ['0', 'zh', '0'],
  ] as const)('shortens %s in %s to %s', (value, language, text) => {
    expect(shortNumber(value, { unit: 'money', language })).toBe(text)
  })

  it('writes every digit of an exact amount, however long', () => {
    expect(exactNumber('12345678901234567.8900', { unit: 'money', language: 'zh', currency: 'CNY' })).toBe(
      '¥12,345,678,901,234,567.89',
    )
    expect(exactNumber('-1200.5', { unit: 'money', language: 'en', currency: 'USD' })).toBe('-$1,200.5')
  })

  it('shows money as it can be paid and keeps every digit for hover', () => {
    const yuan = { unit: 'money', language: 'zh', currency: 'CNY' } as const
    expect(exactNumber('1073666.6766', yuan)).toBe('¥1,073,666.68')
    expect(everyDigit('1073666.6766', yuan)).toBe('¥1,073,666.6766')
    expect(exactNumber('1073666.6766', { ...yuan, currency: 'JPY' })).toBe('JP¥1,073,667')
    expect(exactNumber('12.345', { ...yuan, currency: 'points' })).toBe('points 12.35')
  })

  it('shows a dash for what is not known, never zero', () => {
    expect(shortNumber(null, { unit: 'money', language: 'zh' })).toBe('—')
    expect(percentText(null)).toBe('—')
    expect(percentText(0)).toBe('0.0%')
  })

  it('writes percentages with one decimal and changes with their sign', () => {
    expect(percentText(0.63149)).toBe('63.1%')
    expect(pointsText(0.032, 'zh')).toBe('+3.2 个点')
    expect(pointsText(-0.1, 'en')).toBe('-10.0 pt')
    expect(pointsText(-0.0001, 'en')).toBe('0.0 pt')
    expect([signedPercent(0.05), signedPercent(-0.046), signedPercent(-0.0001)]).toEqual(['+5.0%', '-4.6%', '0.0%'])
  })

  it('tells the difference of two percentages in points, and days with their unit', () => {
    expect(shortNumber('0.0206', { unit: differenceUnit('percent'), language: 'zh' })).toBe('2.1 个点')
    expect(shortNumber('-0.02', { unit: differenceUnit('percent'), language: 'en' })).toBe('-2.0 pt')
    expect(differenceUnit('money')).toBe('money')
    expect(shortNumber('51.54', { unit: 'days', language: 'zh' })).toBe('51.5 天')
    expect(everyDigit('51.54', { unit: 'days', language: 'en' })).toBe('51.5 days')
  })
})
