import { describe, expect, it } from 'vitest'
import { contour, layTerrace, sharesOf, tallest } from './lay-terrace.ts'
import { findTier, wayTo, type Tier } from './tier.ts'

function buildTier(
  id: string,
  target: string | null,
  children: readonly Tier[] = [],
  attainment: number | null = 0.5,
): Tier {
  return { id, name: id, kind: 'unit', actual: '1', target, attainment, children }
}

const company = buildTier('company', '100', [
  buildTier('east', '60', [buildTier('e1', '20'), buildTier('e2', '40')]),
  buildTier('west', '30', [buildTier('w1', '30', [], 1.8)]),
])
const size = { width: 1000, mostRows: 4, addsUp: true }

describe('the terrace', () => {
  it('makes every step as wide as its share of the target', () => {
    const { steps, rows } = layTerrace(company, size)
    expect(rows).toBe(3)
    const widthOf = (id: string) => steps.find((step) => step.id === id)?.width ?? 0
    expect(widthOf('e2') / widthOf('e1')).toBeCloseTo(2, 1)
    expect(widthOf('east') / widthOf('west')).toBeCloseTo(2, 1)
  })

  it('leaves fallow land where a target is not fully handed down', () => {
    expect(sharesOf(company, true).reduce((sum, share) => sum + share, 0)).toBeCloseTo(0.9)
  })

  it('shares by people where values do not add up, and by actuals where nobody has a target', () => {
    expect(sharesOf(company, false)).toEqual([2 / 3, 1 / 3])
    const bare = buildTier('bare', null, [buildTier('a', null), { ...buildTier('b', null), actual: '3' }])
    expect(sharesOf(bare, true)).toEqual([0.25, 0.75])
  })

  it('leaves out who has neither target nor result', () => {
    const idle: Tier = { ...buildTier('idle', null, [], null), actual: '0' }
    const { steps } = layTerrace(buildTier('root', '10', [idle, buildTier('busy', '10')]), size)
    expect(steps.map((step) => step.id)).toEqual(['root', 'busy'])
  })

  it('keeps children within the land of their parent, and steps apart', () => {
    const { steps } = layTerrace(company, size)
    for (const row of [1, 2]) {
      const inRow = steps.filter((step) => step.row === row).toSorted((a, b) => a.x - b.x)
      inRow
        .slice(1)
        .forEach((step, at) => expect(step.x).toBeGreaterThan((inRow[at]?.x ?? 0) + (inRow[at]?.width ?? 0)))
    }
  })

  it('draws no crop above the tallest, and none where there is no attainment', () => {
    const field = layTerrace(buildTier('root', '1', [], null), size)
    expect(field.steps[0]?.level).toBeNull()
    expect(layTerrace(company, size).steps.find((step) => step.id === 'w1')?.level).toBe(tallest)
  })

  it('stops before steps become too thin to see', () => {
    const crowd = Array.from({ length: 300 }, (_, at) => buildTier(`p${at}`, '1'))
    expect(layTerrace(buildTier('root', '300', crowd), { ...size, width: 360 }).rows).toBe(1)
  })

  it('bends contours evenly', () => {
    expect(contour({ width: 100, sag: 10 }, 0, 100, 0)).toBe('0.0 0.0 Q50.0 20.0 100.0 0.0')
  })

  it('finds the way down to a tier', () => {
    expect(wayTo(company, 'e2').map((tier) => tier.id)).toEqual(['company', 'east', 'e2'])
    expect(findTier(company, 'nobody')).toBeUndefined()
  })
})
