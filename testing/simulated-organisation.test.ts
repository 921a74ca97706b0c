import { describe, expect, it } from 'vitest'
import { judgeOrganisation } from './simulated-organisation.ts'

describe('achievability in simulated organisations', () => {
  const judged = judgeOrganisation('terraces', 150)

  it('holds four fifths of what came in its 80% interval, give or take a tenth', () => {
    const inside = judged.filter(({ found, actual }) => actual >= found.lower && actual <= found.upper).length
    expect(inside / judged.length).toBeGreaterThan(0.7)
    expect(inside / judged.length).toBeLessThan(0.9)
  })

  it('gives chances that come true', () => {
    const reached = (least: number, most: number) => {
      const some = judged.filter(({ found }) => found.chance >= least && found.chance < most)
      return some.filter(({ actual, target }) => actual >= target).length / some.length
    }
    expect(reached(0, 0.15)).toBeLessThan(0.2)
    expect(reached(0.15, 0.9)).toBeGreaterThan(0.3)
    expect(reached(0.15, 0.9)).toBeLessThan(0.8)
    expect(reached(0.9, 1.1)).toBeGreaterThan(0.8)
  })
})
