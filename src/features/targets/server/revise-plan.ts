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
import { planStore } from './plan-store.ts'
import type { StoredPlan } from './plan-store.ts'
import { rowChanges } from './row-changes.ts'
import type { Cells, RowChange } from './row-changes.ts'
import type { StoredRow } from './stored-row.ts'

export interface PlanRevision {
  readonly kind: RevisionKind
  readonly reason: string | null
  /** The cells of the rows that change. */
  readonly cells: ReadonlyMap<string, Partial<Cells>>
  /** What goes with it, and needs no check: the cells of a level that is given up. */
  readonly beside?: readonly RowChange[]
  /** What the audit says beside version and reason. */
  readonly noted?: { readonly before: object | null; readonly after: object }
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
  { kind, reason, cells, beside = [], noted }: PlanRevision,
): Promise<{ readonly version: number; readonly changes: readonly RowChange[] }> {
  refuseWrongCells(step.ctx, plan, await ofAllLevels(step, plan, rows), cells)
  const changes = [...rowChanges(rows, cells), ...beside]
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
    action: auditedAs[kind] ?? 'updated',
    before: noted?.before === null ? null : { version: plan.version, ...noted?.before },
    after: { version, reason, rows: changes.length, ...noted?.after },
  })
  return { version, changes }
}

const auditedAs: Readonly<Partial<Record<RevisionKind, string>>> = {
  created: 'created',
  refreshed: 'refreshed',
  amended: 'amended',
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
