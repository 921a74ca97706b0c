import { sql } from 'kysely'
import { readAmount } from '#engine/metrics/metric.ts'
import type { PeriodRule, PlanRule } from '#engine/metrics/plan-rule.ts'
import type { PlannedPlace } from '#engine/metrics/tier-tree.ts'
import { nobody } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import type { Basis } from '../contract.ts'
import { readNodeId } from '../node-id.ts'
import { versionInForce } from '../plan-path.ts'
import type { PlanState } from '../plan-path.ts'
import { targetCells } from './cells-store.ts'
import type { CellsWanted } from './cells-store.ts'
import { reopenedAt } from './plan-store.ts'
import { overMonths, type OverMonths } from './over-months.ts'

/** A row's target over some months, as the plan's periods make it, in ten-thousandths. */
export interface TargetOfRow {
  readonly target: bigint
  /** The part that should be reached by today. */
  readonly expected: bigint
  /** Where less is better: the past result that the target was entered relative to. */
  readonly base?: bigint | null
}

export interface TargetsWanted {
  readonly metric: string
  readonly structureId: string
  readonly year: number
  /** Leaf periods of the year, from 1. */
  readonly months: readonly number[]
  /** Of each of these months the share of working days that is behind us. */
  readonly elapsed: readonly number[]
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
  /** The targets of every row over the months; undefined without a plan in force. */
  async read(tx: Tx, wanted: TargetsWanted): Promise<TargetsOfPlan | undefined> {
    const plan = await planInForce(tx, wanted)
    if (plan === undefined) return undefined
    const key = [plan.planId, plan.version, wanted.months.join(), wanted.elapsed.join()].join(' ')
    const known = remembered.get(key)
    if (known) return known
    const whole = overMonths(sql`months`, plan, wanted.months)
    const { rows } = await sql<PlannedRow>`
      select unit_id as "0", person_id as "1", ${whole}::text as "2",
        round(${dueOver(plan, wanted)}, 4)::text as "3", parent_unit_id as "4",
        ${plan.better === 'lower' ? sql`nullif(bases, '[]')` : sql`null`} as "5"
      from ${targetCells(plan)} t`.execute(tx)
    return remember(key, {
      planId: plan.planId,
      at: plan.at,
      planVersion: plan.version,
      rows: rows.map((row) => ({
        target: readAmount(row[2]),
        expected: readAmount(row[3]),
        base: baseOver(row[5] ?? [], wanted.months, plan.periods),
      })),
      places: placesOf(rows),
    })
  },

  /** The months of the rows together, e.g. of one node or of several tops; null where they make no figure together. */
  async months(
    tx: Tx,
    wanted: { metric: string; structureId: string; year: number; nodes: readonly string[] },
  ): Promise<readonly (string | null)[] | null> {
    const plan = await planInForce(tx, wanted)
    if (plan === undefined) return null
    const places = wanted.nodes.flatMap((node) => readNodeId(node) ?? [])
    const together =
      plan.nodes === 'sum' ? sql`sum(m.value)` : sql`case when min(m.value) = max(m.value) then min(m.value) end`
    const { rows } = await sql<{ together: string | null }>`
      select ${plan.nodes === 'apart' ? sql`case when count(*) = 1 then min(m.value) end` : together}::text as together
      from ${targetCells(plan)} t cross join lateral unnest(t.months) with ordinality as m(value, month)
      where (t.unit_id, t.person_id) in (select * from unnest(
          ${places.map((place) => place.unitId)}::uuid[], ${places.map((place) => place.personId ?? nobody)}::uuid[]))
      group by m.month order by m.month`.execute(tx)
    return rows.length > 0 ? rows.map((row) => row.together) : null
  },
}

/** Unit, person, target, expected by today, unit above: short keys, for there are thousands of rows. */
interface PlannedRow {
  readonly 0: string
  readonly 1: string
  readonly 2: string
  readonly 3: string
  readonly 4: string | null
  readonly 5: readonly Basis[] | null
}

/**
 * What should be reached by today: months that are over whole, the running one by its working days, each by what the plan
 * has for it. Levels and rates should stand where they are asked to as soon as the first month begins.
 */
function dueOver(plan: StoredRule, { months, elapsed }: TargetsWanted) {
  const hasBegun = elapsed.some((share) => share > 0)
  if (plan.periods === 'last' || plan.nodes === 'same') {
    return hasBegun ? overMonths(sql`months`, plan, months) : sql`0::numeric`
  }
  const due = months.flatMap((month, at) => {
    const share = elapsed[at] ?? 0
    const cell = sql`months[${sql.lit(month)}]`
    if (share <= 0) return []
    return share >= 1 ? [cell] : [sql`${cell} * ${share.toFixed(8)}::numeric`]
  })
  if (due.length === 0) return sql`0::numeric`
  return plan.periods === 'largest' ? sql`greatest(${sql.join(due)})` : sql`(${sql.join(due, sql` + `)})`
}

/**
 * The past result that the target of these months was entered relative to ("-10 % on last year"): where it stood before.
 * A level or rate of a year speaks for its months too.
 */
function baseOver(bases: readonly Basis[], months: readonly number[], periods: PeriodRule): bigint | null {
  const [first = 0, last = 0] = [months[0], months.at(-1)]
  const isLevel = periods === 'last' || periods === 'average'
  const basis = bases.find((one) =>
    isLevel ? one.first <= first && last <= one.last : one.first === first && one.last === last,
  )
  return basis ? readAmount(basis.amount) : null
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

interface StoredRule extends PlanRule, OverMonths, CellsWanted {
  /** Whose cells count. */
  readonly version: number
}

interface StoredPath extends PlanRule, OverMonths {
  readonly id: string
  readonly status: PlanState
  readonly version: number
  readonly reopenedAt: number | null
}

/** The plan with the version that counts; undefined where nothing of it was ever published. */
async function planInForce(
  tx: Tx,
  { metric, structureId, year }: { metric: string; structureId: string; year: number },
): Promise<StoredRule | undefined> {
  const { rows } = await sql<StoredPath>`
    select p.id, p.status, p.version, ${reopenedAt} as "reopenedAt", p.over_nodes as nodes, p.over_periods as periods, p.better,
      p.unit::text as unit
    from plan p join period f on f.company_id = p.company_id and f.id = p.period_id
    where p.metric = ${metric} and p.structure_id = ${structureId} and f.year = ${year}`.execute(tx)
  const [plan] = rows
  const version = plan && versionInForce(plan)
  if (!plan || version === null || version === undefined) return undefined
  const { id: planId, nodes, periods, better, unit } = plan
  return { planId, version, at: version === plan.version ? null : version, nodes, periods, better, unit }
}
