import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amend, bufferLeft, restOf } from './amendment.ts'
import { mismatches, nodeOf, planTree } from './plan-tree.ts'
import type { PlanNode } from './plan-tree.ts'

const row = (id: string, parent: string | null, each: number, locked: readonly number[] = []): PlanNode => ({
  id,
  parent,
  months: Array.from({ length: 12 }, () => BigInt(each)),
  locked: Array.from({ length: 12 }, (_, month) => locked.includes(month)),
})

/** A company of one team: 甲 100 a month, 乙 300; beside it a team of 丙 with 200. */
const tree = planTree([
  row('公司', null, 600),
  row('一队', '公司', 400),
  row('甲', '一队', 100),
  row('乙', '一队', 300),
  row('二队', '公司', 200),
  row('丙', '二队', 200),
])

const months = (of: typeof tree, id: string) => nodeOf(of, id).months.map(Number)
const half = (first: number, second: number) => [...Array(6).fill(first), ...Array(6).fill(second)]

describe('an amendment', () => {
  it('changes a target from July on; the siblings carry the difference and the past stays', () => {
    const wish = { node: '甲', from: 6, total: 480n, carry: 'siblings' } as const
    const after = amend(tree, wish, { unit: '1' })
    if (!after.ok) throw new Error(after.reason)
    expect(months(after.tree, '甲')).toEqual(half(100, 80))
    expect(months(after.tree, '乙')).toEqual(half(300, 320))
    expect(months(after.tree, '一队')).toEqual(half(400, 400))
    expect(mismatches(after.tree)).toEqual([])
  })

  it('lets the totals above follow, and nobody beside', () => {
    const after = amend(tree, { node: '甲', from: 6, total: 480n, carry: 'parents' }, { unit: '1' })
    if (!after.ok) throw new Error(after.reason)
    expect(months(after.tree, '公司')).toEqual(half(600, 580))
    expect(months(after.tree, '乙')).toEqual(half(300, 300))
    expect(months(after.tree, '丙')).toEqual(half(200, 200))
  })

  it('flows down where a unit is amended', () => {
    const after = amend(tree, { node: '一队', from: 6, total: 1200n, carry: 'siblings' }, { unit: '1' })
    if (!after.ok) throw new Error(after.reason)
    expect(months(after.tree, '甲')).toEqual(half(100, 50))
    expect(months(after.tree, '乙')).toEqual(half(300, 150))
    expect(months(after.tree, '丙')).toEqual(half(200, 400))
  })

  it('is refused where nobody beside can carry it, or the total above is out of reach', () => {
    const wish = { from: 6, total: 480n } as const
    expect(amend(tree, { ...wish, node: '丙', carry: 'siblings' }, { unit: '1' })).toMatchObject({
      reason: 'no-sibling',
    })
    expect(amend(tree, { ...wish, node: '甲', carry: 'parents' }, { unit: '1', fixedTop: '一队' })).toMatchObject({
      reason: 'out-of-reach',
    })
    const locked = planTree(
      [...tree.nodes.values()].map((node) => (node.id === '乙' ? row('乙', '一队', 300, [6]) : node)),
    )
    expect(amend(locked, { ...wish, node: '甲', carry: 'siblings' }, { unit: '1' }).ok).toBe(false)
  })

  it('is not held up by the own lock of the row', () => {
    const locked = planTree(
      [...tree.nodes.values()].map((node) => (node.id === '甲' ? row('甲', '一队', 100, [6, 7]) : node)),
    )
    const after = amend(locked, { node: '甲', from: 6, total: 480n, carry: 'siblings' }, { unit: '1' })
    if (!after.ok) throw new Error(after.reason)
    expect(nodeOf(after.tree, '甲').locked[6]).toBe(true)
    expect(restOf(after.tree, '甲', 6)).toBe(480n)
  })

  it('comes out of what the unit above hands out beyond its own, and nobody else changes', () => {
    const generous = planTree([
      ...[...tree.nodes.values()].filter(({ parent, id }) => id !== '一队' && parent !== '一队'),
      { ...row('一队', '公司', 400), buffer: 500n },
      row('甲', '一队', 110),
      row('乙', '一队', 310),
    ])
    const after = amend(generous, { node: '甲', from: 6, total: 588n, carry: 'buffer' }, { unit: '1' })
    if (!after.ok) throw new Error(after.reason)
    expect(months(after.tree, '甲')).toEqual(half(110, 98))
    expect([months(after.tree, '乙'), months(after.tree, '一队')]).toEqual([half(310, 310), half(400, 400)])
    expect([bufferLeft(generous, '一队', 6), bufferLeft(after.tree, '一队', 6)]).toEqual([120n, 48n])
    expect(mismatches(after.tree)).toEqual([])
    const asked = (total: bigint) => amend(after.tree, { node: '甲', from: 6, total, carry: 'buffer' }, { unit: '1' })
    expect(asked(480n)).toMatchObject({ reason: 'buffer-too-small', at: '一队' })
    expect(asked(720n)).toMatchObject({ reason: 'buffer-full', at: '一队' })
    const back = asked(660n)
    expect(back.ok && bufferLeft(back.tree, '一队', 6)).toBe(120n)
    expect(amend(tree, { node: '甲', from: 6, total: 480n, carry: 'buffer' }, { unit: '1' })).toMatchObject({
      reason: 'no-buffer',
    })
  })

  it('keeps every sum and all before its first period, whatever is asked', () => {
    let amended = 0
    fc.assert(
      fc.property(
        fc.constantFrom('甲', '乙', '一队', '二队'),
        fc.integer({ min: 0, max: 11 }),
        fc.bigInt({ min: 0n, max: 5000n }),
        fc.constantFrom('siblings' as const, 'parents' as const, 'buffer' as const),
        (node, from, total, carry) => {
          const after = amend(tree, { node, from, total, carry }, { unit: '1' })
          if (!after.ok) return
          amended += 1
          expect(mismatches(after.tree)).toEqual([])
          expect(restOf(after.tree, node, from)).toBe(total)
          for (const id of tree.nodes.keys()) {
            expect(months(after.tree, id).slice(0, from)).toEqual(months(tree, id).slice(0, from))
          }
        },
      ),
    )
    expect(amended).toBeGreaterThan(20)
  })
})
