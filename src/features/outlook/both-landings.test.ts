import { describe, expect, it } from 'vitest'
import { bothLandings } from './both-landings.ts'

const around = (expected: number, half: number) => ({ expected, low: expected - half, high: expected + half })

describe('one landing from deals and months', () => {
  it('lies between them, nearer to the surer one', () => {
    // Half the width has four times the weight: (200 × 4 + 150) ÷ 5.
    const both = bothLandings(around(200, 20), around(150, 40), { closed: 100, target: null })
    expect(both.expected).toBeCloseTo(190, 9)
    expect(both.weightOfDeals).toBeCloseTo(0.8, 9)
    expect(both.apart).toBe('touching')
  })

  it('is less sure where they contradict each other, and says which lies above', () => {
    const agreed = bothLandings(around(200, 10), around(200, 10), { closed: 100, target: null })
    const apart = bothLandings(around(385, 15), around(194, 29), { closed: 119, target: null })
    expect(apart.high - apart.low).toBeGreaterThan(10 * (agreed.high - agreed.low))
    expect(apart.apart).toBe('deals-above')
    expect(bothLandings(around(100, 10), around(194, 29), { closed: 60, target: null }).apart).toBe('deals-below')
  })

  it('says how likely the target is, by both together', () => {
    const at = (target: number | null) => bothLandings(around(220, 20), around(180, 20), { closed: 100, target })
    expect(at(200).chance).toBeCloseTo(0.5, 9)
    expect(at(200).verdict).toBe('challenge')
    expect(at(400).verdict).toBe('out-of-reach')
    expect(at(null)).toMatchObject({ chance: null, verdict: null })
  })

  it('never lands below what has closed', () => {
    expect(bothLandings(around(120, 30), around(110, 30), { closed: 118, target: null }).low).toBe(118)
  })
})
