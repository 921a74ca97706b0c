import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { followTarget } from './follow-target.ts'
import { crossings, rowIdAt } from './levels.ts'
import { makeLevel } from './make-level.ts'
import { mismatches, nodeOf, planTree } from './plan-tree.ts'
import type { PlanTree } from './plan-tree.ts'

/** A top over two people, with what it hands out beyond its own. */
function plan(values: readonly (readonly [bigint, bigint])[], buffer = 0n): PlanTree {
  const locked = values.map(() => false)
  const sum = values.map(([one, other]) => one + other)
  return planTree([
    { id: 'top', parent: null, months: buffer === 0n ? sum : sum.map((each) => ownOf(each, buffer)), locked, buffer },
    { id: 'a', parent: 'top', months: values.map(([one]) => one), locked },
    { id: 'b', parent: 'top', months: values.map(([, other]) => other), locked },
  ])
}
const ownOf = (sum: bigint, buffer: bigint) => (2n * sum * 10_000n + 10_000n + buffer) / (2n * (10_000n + buffer))

const months = (tree: PlanTree, id: string) => nodeOf(tree, id).months

describe('a level beside a target that becomes another', () => {
  it('keeps its proportion to the target where that changed, and stays elsewhere', () => {
    const before = plan([
      [100n, 100n],
      [100n, 100n],
    ])
    const after = plan([
      [100n, 100n],
      [50n, 150n],
    ])
    const floor = followTarget(makeLevel(before, 85n, 1n), { before, after }, true)
    expect(months(floor, 'a')).toEqual([85n, 42n])
    expect(months(floor, 'b')).toEqual([85n, 127n])
    expect(months(floor, 'top')).toEqual([170n, 169n])
    const stretch = followTarget(makeLevel(before, 120n, 1n), { before, after }, false)
    expect(months(stretch, 'a')).toEqual([120n, 60n])
    expect(months(stretch, 'top')).toEqual([240n, 240n])
  })

  it('never crosses the target and always sums, with buffers too', () => {
    const cell = fc.bigInt(0n, 10_000n)
    const pair = fc.tuple(cell, cell)
    fc.assert(
      fc.property(pair, pair, fc.bigInt(1n, 100n), fc.bigInt(0n, 2_000n), (was, is, percent, buffer) => {
        const [before, after] = [plan([was], buffer), plan([is], buffer)]
        for (const [level, by] of [
          ['floor', percent],
          ['stretch', percent + 100n],
        ] as const) {
          const side = followTarget(makeLevel(before, by, 1n), { before, after }, level === 'floor')
          expect(mismatches(side)).toEqual([])
          const rows = [...after.nodes.values()]
          const beside = [...side.nodes.values()].map((node) => ({
            ...node,
            id: rowIdAt(level, node.id),
            parent: node.parent && rowIdAt(level, node.parent),
          }))
          expect(crossings(planTree([...rows, ...beside]))).toEqual([])
        }
      }),
    )
  })
})
