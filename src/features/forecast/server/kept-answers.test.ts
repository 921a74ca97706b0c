import { expect, it } from 'vitest'
import { keepingBy } from './kept-answers.ts'

const of = { company: '甲', state: '1' }

it('answers once for a question and a state of a company, and anew for any other', async () => {
  const keep = keepingBy<number>({ most: 100 })
  let made = 0
  const ask = (company: string, state: string, question: string) =>
    keep({ company, state }, question, () => Promise.resolve((made += 1)))
  expect(await ask('甲', '1', 'a')).toBe(1)
  expect(await ask('甲', '1', 'a')).toBe(1)
  expect(await ask('甲', '1', 'b')).toBe(2)
  expect(await ask('乙', '1', 'a')).toBe(3)
  expect(await ask('甲', '2', 'a')).toBe(4)
  // Who began before the change is still answered; a third state takes the place of the first.
  expect(await ask('甲', '1', 'a')).toBe(1)
  expect(await ask('甲', '3', 'a')).toBe(5)
  expect(await ask('甲', '1', 'a')).toBe(1)
  expect(await ask('甲', '2', 'a')).toBe(6)
})

it('lets those who ask of several states wait for what is under way of each', async () => {
  const keep = keepingBy<string>({ most: 100 })
  const made: string[] = []
  const ask = (state: string) =>
    keep({ company: '甲', state }, 'a', async () => {
      made.push(state)
      await Promise.resolve()
      return state
    })
  expect(await Promise.all(['1', '2', '1', '3', '2', '1'].map(ask))).toEqual(['1', '2', '1', '3', '2', '1'])
  expect(made).toEqual(['1', '2', '3'])
})

it('makes an answer once for all who ask while it is under way', async () => {
  const keep = keepingBy<number>({ most: 100 })
  let made = 0
  const ask = () =>
    keep(of, 'a', async () => {
      await Promise.resolve()
      return (made += 1)
    })
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1])
})

it('keeps nothing that failed, and lets who waited for it try for themselves', async () => {
  const keep = keepingBy<number>({ most: 100 })
  const failed = keep(of, 'a', () => Promise.reject(new Error('lost')))
  const waiting = keep(of, 'a', () => Promise.resolve(6))
  await expect(failed).rejects.toThrow('lost')
  expect(await waiting).toBe(6)
  expect(await keep(of, 'a', () => Promise.resolve(7))).toBe(7)
})

it('keeps no more than it may, what was asked for last the longest', async () => {
  const keep = keepingBy<string>({ most: 10, sizeOf: ({ length }) => length })
  const made: string[] = []
  const ask = (question: string, length: number) =>
    keep(of, question, () => {
      made.push(question)
      return Promise.resolve(question.repeat(length))
    })
  await ask('a', 4)
  await ask('b', 4)
  await ask('a', 4)
  await ask('c', 4)
  made.length = 0
  await ask('a', 4)
  await ask('c', 4)
  await ask('b', 4)
  expect(made).toEqual(['b'])
  // What alone is too much is answered, and not kept.
  expect(await ask('d', 11)).toBe('d'.repeat(11))
  await ask('d', 11)
  expect(made).toEqual(['b', 'd', 'd'])
})
