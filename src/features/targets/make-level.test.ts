import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crossings, rowIdAt, type SideLevel } from './levels.ts'
import { makeLevel } from './make-level.ts'
import { mismatches, nodeOf, planTree } from './plan-tree.ts'
import type { PlanNode, PlanTree } from './plan-tree.ts'
import { sumUp } from './sum-up.ts'

interface Shape {
  readonly parents: readonly number[]
  readonly rates: readonly bigint[]
  readonly leaves: readonly bigint[]
  readonly locks: readonly number[]
  readonly width: number
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  parents: fc.array(fc.nat({ max: 6 }), { minLength: 0, maxLength: 14 }),
  rates: fc.array(fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 5_000n })), { minLength: 15, maxLength: 15 }),
  leaves: fc.array(fc.oneof(fc.bigInt({ min: 0n, max: 300n }), fc.bigInt({ min: 0n, max: 10n ** 12n })), {
    minLength: 15,
    maxLength: 15,
  }),
  locks: fc.array(fc.nat({ max: 14 }), { maxLength: 5 }),
  width: fc.integer({ min: 1, max: 4 }),
})

/** A random target whose sums come from its leaves. */
function targetOf({ parents, rates, leaves, locks, width }: Shape): PlanTree {
  const rows = [null, ...parents.map((parent, at) => parent % (at + 1))].map((parent, at): PlanNode => ({
    id: `n${at}`,
    parent: parent === null ? null : `n${parent}`,
    months: Array.from({ length: width }, (_, month) => leaves[(at + month) % 15] ?? 0n),
    locked: Array.from({ length: width }, (_, month) => locks.includes(at + month)),
    buffer: rates[at] ?? 0n,
  }))
  const open = planTree(rows.map((row) => ({ ...row, locked: row.locked.map(() => false) })))
  const { tree } = sumUp(open, new Set())
  return planTree(rows.map((row) => ({ ...row, months: nodeOf(tree, row.id).months })))
}

/** Target and level as one forest, as a plan keeps them. */
function besides(target: PlanTree, level: SideLevel, made: PlanTree): PlanTree {
  const at = (id: string) => rowIdAt(level, id)
  return planTree([
    ...target.nodes.values(),
    ...[...made.nodes.values()].map((node) => ({
      ...node,
      id: at(node.id),
      parent: node.parent === null ? null : at(node.parent),
    })),
  ])
}

describe('a level made from the target', () => {
  it('is the percent of it, rounded half up at the top; largest remainders decide below', () => {
    const row = (id: string, parent: string | null, month: bigint): PlanNode => ({
      id,
      parent,
      months: [month],
      locked: [true],
    })
    const target = planTree([
      row('公司', null, 101n),
      row('甲', '公司', 34n),
      row('乙', '公司', 33n),
      row('丙', '公司', 34n),
    ])
    const made = makeLevel(target, 85n, 1n)
    // 85 % of 101 is 85.85; of 34, 33, 34 it is 28.9, 28.05, 28.9.
    expect([...made.nodes.values()].map(({ months }) => months[0])).toEqual([86n, 29n, 28n, 29n])
    expect([...made.nodes.values()].some(({ locked }) => locked.includes(true))).toBe(false)
  })

  it('sums on every tier and never crosses the target, whatever the tree, its buffers and the percent', () => {
    const percents = fc.oneof(
      fc.record({ level: fc.constant('floor' as const), percent: fc.bigInt({ min: 1n, max: 100n }) }),
      fc.record({ level: fc.constant('stretch' as const), percent: fc.bigInt({ min: 100n, max: 1_000n }) }),
    )
    fc.assert(
      fc.property(shapes, percents, (shape, { level, percent }) => {
        const target = targetOf(shape)
        expect(mismatches(target)).toEqual([])
        const made = makeLevel(target, percent, 1n)
        expect(mismatches(made)).toEqual([])
        expect(crossings(besides(target, level, made))).toEqual([])
      }),
      { numRuns: 3_000 },
    )
  })

  it('is the target itself at a hundred percent', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const target = targetOf(shape)
        const made = makeLevel(target, 100n, 1n)
        for (const { id, months } of target.nodes.values()) expect(nodeOf(made, id).months).toEqual(months)
      }),
      { numRuns: 500 },
    )
  })
})
