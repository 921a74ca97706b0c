import { describe, expect, it } from 'vitest'
import { mean } from '#engine/forecast/averages.ts'
import { widthOf } from '#engine/forecast/normal.ts'
import { judgeOrganisation, type Judged } from './simulated-organisation.ts'

const hasCome = ({ actual, target }: Judged) => (actual >= target ? 1 : 0)

describe('achievability in simulated organisations', () => {
  const judged = ['terraces', 'other', 'third'].flatMap((seed) => judgeOrganisation(seed, 100))

  it('judges nearly every unit', () => {
    expect(judged.length).toBeGreaterThan(290)
  })

  it('holds four fifths of what came in its 80% interval, give or take a tenth', () => {
    const inside = judged.filter(({ found, actual }) => actual >= found.lower && actual <= found.upper).length
    expect(inside / judged.length).toBeGreaterThan(0.7)
    expect(inside / judged.length).toBeLessThan(0.9)
  })

  it('expects what comes, give or take a twentieth', () => {
    const expected = mean(judged.map(({ found }) => found.mean))
    const off = expected / mean(judged.map(({ actual }) => actual)) - 1
    expect(Math.abs(off)).toBeLessThan(0.05)
  })

  it.each([
    ['out of reach', 0, 0.15, 0.06],
    ['rather not', 0.15, 0.5, 0.1],
    ['rather', 0.5, 0.9, 0.1],
    ['too easy', 0.9, 1.1, 0.05],
  ])('gives chances that come true: %s', (_, least, most, mostOff) => {
    const some = judged.filter(({ found }) => found.chance >= least && found.chance < most)
    const said = mean(some.map(({ found }) => found.chance))
    expect(some.length).toBeGreaterThan(40)
    expect(Math.abs(mean(some.map(hasCome)) - said)).toBeLessThan(mostOff)
  })

  it('has no part that is wrong by itself: none misses by a tenth, and each holds what came', () => {
    for (const kind of ['history', 'capacity', 'pipeline']) {
      const some = judged.flatMap(({ found, actual }) =>
        found.drivers.flatMap((driver) => (driver.kind === kind ? [{ ...driver, actual }] : [])),
      )
      const off = mean(some.map((one) => one.mean)) / mean(some.map(({ actual }) => actual)) - 1
      expect(Math.abs(off), kind).toBeLessThan(0.1)
      const inside = some.filter((one) => Math.abs(one.actual - one.mean) <= widthOf(0.8) * one.deviation)
      expect(inside.length / some.length, kind).toBeGreaterThan(0.7)
      expect(inside.length / some.length, kind).toBeLessThan(0.9)
    }
  })

  it('tells targets that are reached from others: a third less off than a coin', () => {
    // Brier score: the mean of (chance − 1 or 0)²; who always says one half has 0.25.
    const brier = mean(judged.map((one) => (one.found.chance - hasCome(one)) ** 2))
    expect(brier).toBeLessThan(0.15)
  })
})
