import type { FieldFault } from '#base/errors.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { fromUnits, isWhole, toUnits } from '#engine/money/units.ts'
import type { Step } from '#platform/db/step.ts'
import { openDraft } from '../draft.ts'
import { treeOfRows } from '../plan-cells.ts'
import { isLocked, nodeOf } from '../plan-tree.ts'
import type { PlanTree } from '../plan-tree.ts'
import { sumUp } from '../sum-up.ts'
import { isTooHigh } from '../too-high.ts'
import { ensurePlan } from './ensure-plan.ts'
import { amountFault, amountTooHigh, lockedCell } from './faults.ts'
import { countedIn } from './refuse-wrong-cells.ts'
import { withLevels } from './follow-levels.ts'
import { orgStore } from './org-store.ts'
import type { Presence } from './org-store.ts'
import { publishQuietly } from './move-plan.ts'
import { leavesOf } from './plan-year.ts'
import { planReach } from './plan-reach.ts'
import { planStore } from './plan-store.ts'
import type { StoredPlan } from './plan-store.ts'
import { rowChanges } from './row-changes.ts'
import type { StoredRow } from './stored-row.ts'
import { revisePlan, refuseSettled } from './revise-plan.ts'

/** What a person should reach in one period of a fiscal year; the leaf counts from 0. */
export interface GivenTarget {
  readonly personId: string
  readonly leaf: number
  readonly amount: string
}

export type PlacedTarget =
  | { readonly ok: true; readonly planId: string; readonly was: 'empty' | 'other' | 'same' }
  | { readonly ok: false; readonly fault: FieldFault }

/**
 * Writes targets of people into the plan of a metric and year, which is made if need be; units are the sums of what is
 * below them. Targets from outside hold already: a plan that was made for them is in force at once; one that people work
 * on keeps its place on its path. One result per target, in their order; PLAN_DOES_NOT_SUM where a locked unit stands against it.
 */
export async function placeTargets(
  step: Step,
  { metric, year }: { readonly metric: Metric; readonly year: number },
  given: readonly GivenTarget[],
): Promise<readonly PlacedTarget[]> {
  const { plan, isNew } = await ensurePlan(step, metric, year)
  const rows = await planStore.rows(step.tx, plan.id)
  const { canEdit } = await planReach(step.ctx, rows)
  const presence = await orgStore.presence(step.tx, plan.structureId, leavesOf(step.ctx, year))
  const tree = treeOfRows(rows, plan)
  const draft = openDraft(tree)
  const results = given.map((target): PlacedTarget => {
    const row = rowOf(rows, presence, target)
    if (!row || !canEdit(row.id)) return { ok: false, fault: notPlanned }
    if (!isWhole(target.amount, plan.unit)) return { ok: false, fault: amountFault('amount', target.amount, plan.unit) }
    if (isTooHigh(target.amount, plan)) {
      return { ok: false, fault: amountTooHigh('amount', target.amount, countedIn(step.ctx, plan)) }
    }
    if (isLocked(nodeOf(tree, row.id), target.leaf)) {
      return { ok: false, fault: lockedCell('period', row.name, target.leaf + 1) }
    }
    const [before, after] = [draft.valueOf(row.id, target.leaf), toUnits(target.amount, plan.unit)]
    if (before !== after) draft.set(row.id, target.leaf, after)
    return { ok: true, planId: plan.id, was: before === after ? 'same' : before === 0n ? 'empty' : 'other' }
  })
  const summed = sumUp(draft.finish().tree, new Set())
  await keep(step, plan, rows, summed.tree)
  if (isNew) await publishQuietly(step, plan)
  return results
}

const notPlanned: FieldFault = {
  field: 'person',
  code: 'not_planned',
  label: {
    zh: '该财年的计划里没有这个人，或不在您的范围内',
    en: 'The plan of that year has no such person within your reach',
  },
}

/** Somebody who moved has a row in both units: hers is where she stood longest in the period. */
function rowOf(rows: readonly StoredRow[], presence: readonly Presence[], { personId, leaf }: GivenTarget) {
  const own = rows.filter((row) => row.personId === personId)
  const daysIn = (unitId: string): bigint =>
    presence.find((stay) => stay.personId === personId && stay.unitId === unitId)?.days[leaf] ?? 0n
  return own.toSorted((a, b) => Number(daysIn(b.unitId) - daysIn(a.unitId)))[0]
}

async function keep(step: Step, plan: StoredPlan, rows: readonly StoredRow[], tree: PlanTree): Promise<void> {
  const cells = new Map(
    rows.map((row) => {
      const months = nodeOf(tree, row.id).months.map((value) => fromUnits(value, plan.unit))
      return [row.id, { months, locked: row.locked }] as const
    }),
  )
  if (rowChanges(rows, cells).length === 0) return
  refuseSettled(plan)
  const { rows: all, cells: followed } = await withLevels(step.tx, plan, rows, cells)
  await revisePlan(step, plan, all, { kind: 'changed', reason: null, cells: followed })
}
