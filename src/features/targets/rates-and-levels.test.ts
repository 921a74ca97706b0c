import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overPeriods, planRuleOf, type PlanRule } from '#engine/metrics/plan-rule.ts'
import { amend, restOf } from './amendment.ts'
import { followMoves } from './follow-moves.ts'
import { crossings } from './levels.ts'
import { makeLevel } from './make-level.ts'
import { mismatches, nodeOf, planTree, type PlanNode } from './plan-tree.ts'
import { doAct, openWork } from './plan-work.ts'
import { rebalance } from './rebalance.ts'
import { spread } from './spread.ts'
import { sumUp } from './sum-up.ts'

const width = 4
const ruled = (kind: 'ratio' | 'stock' | 'distinct', better: 'higher' | 'lower' = 'higher'): PlanRule => {
  const rule = planRuleOf({ kind, better })
  if (!rule) throw new Error(kind)
  return rule
}
const row = (
  id: string,
  parent: string | null,
  months: readonly number[],
  locked: readonly number[] = [],
): PlanNode => ({
  id,
  parent,
  months: months.map(BigInt),
  locked: months.map((_, month) => locked.includes(month)),
})
const all = (value: number) => Array.from({ length: width }, () => value)
const rows = (value: number, locked: readonly number[] = []) => [
  row('公司', null, all(value)),
  row('一队', '公司', all(value)),
  row('甲', '一队', all(value), locked),
  row('乙', '一队', all(value)),
]
const rates = planTree(rows(3000), ruled('ratio'))
const stays = { step: 1n, absorb: 'siblings' } as const
const months = (tree: typeof rates, id: string) => nodeOf(tree, id).months.map(Number)

describe('a plan of rates', () => {
  it('sets one row and leaves all others alone', () => {
    const set = rebalance(rates, { node: '甲', months: [1], value: 3600n }, stays)
    if (!set.ok) throw new Error(set.reason)
    expect(set.changes).toEqual([{ node: '甲', month: 1, before: 3000n, after: 3600n }])
    expect(mismatches(set.tree)).toEqual([])
    expect(sumUp(set.tree, new Set()).changes).toEqual([])
  })

  it('hands the same rate down, but not over locks, and what was given by hand with all below it', () => {
    const tree = planTree([row('公司', null, all(3200)), ...rows(3000, [0]).slice(1)], ruled('ratio'))
    const rule = { weigh: () => [], step: 1n }
    const down = spread(tree, '公司', rule)
    if (!down.ok) throw new Error(down.reason)
    expect([months(down.tree, '一队'), months(down.tree, '甲'), months(down.tree, '乙')]).toEqual([
      all(3200),
      [3000, 3200, 3200, 3200],
      all(3200),
    ])
    const given = spread(tree, '公司', { ...rule, given: new Map([['一队', 3500n]]) })
    if (!given.ok) throw new Error(given.reason)
    expect([months(given.tree, '一队'), months(given.tree, '乙')]).toEqual([all(3500), all(3500)])
  })

  it('hands out no buffer', () => {
    const acted = doAct(
      openWork(rates),
      { kind: 'buffers', rates: new Map([['公司', 500]]) },
      { unit: '0.0001', fixedTops: [] },
    )
    expect(acted.ok && months(acted.work.tree, '一队')).toEqual(all(3000))
  })

  it('is amended by itself, without anybody who carries the difference', () => {
    const wish = { node: '公司', from: 2, total: 3100n, carry: 'siblings' } as const
    const after = amend(rates, wish, { unit: '0.0001' })
    if (!after.ok) throw new Error(after.reason)
    expect(months(after.tree, '公司')).toEqual([3000, 3000, 3100, 3100])
    expect(restOf(after.tree, '公司', 2)).toBe(3100n)
    expect(months(after.tree, '一队')).toEqual(all(3000))
  })

  it('goes with whoever moves, and stands where one was set already', () => {
    const tree = planTree(
      [...rows(3000), row('二队', '公司', all(2000)), row('甲2', '二队', [0, 0, 2500, 0])],
      ruled('ratio'),
    )
    const moved = followMoves(tree, {
      parents: new Map(),
      months: [1, 2].map((month) => ({ from: '甲', to: '甲2', month })),
    })
    expect(months(moved, '甲2')).toEqual([0, 3000, 2500, 0])
    expect(months(moved, '二队')).toEqual(all(2000))
  })
})

describe('a level of a plan where less is better', () => {
  it('lies on the other side: floor ≥ target ≥ stretch', () => {
    const cycle = planTree(rows(400), ruled('ratio', 'lower'))
    const beside = (level: 'floor' | 'stretch', percent: bigint) =>
      [...makeLevel(cycle, percent, 1n).nodes.values()].map((node) => ({
        ...node,
        id: `${level}:${node.id}`,
        parent: node.parent === null ? null : `${level}:${node.parent}`,
      }))
    const withFloor = (percent: bigint) => planTree([...cycle.nodes.values(), ...beside('floor', percent)], cycle.rule)
    expect(crossings(withFloor(115n))).toEqual([])
    expect(crossings(withFloor(90n))[0]).toMatchObject({ lower: 'floor', upper: 'target', below: 360n, above: 400n })
    const stretch = planTree([...cycle.nodes.values(), ...beside('stretch', 90n)], cycle.rule)
    expect(crossings(stretch)).toEqual([])
  })
})

describe('a quarter or year that is typed', () => {
  const cells = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 13 })
  const kinds = fc.constantFrom(ruled('ratio'), ruled('stock'), ruled('distinct'), ruled('distinct', 'lower'))

  it('is what the months make afterwards, whatever the rule', () => {
    fc.assert(
      fc.property(cells, fc.bigInt(0n, 1_000_000n), kinds, (months, value, rule) => {
        const tree = planTree([row('公司', null, months)], rule)
        const set = rebalance(tree, { node: '公司', months: [...months.keys()], value }, stays)
        if (!set.ok) throw new Error(set.reason)
        expect(overPeriods(nodeOf(set.tree, '公司').months, rule.periods)).toBe(value)
      }),
    )
  })

  it('leaves locked months as they are, or is refused', () => {
    fc.assert(
      fc.property(cells, fc.array(fc.nat(12)), fc.bigInt(0n, 1_000_000n), kinds, (months, locked, value, rule) => {
        const tree = planTree([row('公司', null, months, locked)], rule)
        const set = rebalance(tree, { node: '公司', months: [...months.keys()], value }, stays)
        if (!set.ok) return
        const after = nodeOf(set.tree, '公司').months
        expect(overPeriods(after, rule.periods)).toBe(value)
        for (const month of locked) expect(after[month]).toBe(tree.nodes.get('公司')?.months[month])
      }),
    )
  })

  it('sets a level at the end of the year and leaves the way there', () => {
    const stock = planTree([row('公司', null, [10, 20, 30, 40])], ruled('stock'))
    const set = rebalance(stock, { node: '公司', months: [0, 1, 2, 3], value: 55n }, stays)
    expect(set.ok && months(set.tree, '公司')).toEqual([10, 20, 30, 55])
  })
})
