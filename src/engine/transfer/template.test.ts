import { expect, it } from 'vitest'
import { fillTemplate, namesIn } from './template.ts'

const from = (values: Record<string, string>) => (name: string) => values[name] ?? ''

it('joins the parts that have a value', () => {
  const template = '{account} – {product}'
  expect(fillTemplate(template, from({ account: 'Cancity', product: 'GTX Pro' }))).toBe('Cancity – GTX Pro')
  expect(fillTemplate(template, from({ product: 'GTX Pro' }))).toBe('GTX Pro')
  expect(fillTemplate(template, from({ account: 'Cancity' }))).toBe('Cancity')
  expect(fillTemplate(template, from({}))).toBe('')
})

it('keeps what stands before the first and behind the last part', () => {
  expect(fillTemplate("{manager}'s team", from({ manager: 'Cara Losch' }))).toBe("Cara Losch's team")
  expect(fillTemplate('No. {code}', from({ code: '7' }))).toBe('No. 7')
  expect(fillTemplate('{a}, {b}, {c}', from({ a: '1', c: '3' }))).toBe('1, 3')
  expect(fillTemplate('{a}, {b}, {c}', from({ b: '2', c: '3' }))).toBe('2, 3')
  expect(fillTemplate('always', from({}))).toBe('always')
})

it('knows which columns it needs', () => {
  expect(namesIn('{account} – {product}')).toEqual(['account', 'product'])
})
