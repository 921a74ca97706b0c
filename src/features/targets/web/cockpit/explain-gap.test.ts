import { describe, expect, it } from 'vitest'
import type { AttainmentNode } from '../../contract.ts'
import { explainGap } from './explain-gap.ts'

function buildNode(
  id: string,
  actual: number,
  target: number,
  children: readonly AttainmentNode[] = [],
): AttainmentNode {
  return {
    id,
    kind: 'unit',
    unitId: id,
    personId: null,
    name: id,
    tier: null,
    headName: null,
    actual: String(actual),
    weight: null,
    target: String(target),
    expected: String(target / 2),
    attainment: actual / target,
    pace: null,
    gap: String(target - actual),
    requiredPerDay: null,
    levels: null,
    light: null,
    reason: null,
    children,
  }
}

describe('what explains the gap', () => {
  const north = buildNode('north', 10, 100)
  const south = buildNode('south', 70, 100)
  const west = buildNode('west', 130, 100)
  const east = buildNode('east', 40, 100)

  it('names the three children that miss most, with their part of all that is missing', () => {
    const story = explainGap(buildNode('company', 250, 400, [north, south, west, east]), true)
    expect(story.kind).toBe('gap')
    expect(story.parts.map((part) => part.node.id)).toEqual(['north', 'east', 'south'])
    expect(story.parts.reduce((sum, part) => sum + (part.share ?? 0), 0)).toBeCloseTo(1)
  })
  it('turns to who exceeds when the target is passed', () => {
    const story = explainGap(buildNode('company', 230, 200, [west, buildNode('x', 100, 100)]), true)
    expect(story).toMatchObject({ kind: 'surplus', parts: [{ share: 1 }] })
  })
  it('ranks by attainment where values do not add up', () => {
    expect(explainGap(buildNode('company', 0.5, 1, [south, north]), false).parts[0]?.node.id).toBe('north')
  })
})
