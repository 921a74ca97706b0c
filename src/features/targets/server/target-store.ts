import { sql } from 'kysely'
import { readAmount } from '#engine/metrics/metric.ts'
import type { PlannedPlace } from '#engine/metrics/tier-tree.ts'
import { nobody } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import { readNodeId } from '../node-id.ts'
import { versionInForce } from '../plan-path.ts'
import type { PlanState } from '../plan-path.ts'
import { targetCells } from './cells-store.ts'
import type { CellsWanted } from './cells-store.ts'
import { reopenedAt } from './plan-store.ts'

/** A row's target over some months, in ten-thousandths. */
export interface TargetOfRow {
  readonly target: bigint
  /** The part that should be reached by today. */
  readonly expected: bigint
}

export interface TargetsWanted {
  readonly metric: string
  readonly structureId: string
  readonly year: number
  /** Leaf periods of the year, from 1. */
  readonly months: readonly number[]
  /** Share of the working days of these months that is behind us. */
  readonly elapsed: number
}

/** The targets of a plan that count: published ones alone. */
export interface TargetsOfPlan extends CellsWanted {
  /** The version whose cells these are. */
  readonly planVersion: number
  readonly rows: readonly TargetOfRow[]
  /** Where each of the rows stands in the plan's own tree; shown are those with a target in these months. */
  readonly places: readonly PlannedPlace[]
}

export const targetStore = {
  /** The targets of every row, summed over the months; undefined without a plan in force. */
  async read(tx: Tx, wanted: TargetsWanted): Promise<TargetsOfPlan | undefined> {
    const plan = await planInForce(tx, wanted)
    if (plan === undefined) return undefined
    const key = [plan.planId, plan.version, wanted.months.join(), wanted.elapsed].join(' ')
    const known = remembered.get(key)
    if (known) return known
    const sum = sql.join(
      wanted.months.map((month) => cell(month)),
      sql` + `,
    )
    const { rows } = await sql<PlannedRow>`
      select unit_id as "0", person_id as "1", (${sum})::text as "2", round((${sum}) * ${share(wanted.elapsed)}, 4)::text as "3",
        parent_unit_id as "4"
      from ${targetCells(plan)} t`.execute(tx)
    return remember(key, {
      planId: plan.planId,
      at: plan.at,
      planVersion: plan.version,
      rows: rows.map((row) => ({ target: readAmount(row[2]), expected: readAmount(row[3]) })),
      places: placesOf(rows),
    })
  },

  /** The months of the rows together, e.g. of one node or of several tops. */
  async months(
    tx: Tx,
    wanted: { metric: string; structureId: string; year: number; nodes: readonly string[] },
  ): Promise<readonly string[] | null> {
    const plan = await planInForce(tx, wanted)
    if (plan === undefined) return null
    const places = wanted.nodes.flatMap((node) => readNodeId(node) ?? [])
    const { rows } = await sql<{ sum: string }>`
      select sum(m.value)::text as sum
      from ${targetCells(plan)} t cross join lateral unnest(t.months) with ordinality as m(value, month)
      where (t.unit_id, t.person_id) in (select * from unnest(
          ${places.map((place) => place.unitId)}::uuid[], ${places.map((place) => place.personId ?? nobody)}::uuid[]))
      group by m.month order by m.month`.execute(tx)
    return rows.length > 0 ? rows.map(({ sum }) => sum) : null
  },
}

/** Unit, person, target, expected by today, unit above: short keys, for there are thousands of rows. */
interface PlannedRow {
  readonly 0: string
  readonly 1: string
  readonly 2: string
  readonly 3: string
  readonly 4: string | null
}

function placesOf(rows: readonly PlannedRow[]): PlannedPlace[] {
  const above = new Map(rows.flatMap((row) => (row[1] === nobody ? [[row[0], row[4]]] : [])))
  const paths = new Map<string, readonly string[]>()
  const pathOf = (unit: string): readonly string[] => {
    const known = paths.get(unit)
    if (known) return known
    const parent = above.get(unit)
    const path = parent ? [...pathOf(parent), unit] : [unit]
    paths.set(unit, path)
    return path
  }
  return rows.map((row) => ({
    path: pathOf(row[0]),
    personId: row[1] === nobody ? null : row[1],
    shown: readAmount(row[2]) !== 0n,
  }))
}

/** Targets of one version of a plan never change; the oldest answers are forgotten first. */
const remembered = new Map<string, TargetsOfPlan>()
const mostRemembered = 100

function remember(key: string, targets: TargetsOfPlan): TargetsOfPlan {
  const oldest = remembered.size >= mostRemembered ? remembered.keys().next().value : undefined
  if (oldest !== undefined) remembered.delete(oldest)
  remembered.set(key, targets)
  return targets
}

function cell(month: number) {
  return sql`months[${sql.lit(month)}]`
}

function share(elapsed: number) {
  return sql`${elapsed.toFixed(8)}::numeric`
}

/** The plan with the version that counts; undefined where nothing of it was ever published. */
async function planInForce(
  tx: Tx,
  { metric, structureId, year }: { metric: string; structureId: string; year: number },
): Promise<(CellsWanted & { readonly version: number }) | undefined> {
  const { rows } = await sql<{ id: string; status: PlanState; version: number; reopenedAt: number | null }>`
    select p.id, p.status, p.version, ${reopenedAt} as "reopenedAt"
    from plan p join period f on f.company_id = p.company_id and f.id = p.period_id
    where p.metric = ${metric} and p.structure_id = ${structureId} and f.year = ${year}`.execute(tx)
  const [plan] = rows
  const version = plan && versionInForce(plan)
  if (!plan || version === null || version === undefined) return undefined
  return { planId: plan.id, version, at: version === plan.version ? null : version }
}
