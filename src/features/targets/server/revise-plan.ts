import { fromUnits } from '#engine/money/units.ts'
import type { Step } from '#platform/db/step.ts'
import { planChanged, targetErrors } from '../contract.ts'
import type { RevisionKind } from '../contract.ts'
import { treeOfRows } from '../plan-cells.ts'
import type { Counting } from '#engine/metrics/plan-rule.ts'
import { isInForce, settledBy } from '../plan-path.ts'
import type { Settled } from '../plan-path.ts'
import { sumUp } from '../sum-up.ts'
import { refuseWrongCells } from './refuse-wrong-cells.ts'
import { readRowId } from '../levels.ts'
import { planStore, rowChanges } from './plan-store.ts'
import type { Cells, RowChange, StoredPlan, StoredRow } from './plan-store.ts'

export interface PlanRevision {
  readonly kind: RevisionKind
  readonly reason: string | null
  /** The cells of the rows that change. */
  readonly cells: ReadonlyMap<string, Partial<Cells>>
}

/**
 * The one door by which cells of a plan change: sums are held, the revision is written with who, when and why, and
 * people whose targets bind them are told. `rows` are all rows of the plan, which the step has locked. Answers the new
 * version; throws PLAN_DOES_NOT_SUM.
 */
export async function revisePlan(
  step: Step,
  plan: StoredPlan,
  rows: readonly StoredRow[],
  { kind, reason, cells }: PlanRevision,
): Promise<{ readonly version: number; readonly changes: readonly RowChange[] }> {
  refuseWrongCells(step.ctx, plan, await ofAllLevels(step, plan, rows), cells)
  const changes = rowChanges(rows, cells)
  const version = await planStore.saveRows(step, plan.id, { kind, reason, changes })
  const people = changes.flatMap(({ level, person, before, after }) =>
    level === undefined && person !== null && before.some((value, at) => value !== after[at]) ? [person] : [],
  )
  const told = isInForce(plan.status) ? { act: 'changed', people } : {}
  step.tell({
    name: planChanged,
    payload: { planId: plan.id, metric: plan.metric, year: plan.year, version, ...told },
  })
  step.audit({
    object: 'plan',
    recordId: plan.id,
    action: kind === 'amended' ? 'amended' : 'updated',
    before: { version: plan.version },
    after: { version, reason, rows: changes.length },
  })
  return { version, changes }
}

/** Levels must not cross, also where the target alone is changed. */
async function ofAllLevels(step: Step, plan: StoredPlan, rows: readonly StoredRow[]): Promise<readonly StoredRow[]> {
  const isWhole = rows.some(({ id }) => readRowId(id).level !== 'target')
  return isWhole ? rows : [...rows, ...(await planStore.levelRows(step.tx, plan, rows))]
}

/** The same from below: rows without children get new cells, units follow what is below them, up to the top. */
export function withSums(
  rows: readonly StoredRow[],
  leaves: ReadonlyMap<string, Pick<Cells, 'months'>>,
  counting: Counting,
): ReadonlyMap<string, Pick<Cells, 'months'>> {
  const tree = treeOfRows(
    rows.map((row) => ({ ...row, ...leaves.get(row.id) })),
    counting,
  )
  const summed = sumUp(tree, new Set(leaves.keys())).tree
  return new Map(
    [...summed.nodes].map(([id, { months }]) => [
      id,
      { months: months.map((value) => fromUnits(value, counting.unit)) },
    ]),
  )
}

const whySettled: Readonly<Record<Settled, () => Error>> = {
  'in-review': () => targetErrors.PLAN_IN_REVIEW(),
  approved: () => targetErrors.PLAN_APPROVED(),
  reviewed: () => targetErrors.PLAN_REVIEWED(),
  locked: () => targetErrors.PLAN_LOCKED(),
}

/** Throws why the plan's figures stand still, if they do. */
export function refuseSettled(plan: StoredPlan): void {
  const settled = settledBy(plan.status, plan)
  if (settled !== null) throw whySettled[settled]()
}
