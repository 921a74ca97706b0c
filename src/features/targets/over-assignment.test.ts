import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { handedOut, isFitting, leastHandingOut, mostBuffer, parentOver, received } from './over-assignment.ts'
import { mismatches, nodeOf, planTree, sumOver, childrenOf } from './plan-tree.ts'
import type { PlanNode, PlanTree } from './plan-tree.ts'
import { rebalance } from './rebalance.ts'
import { spread } from './spread.ts'
import { sumUp } from './sum-up.ts'
import { byCurrent } from './weights.ts'

const rates = fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: mostBuffer }))
const amounts = fc.oneof(fc.bigInt({ min: 0n, max: 300n }), fc.bigInt({ min: 0n, max: 10n ** 13n }))

const at = (rate: bigint, taken = 0n) => ({ rate, taken })

describe('a buffer', () => {
  it('is smaller by what amendments took, down to nothing', () => {
    expect(handedOut(100n, at(500n, 2n))).toBe(103n)
    expect(handedOut(100n, at(500n, 5n))).toBe(100n)
    expect(handedOut(40n, at(500n, 5n))).toBe(40n)
    expect([received(103n, at(500n, 2n)), received(40n, at(500n, 5n))]).toEqual([100n, 40n])
    expect([isFitting(100n, 103n, at(500n, 2n)), isFitting(100n, 105n, at(500n, 2n))]).toEqual([true, false])
    expect([isFitting(40n, 40n, at(500n, 5n)), isFitting(40n, 39n, at(500n, 5n))]).toEqual([true, false])
  })

  it('is the rate of the cell, rounded half up', () => {
    expect([100n, 109n, 110n, 0n].map((value) => handedOut(value, at(500n)))).toEqual([105n, 114n, 116n, 0n])
    expect(received(105n, at(500n))).toBe(100n)
    expect(handedOut(100n, at(0n))).toBe(100n)
  })

  it('is never a whole count away from its rate, whether it flows down or up', () => {
    fc.assert(
      fc.property(amounts, rates, amounts, (amount, rate, taken) => {
        const over = { rate, taken: rate === 0n ? 0n : taken % (amount + 1n) }
        expect(isFitting(amount, handedOut(amount, over), over)).toBe(true)
        expect(isFitting(received(amount, over), amount, over)).toBe(true)
        const least = leastHandingOut(amount, over)
        expect(handedOut(least, over)).toBeGreaterThanOrEqual(amount)
        expect(least === 0n || handedOut(least - 1n, over) < amount).toBe(true)
        expect(isFitting(amount, amount + 1n, at(0n))).toBe(false)
        expect(parentOver(amount, amount, at(0n))).toBe(amount)
      }),
      { numRuns: 2_000 },
    )
  })
})

interface Shape {
  readonly parents: readonly number[]
  readonly rates: readonly bigint[]
  readonly taken: readonly bigint[]
  readonly leaves: readonly bigint[]
  readonly locks: readonly number[]
  readonly width: number
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  parents: fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 14 }),
  rates: fc.array(rates, { minLength: 15, maxLength: 15 }),
  taken: fc.array(fc.oneof(fc.constant(0n), amounts), { minLength: 15, maxLength: 15 }),
  leaves: fc.array(amounts, { minLength: 15, maxLength: 15 }),
  locks: fc.array(fc.nat({ max: 14 }), { maxLength: 5 }),
  width: fc.integer({ min: 1, max: 4 }),
})

/** A random tree: each row stands under one that came before it; sums come from the leaves. */
function treeOf({ parents, rates: buffers, taken, leaves, locks, width }: Shape): PlanTree {
  const rows = [null, ...parents.map((parent, at) => parent % (at + 1))].map((parent, at): PlanNode => ({
    id: `n${at}`,
    parent: parent === null ? null : `n${parent}`,
    months: Array.from({ length: width }, (_, month) => leaves[(at + month) % 15] ?? 0n),
    locked: Array.from({ length: width }, (_, month) => locks.includes(at + month)),
    buffer: buffers[at] ?? 0n,
    taken: Array.from({ length: width }, (_, month) =>
      (buffers[at] ?? 0n) === 0n ? 0n : (taken[(at + month) % 15] ?? 0n),
    ),
  }))
  const open = planTree(rows.map((row) => ({ ...row, locked: row.locked.map(() => false) })))
  const { tree } = sumUp(open, new Set())
  return planTree(rows.map((row) => ({ ...row, months: nodeOf(tree, row.id).months })))
}

/** Every parent with its buffer is the sum of its children, and the buffer is the rate of it, less than a count away. */
function expectSums(tree: PlanTree): void {
  expect(mismatches(tree)).toEqual([])
  for (const id of tree.children.keys()) {
    const { months, buffer = 0n, taken = [] } = nodeOf(tree, id)
    months.forEach((own, month) => {
      const held = sumOver(childrenOf(tree, id), month) - own
      const rest = own * buffer - (taken[month] ?? 0n) * 10_000n
      const off = held * 10_000n - (rest > 0n ? rest : 0n)
      expect(off < 10_000n && off > -10_000n).toBe(true)
      if (buffer === 0n) expect(held).toBe(0n)
    })
  }
}

function expectLocksHeld(before: PlanTree, after: PlanTree, except?: { node: string; month: number }): void {
  for (const { id, locked, months } of before.nodes.values()) {
    locked.forEach((lock, month) => {
      if (!lock || (except?.node === id && except.month === month)) return
      expect(nodeOf(after, id).months[month]).toBe(months[month])
    })
  }
}

describe('in any tree with buffers', () => {
  it('children sum to parent and buffer after a cascade and after a change, and locked cells stay', () => {
    let cascades = 0
    let changes = 0
    fc.assert(
      fc.property(
        shapes,
        fc.nat({ max: 14 }),
        fc.nat({ max: 3 }),
        amounts,
        fc.constantFrom('siblings' as const, 'parents' as const),
        (shape, at, period, value, absorb) => {
          const tree = treeOf(shape)
          expectSums(tree)
          const spreadOut = spread(tree, 'n0', { weigh: byCurrent, step: 1n })
          // What is there already always fits its locks.
          if (!spreadOut.ok) throw new Error(`${spreadOut.reason} at ${spreadOut.at}`)
          cascades += 1
          expectSums(spreadOut.tree)
          expectLocksHeld(tree, spreadOut.tree)
          const node = `n${at % tree.nodes.size}`
          const month = period % shape.width
          const changed = rebalance(tree, { node, months: [month], value }, { absorb, step: 1n })
          if (!changed.ok) return
          changes += 1
          expectSums(changed.tree)
          expectLocksHeld(tree, changed.tree)
          expect(nodeOf(changed.tree, node).months[month]).toBe(value)
        },
      ),
      { numRuns: 10_000 },
    )
    expect(cascades).toBe(10_000)
    expect(changes).toBeGreaterThan(2_000)
  }, 120_000)

  it('a changed rate flows down from the tier that has it', () => {
    fc.assert(
      fc.property(shapes, rates, (shape, rate) => {
        const tree = treeOf({ ...shape, locks: [] })
        const nodes = new Map([...tree.nodes].map(([id, node]) => [id, { ...node, buffer: rate }]))
        const result = spread({ ...tree, nodes }, 'n0', { weigh: byCurrent, step: 1n })
        if (!result.ok) throw new Error(result.reason)
        expectSums(result.tree)
        expect(nodeOf(result.tree, 'n0').months).toEqual(nodeOf(tree, 'n0').months)
      }),
      { numRuns: 1_000 },
    )
  })
})
