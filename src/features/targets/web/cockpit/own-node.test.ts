import { describe, expect, it } from 'vitest'
import type { AttainmentNode } from '../../contract.ts'
import { ownNode } from './own-node.ts'

const node = (id: string, over: Partial<AttainmentNode> = {}): AttainmentNode => ({
  ...{ id, kind: 'person', unitId: 'u', personId: 'p', name: id, tier: null, headName: null },
  ...{ actual: '1', weight: null, target: '2', expected: '1', attainment: 0.5, pace: 0, gap: '1' },
  ...{ requiredPerDay: null, levels: null, light: 'on-pace', reason: null, children: [] },
  ...over,
})
const unit = (id: string, children: AttainmentNode[], target: string | null = '9') =>
  node(id, { kind: 'unit', personId: null, target, children })

describe('the node of a person', () => {
  it('is all of her places together where she moved and sees nothing else', () => {
    const root = unit('mine', [node('east.p'), node('west.p')], '4')
    expect(ownNode(root, { personId: 'p', isLead: false })).toBe(root)
  })

  it('is where she stands in the unit that she sees', () => {
    const own = node('east.p')
    expect(ownNode(unit('east', [node('east.q', { personId: 'q' }), own]), { personId: 'p', isLead: false })).toBe(own)
  })

  it('is of a rate what somebody leads who closed nothing in person, and her own as soon as she did', () => {
    const bare = node('east.p', { actual: null, attainment: null, light: null, reason: 'no-actual' })
    const root = unit('east', [bare])
    expect(ownNode(root, { personId: 'p', isLead: true })).toBe(root)
    expect(ownNode(root, { personId: 'p', isLead: false })).toBe(bare)
    const own = node('east.p')
    expect(ownNode(unit('east', [own]), { personId: 'p', isLead: true })).toBe(own)
  })

  it('is what somebody leads who carries nothing in person', () => {
    const root = unit('east', [node('east.p', { target: null })])
    expect(ownNode(root, { personId: 'p', isLead: false })).toBe(root)
  })
})
