import { describe, expect, it } from 'vitest'
import { amountText, amountToEdit, differenceText, typedAmount } from './amount-text.ts'

describe('an amount that people sign for', () => {
  it('is a percentage with every digit where it is a rate, and grouped elsewhere', () => {
    expect(amountText('0.3333', 'percent')).toBe('33.33%')
    expect(amountText('1073666.67', 'money')).toBe('1,073,666.67')
    expect(amountToEdit('1073666.67', 'money')).toBe('1073666.67')
  })

  it('is read back as it was written', () => {
    expect(typedAmount(amountToEdit('0.355', 'percent'), 'percent')).toBe('0.355')
    expect(typedAmount('35', 'percent')).toBe('0.35')
    expect(typedAmount('1', 'percent')).toBe('0.01')
    expect(typedAmount('0.45', 'percent')).toBe('0.45')
    expect(typedAmount('0.45%', 'percent')).toBe('0.0045')
    expect(typedAmount('1,200', 'money')).toBe('1200')
    expect(typedAmount('much', 'count')).toBeNull()
  })

  it('differs from another in points where both are rates', () => {
    expect(differenceText('0.3', '0.335', 'percent', 'pt')).toBe('+3.5 pt')
    expect(differenceText('0.3', '0.25', 'percent', 'pt')).toBe('-5 pt')
    expect(differenceText('1000', '2500', 'money', 'pt')).toBe('+1,500')
    expect(differenceText('5', '5', 'count', 'pt')).toBe('0')
  })
})
