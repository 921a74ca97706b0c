import { sql } from 'kysely'
import { figureOf, readAmount, type Metric } from '#engine/metrics/metric.ts'
import { picksOf, type Pick } from '#engine/metrics/node-picks.ts'
import { combine, nodesOf } from '#engine/metrics/tier-tree.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { keptPlan } from '#platform/db/kept-plan.ts'
import { isId } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import { orgView } from '#platform/records/reach.ts'
import { figureReach } from './in-sight.ts'
import { defaultStructure, orgShape, type Span } from './org-shape.ts'
import { creditedSpans, readTree, readWholeTree } from './read-tree.ts'
import { rolledUp, type RolledMetric } from './rolled-up.ts'

/**
 * A metric at one node over one span: what the tree shows there, read from the roll-up rows of that node alone. Null
 * where the node does not stand or a ratio has no denominator. No node means the top of what the actor sees.
 */
export async function readFigure(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  nodeId: string | null,
  span: Span,
): Promise<string | null> {
  // Who sees a part sees it as the tree cuts it.
  if ((await orgView().reach(ctx, figureReach(ctx, metric))) !== 'everything')
    return fromTree(tx, ctx, metric, nodeId, span)
  const structureId = await defaultStructure(tx, ctx)
  const { shape, spans } = creditedSpans(metric, await orgShape(tx, ctx, structureId, span))
  const { stands, picks } = picksOf(shape, nodeId)
  if (picks.length === 0 || picks.some(({ personId }) => personId !== null && !isId(personId))) return null
  const parts = picks.map((pick) => broughtTo(pick, { ctx, metric, structureId }, spans))
  // Mostly there is one, and the statement has one of a few texts.
  const plan = picks.length === 1 ? keptPlan : sql``
  const { rows } = await sql<{ numerator: string; denominator: string; count: string }>`${plan}
    select coalesce(sum(numerator), 0)::text as numerator, coalesce(sum(denominator), 0)::text as denominator, count(*) as count
    from (${sql.join(parts, sql` union all `)}) b`.execute(tx)
  const [sums] = rows
  if (!sums) return null
  const numerator = readAmount(sums.numerator)
  // A level of zero leaves no trace, like facts that never were.
  const isNothing = sums.count === '0' || (metric.kind === 'stock' && numerator === 0n)
  return isNothing && !stands ? null : figureOf(metric, numerator, readAmount(sums.denominator))
}

async function fromTree(tx: Tx, ctx: Ctx, metric: Metric, nodeId: string | null, span: Span): Promise<string | null> {
  const { tree } = await readTree(tx, ctx, metric, span)
  const nodes = nodeId === null || nodeId === 'mine' ? [tree] : nodesOf(tree, nodeId)
  if (nodes.length === 0) return null
  const { numerator, denominator } = combine('', '', nodes)
  return figureOf(metric, numerator, denominator)
}

/** A metric at several nodes together over a span; the caller has found them in what the actor sees. */
export async function readParts(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  nodeIds: readonly string[],
  span: Span,
): Promise<string | null> {
  const { tree } = await readWholeTree(tx, ctx, metric, span)
  const nodes = nodeIds.flatMap((id) => nodesOf(tree, id))
  // What lies below another one counts there.
  const tops = nodes.filter(({ place }) => !nodes.some((above) => isBelow(place, above.place)))
  if (tops.length === 0) return null
  const { numerator, denominator } = combine('', '', [...new Set(tops)])
  return figureOf(metric, numerator, denominator)
}

function isBelow(place: string, above: string): boolean {
  return place.startsWith(`${above}~`) || place.startsWith(`${above}.`)
}

function broughtTo({ stretch, units, personId }: Pick, rolled: RolledMetric, spans: readonly Span[]): Sql {
  const days = spans[stretch]
  if (!days) throw new Error('a pick lies in no stretch')
  const conditions: Sql[] = []
  if (units !== 'all') {
    const among = sql`unit_id = any(${units.ids}::uuid[])`
    conditions.push(units.outside ? sql`not (${among})` : among)
  }
  if (personId !== null) conditions.push(sql`person_id = ${personId}`)
  return rolledUp(rolled, days, conditions.length > 0 ? sql.join(conditions, sql` and `) : undefined)
}
