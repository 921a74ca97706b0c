import { expect, it } from 'vitest'
import type { AttainmentNode } from '../../contract.ts'
import { orderedChildren } from './tier-order.ts'

function buildNode(id: string, changes: Partial<AttainmentNode> = {}): AttainmentNode {
  return {
    id,
    kind: 'unit',
    unitId: id,
    personId: null,
    name: id,
    tier: null,
    headName: null,
    actual: '0',
    weight: null,
    target: null,
    expected: null,
    attainment: null,
    pace: null,
    gap: null,
    requiredPerDay: null,
    levels: null,
    light: null,
    reason: null,
    children: [],
    ...changes,
  }
}

it('puts units first and those without figures last', () => {
  const root = buildNode('root', {
    children: [
      buildNode('idle person', { kind: 'person' }),
      buildNode('seller', { kind: 'person', actual: '5' }),
      buildNode('idle unit'),
      buildNode('north', { target: '10' }),
      buildNode('south', { children: [buildNode('team', { actual: '-1' })] }),
    ],
  })
  expect(orderedChildren(root).map((node) => node.id)).toEqual(['north', 'south', 'seller', 'idle unit', 'idle person'])
})
