import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ranges, spreadOf } from './spread.ts'

const people = (...attained: readonly number[]) =>
  attained.map((attainment) => ({ attainment, actual: attainment * 10 }))

describe('the spread of people', () => {
  it('counts each where it lies: the bound belongs to the range above', () => {
    expect(spreadOf(people(0.2, 0.5, 0.96, 1, 1.05, 1.3, 2)).counts).toEqual([1, 1, 0, 1, 2, 0, 2])
  })

  it('has its quartiles between neighbours', () => {
    expect(spreadOf(people(0.4, 0.8, 1, 1.2))).toMatchObject({ reached: 2 })
    const { lowerQuartile, median, upperQuartile } = spreadOf(people(0.4, 0.8, 1, 1.2))
    expect([lowerQuartile, median, upperQuartile].map((each) => each?.toFixed(4))).toEqual([
      '0.7000',
      '0.9000',
      '1.0500',
    ])
  })

  it('says how much the best fifth brought', () => {
    const five = [60, 10, 10, 10, 10].map((actual) => ({ attainment: 1, actual }))
    expect(spreadOf(five).byBestFifth).toBeCloseTo(0.6)
    expect(spreadOf([{ attainment: 0, actual: 0 }]).byBestFifth).toBeNull()
  })

  it('says nothing of nobody', () => {
    expect(spreadOf([])).toMatchObject({ median: null, reached: 0, byBestFifth: null })
  })

  it('counts everybody once', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -5, max: 50 })), (attained) => {
        const { counts } = spreadOf(people(...attained))
        expect(counts.reduce((sum, each) => sum + each, 0)).toBe(attained.length)
        expect(counts).toHaveLength(ranges.length)
      }),
    )
  })
})
