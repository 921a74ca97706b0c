import { expect, it } from 'vitest'
import { learn } from './experience.ts'
import { addDeal, broughtBy, noSums, sumsTogether, weigh, type OpenSums } from './open-sums.ts'
import { randomOf } from './random.ts'

const experience = learn([], '2026-04-30', { after: 0, until: 61 }, new Map([['talk', 40]]))
const deal = (id: number, amount: number) => ({
  id: String(id),
  stage: 'talk',
  amount,
  ageDays: 10,
  daysToExpected: null,
})
const sumsOf = (amounts: readonly number[]): OpenSums => {
  const sums = noSums()
  amounts.forEach((amount, at) => addDeal(sums, weigh(deal(at, amount), experience)))
  return sums
}

it('says of a sample what all deals bring, as sure as they are and as far as samples differ', () => {
  const random = randomOf(3)
  const amounts = Array.from({ length: 4000 }, () => 100 * Math.exp(2 * random()))
  const all = sumsOf(amounts)
  const weight = 10
  const drawn = Array.from({ length: 400 }, () =>
    broughtBy(sumsOf(amounts.filter(() => random() * weight < 1)), weight),
  )
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const sampled = mean(drawn.map(({ expected }) => expected))
  const spread = mean(drawn.map(({ expected }) => (expected - all.expected) ** 2))
  expect(sampled / all.expected).toBeCloseTo(1, 1)
  // What all vary by, and what the sample lies off by.
  expect(mean(drawn.map(({ variance }) => variance)) / (broughtBy(all).variance + spread)).toBeCloseTo(1, 1)
})

it('is the same whether deals are added at once or node by node', () => {
  const [some, others] = [[100, 250], [700]]
  const together = broughtBy(sumsTogether([sumsOf(some), sumsOf(others)]))
  const atOnce = broughtBy(sumsOf([...some, ...others]))
  expect(together.expected).toBeCloseTo(atOnce.expected, 9)
  expect(together.variance).toBeCloseTo(atOnce.variance, 9)
})
