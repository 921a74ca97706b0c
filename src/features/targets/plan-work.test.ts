import { describe, expect, it } from 'vitest'
import { mismatches, nodeOf, planTree } from './plan-tree.ts'
import { doAct, openWork, redo, replay, rowsToSave, undo } from './plan-work.ts'
import type { PlanAct, PlanWork } from './plan-work.ts'

const monthsOfYear: readonly number[] = Array.from({ length: 12 }, (_, month) => month)
const open = monthsOfYear.map(() => false)
const year = (month: bigint) => monthsOfYear.map(() => month)
const node = (id: string, parent: string | null, month: bigint) => ({ id, parent, months: year(month), locked: open })
const tree = planTree([node('top', null, 90n), node('a', 'top', 30n), node('b', 'top', 30n), node('c', 'top', 30n)])
const rules = { unit: '1', fixedTops: [] }
const edit = (id: string, value: bigint, month = 0): PlanAct => {
  return { kind: 'edit', edits: [{ node: id, months: [month], value }], absorb: 'siblings' }
}

function after(work: PlanWork, ...acts: PlanAct[]): PlanWork {
  return acts.reduce((state, act) => {
    const next = doAct(state, act, rules)
    if (!next.ok) throw new Error(next.reason)
    return next.work
  }, work)
}

const first = (work: PlanWork, id: string) => nodeOf(work.tree, id).months[0]

describe('work on a plan', () => {
  it('is undone and redone step by step, and saved as the rows that changed', () => {
    const work = after(openWork(tree), edit('a', 50n), { kind: 'lock', node: 'b', months: [1], locked: true })
    expect([first(work, 'a'), first(work, 'b'), first(work, 'c')]).toEqual([50n, 20n, 20n])
    const rows = rowsToSave(work, String)
    expect(rows.map((row) => [row.node, row.months[0], row.months[1], row.locked[1]])).toEqual([
      ['a', '50', null, null],
      ['b', '20', null, true],
      ['c', '20', null, null],
    ])
    const back = undo(undo(work))
    expect(back.tree).toBe(tree)
    expect(rowsToSave(back, String)).toEqual([])
    expect(redo(redo(back)).tree).toBe(work.tree)
    expect(undo(back)).toBe(back)
  })

  it('takes a pasted block as it is: its cells hold still, the rest follows', () => {
    const block: PlanAct = {
      kind: 'edit',
      absorb: 'siblings',
      edits: [
        { node: 'a', months: [0], value: 40n },
        { node: 'b', months: [0], value: 10n },
      ],
    }
    const work = after(openWork(tree), block)
    expect([first(work, 'a'), first(work, 'b'), first(work, 'c')]).toEqual([40n, 10n, 40n])
    expect(nodeOf(work.tree, 'a').locked).toEqual(open)
    const whole = after(work, { ...block, edits: [...block.edits, { node: 'c', months: [0], value: 70n }] })
    expect([first(whole, 'a'), first(whole, 'c'), first(whole, 'top')]).toEqual([40n, 70n, 120n])
    expect(mismatches(whole.tree)).toEqual([])
  })

  it('stays in whole amounts as long as it has no cents', () => {
    const cents = { unit: '0.01', fixedTops: [] }
    const whole = planTree([
      node('top', null, 9_000n),
      node('a', 'top', 2_000n),
      node('b', 'top', 3_500n),
      node('c', 'top', 3_500n),
    ])
    const next = doAct(openWork(whole), edit('a', 2_100n), cents)
    expect(next.ok && ['b', 'c'].map((id) => first(next.work, id))).toEqual([3_500n, 3_400n])
    const fine = doAct(openWork(whole), edit('a', 2_001n), cents)
    expect(fine.ok && mismatches(fine.work.tree)).toEqual([])
  })

  it('is refused where the top is fixed', () => {
    const fixed = { unit: '1', fixedTops: ['top'] }
    expect(doAct(openWork(tree), edit('top', 1n), fixed)).toMatchObject({ ok: false, reason: 'out-of-reach' })
    expect(doAct(openWork(tree), edit('a', 91n), fixed)).toMatchObject({ ok: false, reason: 'locked-sums-exceed' })
    const up = doAct(openWork(tree), { ...edit('a', 40n), absorb: 'parents' } as PlanAct, fixed)
    expect(up.ok && first(up.work, 'top')).toBe(90n)
  })

  it('is repeated on a newer plan, telling what could not be', () => {
    const newer = planTree([node('top', null, 60n), node('a', 'top', 30n), node('c', 'top', 30n)])
    const acts: PlanAct[] = [edit('a', 40n), edit('b', 10n), { kind: 'cells', changes: [] }]
    const { work, left } = replay(newer, acts, rules)
    expect([first(work, 'a'), first(work, 'c'), left]).toEqual([40n, 20n, 2])
  })
})
