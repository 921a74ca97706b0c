import { expect, it } from 'vitest'
import { keepingBy } from './kept-answers.ts'

it('answers once for a question and a state of a company, and anew for any other', async () => {
  const keep = keepingBy<number>()
  let made = 0
  const ask = (company: string, state: string, question: string) =>
    keep({ company, state }, question, () => Promise.resolve((made += 1)))
  expect(await ask('甲', '1', 'a')).toBe(1)
  expect(await ask('甲', '1', 'a')).toBe(1)
  expect(await ask('甲', '1', 'b')).toBe(2)
  expect(await ask('乙', '1', 'a')).toBe(3)
  expect(await ask('甲', '2', 'a')).toBe(4)
  // A state that comes back is no longer known: only one of a company is kept.
  expect(await ask('甲', '1', 'a')).toBe(5)
})

it('keeps nothing that failed', async () => {
  const keep = keepingBy<number>()
  const of = { company: '甲', state: '1' }
  await expect(keep(of, 'a', () => Promise.reject(new Error('lost')))).rejects.toThrow('lost')
  expect(await keep(of, 'a', () => Promise.resolve(7))).toBe(7)
})
