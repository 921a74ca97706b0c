import { sql } from 'kysely'
import { inWords } from '#base/label.ts'
import { addMonths, firstOfMonth } from '#engine/calendar/day.ts'
import { readAmount, type Metric } from '#engine/metrics/metric.ts'
import {
  partInReach,
  tierTree,
  type Brought,
  type OrgShape,
  type PlannedPlace,
  type TierNode,
} from '#engine/metrics/tier-tree.ts'
import { reachOf } from '#engine/policy/role.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { orgView } from '#platform/records/reach.ts'
import { defaultStructure, orgShape, type Span } from './org-shape.ts'

export interface TreeOfMetric {
  /** The part of the tree that the actor sees. */
  readonly tree: TierNode
  readonly shape: OrgShape
  readonly structureId: string
  /** The days whose rows make each stretch's figures. */
  readonly spans: readonly Span[]
}

/**
 * A metric over a span `[from, to)` at every node that the actor sees, from the roll-up, by the tree of each fact's
 * day. A stock metric shows the level at the end of the span, by the tree of its last day. Places of a plan stand in
 * the tree as well.
 */
export async function readTree(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  span: Span,
  planned: readonly PlannedPlace[] = [],
): Promise<TreeOfMetric> {
  const whole = await readWholeTree(tx, ctx, metric, span, planned)
  return { ...whole, tree: await visible(ctx, whole.tree) }
}

/** The same at every node, whoever asks: for nodes that the actor was found to see. */
export async function readWholeTree(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  span: Span,
  planned: readonly PlannedPlace[] = [],
): Promise<TreeOfMetric> {
  const structureId = await defaultStructure(tx, ctx)
  const { shape, spans } = creditedSpans(metric, await orgShape(tx, ctx, structureId, span))
  const brought: Brought[] = []
  for (const [stretch, days] of spans.entries()) {
    brought.push(...(await broughtIn(tx, ctx, metric, structureId, { ...days, stretch })))
  }
  const tree = tierTree(shape, brought, ctx.company.name, planned)
  return { tree, shape, structureId, spans }
}

/** The org by which a metric is credited, and the days whose rows make the figures of each of its stretches. */
export function creditedSpans(metric: Metric, whole: OrgShape): { shape: OrgShape; spans: readonly Span[] } {
  if (metric.kind !== 'stock') return { shape: whole, spans: whole.stretches.map(({ from, to }) => ({ from, to })) }
  const shape = lastOf(whole)
  return { shape, spans: shape.stretches.map(({ to }) => ({ from: '0001-01-01', to })) }
}

function lastOf(shape: OrgShape): OrgShape {
  return { ...shape, stretches: shape.stretches.slice(-1), stays: shape.stays.filter((stay) => stay.current) }
}

const mine = { zh: '我的范围', en: 'My scope' }

async function visible(ctx: Ctx, tree: TierNode): Promise<TierNode> {
  const reach = await orgView().reach(ctx)
  if (reach === 'everything') return tree
  const wholeUnits = reachOf[ctx.actor.role] !== 'own'
  return partInReach(tree, new Set(reach), { wholeUnits, name: inWords(mine, ctx.language) })
}

async function broughtIn(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  structureId: string,
  { stretch, ...days }: Span & { readonly stretch: number },
): Promise<readonly Brought[]> {
  const { rows } = await sql<[string, string, string, string]>`
    select unit_id as "0", person_id as "1", sum(numerator)::text as "2",
      ${metric.kind === 'ratio' ? sql`sum(denominator)::text` : sql`'0'`} as "3"
    from rollup
    where company_id = ${ctx.company.id} and metric = ${metric.key} and structure_id = ${structureId} and row_count <> 0
      and ${inSpan(days)}
    group by 1, 2
    ${metric.kind === 'stock' ? sql`having sum(numerator) <> 0` : sql``}`.execute(tx)
  return rows.map((row) => ({
    stretch,
    unitId: row[0],
    personId: row[1],
    numerator: readAmount(row[2]),
    denominator: readAmount(row[3]),
  }))
}

/** Whole calendar months by their sums, the days around them one by one. */
export function inSpan({ from, to }: Span): Sql {
  const firstWhole = from === firstOfMonth(from) ? from : addMonths(firstOfMonth(from), 1)
  const afterWhole = firstOfMonth(to)
  if (firstWhole >= afterWhole) return sql`grain = 'd' and day >= ${from}::date and day < ${to}::date`
  const months = sql`(grain = 'm' and day >= ${firstWhole}::date and day < ${afterWhole}::date)`
  const before =
    from < firstWhole ? sql` or (grain = 'd' and day >= ${from}::date and day < ${firstWhole}::date)` : sql``
  const after = afterWhole < to ? sql` or (grain = 'd' and day >= ${afterWhole}::date and day < ${to}::date)` : sql``
  return sql`(${months}${before}${after})`
}
