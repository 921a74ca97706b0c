import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mismatches, nodeOf, planTree, totalOf } from './plan-tree.ts'
import type { Months, PlanNode, PlanTree } from './plan-tree.ts'
import { rebalance } from './rebalance.ts'
import { yearInMonths } from './seasons.ts'
import { spread } from './spread.ts'
import { byBlend, byCurrent, byEqual, byHand, byHeadcount, byLastActual, firstThatWeighs } from './weights.ts'
import type { Standing } from './weights.ts'
import type { Weigh } from './spread.ts'

const monthsOfYear: readonly number[] = Array.from({ length: 12 }, (_, month) => month)
const open = monthsOfYear.map(() => false)
const year = (month: bigint) => monthsOfYear.map(() => month)

function row(id: string, parent: string | null, months: Months = year(0n), locked = open): PlanNode {
  return { id, parent, months, locked }
}

/** Company with three regions; region a has two people. */
const small = planTree([
  row('company', null, year(100n)),
  row('a', 'company'),
  row('b', 'company'),
  row('c', 'company'),
  row('a1', 'a'),
  row('a2', 'a'),
])

const equal: Weigh = (children) => children.map(() => 1n)

function monthsOf(tree: PlanTree, id: string): string {
  return nodeOf(tree, id).months.join(' ')
}

describe('spread', () => {
  it('sums exactly in every month and evens out over the year', () => {
    const result = spread(small, 'company', { weigh: equal, step: 1n })
    if (!result.ok) throw new Error(result.reason)
    expect(mismatches(result.tree)).toEqual([])
    expect(monthsOf(result.tree, 'a')).toBe('34 33 33 34 33 33 34 33 33 34 33 33')
    expect(monthsOf(result.tree, 'b')).toBe('33 34 33 33 34 33 33 34 33 33 34 33')
    expect(['a', 'b', 'c'].map((id) => totalOf(nodeOf(result.tree, id).months))).toEqual([400n, 400n, 400n])
  })

  it('leaves locked cells and re-balances the rest', () => {
    const locked = monthsOfYear.map((month) => month === 1)
    const tree = planTree([
      ...[...small.nodes.values()].filter(({ id }) => id !== 'b'),
      row('b', 'company', year(80n), locked),
    ])
    const result = spread(tree, 'company', { weigh: equal, step: 1n })
    if (!result.ok) throw new Error(result.reason)
    expect(mismatches(result.tree)).toEqual([])
    expect(nodeOf(result.tree, 'b').months[1]).toBe(80n)
    expect(nodeOf(result.tree, 'a').months[1]).toBe(10n)
  })

  it('keeps a lock far below: its tiers never fall under it', () => {
    const locked = monthsOfYear.map((month) => month === 0)
    const tree = planTree([
      ...[...small.nodes.values()].filter(({ id }) => id !== 'a2'),
      row('a2', 'a', year(90n), locked),
    ])
    const result = spread(tree, 'company', { weigh: equal, step: 1n })
    if (!result.ok) throw new Error(result.reason)
    expect([nodeOf(result.tree, 'a').months[0], nodeOf(result.tree, 'a2').months[0]]).toEqual([90n, 90n])
    expect(mismatches(result.tree)).toEqual([])
  })

  it('names the row where locked cells leave no room', () => {
    const all = monthsOfYear.map(() => true)
    const over = planTree([row('top', null, year(10n)), row('x', 'top', year(11n), all), row('y', 'top')])
    expect(spread(over, 'top', { weigh: equal, step: 1n })).toEqual({
      ok: false,
      reason: 'locked-sums-exceed',
      at: 'top',
    })
    const stuck = planTree([row('top', null, year(10n)), row('x', 'top', year(9n), all)])
    expect(spread(stuck, 'top', { weigh: equal, step: 1n })).toEqual({ ok: false, reason: 'nobody-free', at: 'top' })
  })

  it('rounds to a step and puts what is left of it with one child', () => {
    const tree = planTree([row('top', null, year(1_005n)), row('x', 'top'), row('y', 'top')])
    const result = spread(tree, 'top', { weigh: equal, step: 100n })
    if (!result.ok) throw new Error(result.reason)
    expect(mismatches(result.tree)).toEqual([])
    for (const month of monthsOfYear) {
      const rests = ['x', 'y'].map((id) => (nodeOf(result.tree, id).months[month] ?? 0n) % 100n)
      expect(rests.filter((rest) => rest === 0n)).toHaveLength(1)
    }
  })
})

describe('rebalance', () => {
  const start = spread(small, 'company', { weigh: equal, step: 1n })
  if (!start.ok) throw new Error(start.reason)
  const tree = start.tree
  const rule = { absorb: 'siblings', step: 1n } as const

  it('lets siblings take up the difference in proportion, and tells every change', () => {
    const result = rebalance(tree, { node: 'a', months: [0], value: 50n }, rule)
    if (!result.ok) throw new Error(result.reason)
    expect(mismatches(result.tree)).toEqual([])
    expect(result.changes).toEqual([
      { node: 'a', month: 0, before: 34n, after: 50n },
      { node: 'b', month: 0, before: 33n, after: 25n },
      { node: 'c', month: 0, before: 33n, after: 25n },
      { node: 'a1', month: 0, before: 17n, after: 25n },
      { node: 'a2', month: 0, before: 17n, after: 25n },
    ])
  })

  it('lets parents take it up where they may change', () => {
    const result = rebalance(tree, { node: 'a1', months: [0], value: 27n }, { ...rule, absorb: 'parents' })
    if (!result.ok) throw new Error(result.reason)
    expect(result.changes.map(({ node, after }) => [node, after])).toEqual([
      ['a1', 27n],
      ['a', 44n],
      ['company', 110n],
    ])
    const below = rebalance(
      tree,
      { node: 'a1', months: [0], value: 27n },
      { ...rule, absorb: 'parents', fixedTop: 'company' },
    )
    if (!below.ok) throw new Error(below.reason)
    expect(mismatches(below.tree)).toEqual([])
    expect(nodeOf(below.tree, 'company').months[0]).toBe(100n)
    expect(nodeOf(below.tree, 'a').months[0]).toBe(44n)
  })

  it('spreads a quarter and a year over their months', () => {
    const quarter = rebalance(tree, { node: 'a', months: [0, 1, 2], value: 130n }, rule)
    if (!quarter.ok) throw new Error(quarter.reason)
    expect(totalOf(nodeOf(quarter.tree, 'a').months.slice(0, 3))).toBe(130n)
    expect(mismatches(quarter.tree)).toEqual([])
    const whole = rebalance(tree, { node: 'company', months: monthsOfYear, value: 1_000_001n }, rule)
    if (!whole.ok) throw new Error(whole.reason)
    expect(totalOf(nodeOf(whole.tree, 'company').months)).toBe(1_000_001n)
    expect(mismatches(whole.tree)).toEqual([])
  })

  it('refuses what cannot be, with the reason', () => {
    const reason = (edit: Parameters<typeof rebalance>[1], more = {}) => {
      const result = rebalance(tree, edit, { ...rule, ...more })
      return result.ok ? 'done' : result.reason
    }
    expect(reason({ node: 'a', months: [0], value: -1n })).toBe('negative')
    expect(reason({ node: 'a', months: [0], value: 101n })).toBe('locked-sums-exceed')
    expect(reason({ node: 'company', months: [0], value: 1n }, { fixedTop: 'company' })).toBe('out-of-reach')
    expect(reason({ node: 'b', months: [0], value: 1n }, { fixedTop: 'a' })).toBe('out-of-reach')
    const alone = planTree([row('top', null, year(1n)), row('x', 'top', year(1n))])
    expect(rebalance(alone, { node: 'x', months: [0], value: 0n }, rule)).toMatchObject({ reason: 'no-sibling' })
    const locked = planTree(
      [...tree.nodes.values()].map((node) =>
        node.id === 'a1' || node.id === 'a2' ? { ...node, locked: monthsOfYear.map(() => true) } : node,
      ),
    )
    expect(rebalance(locked, { node: 'a', months: [0], value: 35n }, rule)).toMatchObject({ reason: 'locked-below' })
    expect(rebalance(locked, { node: 'a1', months: [0], value: 35n }, rule)).toMatchObject({ reason: 'cell-locked' })
  })

  it('re-balances 3,000 people over twelve months within 200 ms', () => {
    const big = company(3_000)
    const spreadOut = spread(big, 'top', { weigh: equal, step: 1n })
    if (!spreadOut.ok) throw new Error(spreadOut.reason)
    const edit = { node: 'top', months: monthsOfYear, value: 1_300_000_000n }
    rebalance(spreadOut.tree, edit, rule)
    // The work itself: how long it waits beside others says nothing of the rule.
    const began = process.threadCpuUsage()
    const result = rebalance(spreadOut.tree, edit, rule)
    const took = process.threadCpuUsage(began).user / 1000
    if (!result.ok) throw new Error(result.reason)
    expect(mismatches(result.tree)).toEqual([])
    expect(result.changes.length).toBeGreaterThan(36_000)
    expect(took).toBeLessThan(200)
  })
})

/** Ten regions of thirty teams of ten, as far as the people go. */
function company(people: number): PlanTree {
  const rows = [row('top', null, year(100_000_000n))]
  for (let at = 0; at < people; at += 1) {
    const region = `r${Math.floor(at / 300)}`
    const team = `t${Math.floor(at / 10)}`
    if (at % 300 === 0) rows.push(row(region, 'top'))
    if (at % 10 === 0) rows.push(row(team, region))
    rows.push(row(`p${at}`, team))
  }
  return planTree(rows)
}

interface RandomRow {
  readonly above: number
  readonly weight: number
  readonly presence: number
  readonly head: boolean
}

const randomRow = fc.record({
  above: fc.nat(1_000),
  weight: fc.nat(1_000),
  presence: fc.nat(3_100),
  head: fc.boolean(),
})

const randomPlan = fc.record({
  rows: fc.array(randomRow, { minLength: 1, maxLength: 24 }),
  months: fc.array(fc.bigInt({ min: 0n, max: 10n ** 11n }), { minLength: 12, maxLength: 24 }),
  locks: fc.array(fc.record({ row: fc.nat(23), month: fc.nat(11) }), { maxLength: 16 }),
  method: fc.constantFrom('equal', 'headcount', 'last actual', 'manual', 'blend'),
  step: fc.constantFrom(1n, 100n, 100_000n),
  edit: fc.record({
    row: fc.nat(12),
    span: fc.constantFrom(1, 3, 12),
    at: fc.nat(11),
    percent: fc.bigInt({ min: 0n, max: 250n }),
  }),
  absorb: fc.constantFrom('siblings' as const, 'parents' as const),
})

function treeOf(rows: readonly RandomRow[], months: readonly bigint[]): PlanTree {
  const nodes = rows.map(({ above }, at) => row(`n${at + 1}`, `n${above % (at + 1)}`))
  return planTree([row('n0', null, months), ...nodes])
}

function standingsOf(tree: PlanTree, rows: readonly RandomRow[]): Map<string, Standing> {
  return new Map(
    rows.map(({ weight, presence, head, above }, at) => [
      `n${at + 1}`,
      {
        kind: tree.children.has(`n${at + 1}`) ? 'unit' : 'person',
        isHead: head,
        besideUnits: above % 2 === 0,
        presence: monthsOfYear.map((month) => BigInt(month < weight % 13 ? 0 : presence)),
        potential: 0n,
        actual: year(BigInt(weight)),
      },
    ]),
  )
}

function weighBy(method: string, standings: ReadonlyMap<string, Standing>, rows: readonly RandomRow[]): Weigh {
  const methods: Record<string, Weigh> = {
    equal: byEqual(standings, false),
    headcount: byHeadcount(standings, true),
    'last actual': firstThatWeighs(byLastActual(standings), byEqual(standings, false)),
    manual: byHand(new Map(rows.slice(0, 5).map(({ weight }, at) => [`n${at + 1}`, BigInt(weight)]))),
    blend: byBlend([
      { weigh: byEqual(standings, true), percent: 30n },
      { weigh: byLastActual(standings), percent: 70n },
    ]),
  }
  return methods[method] ?? byCurrent
}

function withLocks(tree: PlanTree, locks: readonly { row: number; month: number }[]): PlanTree {
  return planTree(
    [...tree.nodes.values()].map((node) => ({
      ...node,
      locked: monthsOfYear.map((month) => locks.some((lock) => `n${lock.row + 1}` === node.id && lock.month === month)),
    })),
  )
}

describe('any plan', () => {
  it(
    'sums exactly on every tier and month, by all methods, with locks, after cascades and edits',
    { timeout: 60_000 },
    () => {
      let refusals = 0
      fc.assert(
        fc.property(randomPlan, ({ rows, months, locks, method, step, edit, absorb }) => {
          const bare = treeOf(rows, months)
          const weigh = weighBy(method, standingsOf(bare, rows), rows)
          const first = spread(bare, 'n0', { weigh, step })
          if (!first.ok) throw new Error(`nothing is locked, yet ${first.reason}`)
          if (mismatches(first.tree).length > 0) throw new Error('the cascade does not sum')
          const locked = withLocks(first.tree, locks)

          const again = spread(locked, 'n0', { weigh: byHeadcount(standingsOf(bare, rows), false), step })
          if (!again.ok) throw new Error(`the locked cells fit, yet ${again.reason}`)
          check(locked, again.tree)

          const node = nodeOf(locked, `n${edit.row % (rows.length + 1)}`)
          const from = edit.at - (edit.at % edit.span)
          const span = monthsOfYear.slice(from, from + edit.span)
          const value = (totalOf(span.map((month) => node.months[month] ?? 0n)) * edit.percent) / 100n
          const edited = rebalance(locked, { node: node.id, months: span, value }, { absorb, step })
          if (!edited.ok) {
            refusals += 1
            return
          }
          check(locked, edited.tree)
          const now = totalOf(span.map((month) => nodeOf(edited.tree, node.id).months[month] ?? 0n))
          if (now !== value) throw new Error(`asked for ${value}, got ${now}`)
          for (const { node: id, month, before, after } of edited.changes) {
            if (nodeOf(locked, id).months[month] !== before || nodeOf(edited.tree, id).months[month] !== after) {
              throw new Error('the list of changes is not what changed')
            }
          }
        }),
        { numRuns: 10_000 },
      )
      expect(refusals).toBeLessThan(5_000)
    },
  )

  it('gives children of equal weight the same year within one step', () => {
    const months = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 12, maxLength: 12 })
    fc.assert(
      fc.property(months, fc.integer({ min: 1, max: 30 }), (top, count) => {
        const tree = planTree([row('n0', null, top), ...Array.from({ length: count }, (_, at) => row(`c${at}`, 'n0'))])
        const result = spread(tree, 'n0', { weigh: equal, step: 1n })
        if (!result.ok) throw new Error(result.reason)
        const years = Array.from({ length: count }, (_, at) => totalOf(nodeOf(result.tree, `c${at}`).months))
        const most = years.reduce((a, b) => (a > b ? a : b))
        const least = years.reduce((a, b) => (a < b ? a : b))
        expect(most - least).toBeLessThanOrEqual(1n)
      }),
    )
  })

  it('has months that sum to the year by any season, locked months as they are', () => {
    const profile = fc.array(fc.bigInt({ min: 0n, max: 1000n }), { minLength: 12, maxLength: 12 })
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 13n }), profile, fc.nat(11), (total, weights, month) => {
        const locked = monthsOfYear.map((at) => at === month)
        const tree = planTree([row('top', null, year(total / 20n), locked)])
        const result = yearInMonths(tree, 'top', total, weights, 1n)
        if (!result.ok) throw new Error(result.reason)
        expect(totalOf(result.months)).toBe(total)
        expect(result.months[month]).toBe(total / 20n)
        expect(result.months.every((part) => part >= 0n)).toBe(true)
      }),
    )
  })
})

function check(before: PlanTree, after: PlanTree): void {
  if (mismatches(after).length > 0) throw new Error('children do not sum to their parent')
  for (const node of before.nodes.values()) {
    const now = nodeOf(after, node.id).months
    for (const month of monthsOfYear) {
      if ((now[month] ?? 0n) < 0n) throw new Error('a target fell below zero')
      if (node.locked[month] && now[month] !== node.months[month]) throw new Error('a locked cell moved')
    }
  }
}
