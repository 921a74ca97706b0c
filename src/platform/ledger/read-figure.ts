import { sql } from 'kysely'
import { figureOf, readAmount, readMillionths, type Metric } from '#engine/metrics/metric.ts'
import { picksOf, type Pick } from '#engine/metrics/node-picks.ts'
import { dividing } from '#engine/metrics/quotient-tree.ts'
import { nodesOf } from '#engine/metrics/find-node.ts'
import type { Sums, TierNode } from '#engine/metrics/tier-node.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { keptPlan } from '#platform/db/kept-plan.ts'
import { isId } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import { orgView } from '#platform/records/reach.ts'
import { creditedSpans, daysAsked, daysOfPart, isLevelToCome } from './days-read.ts'
import { figureReach } from './in-sight.ts'
import { defaultStructure, orgShape, type Span } from './org-shape.ts'
import { partOf, readTree, readWholeTree, sumsOver, type TreeOfMetric } from './read-tree.ts'
import { foldOf, keyOf, rolledUp, type RolledMetric } from './rolled-up.ts'
import { namingSql } from './subjects.ts'

/**
 * A metric at one node over one span: what the tree shows there, read from the roll-up rows of that node alone. Null
 * where the node does not stand, a ratio has no denominator or a level lies in days to come. No node means the top of what the actor sees.
 */
export async function readFigure(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  nodeId: string | null,
  span: Span,
): Promise<string | null> {
  return figureIn(metric, await readSums(tx, ctx, metric, nodeId, span))
}

export const figureIn = (metric: Metric, sums: Sums | null): string | null =>
  sums && figureOf(metric, sums.numerator, sums.denominator)

/** What such a figure is made of: its numerator and denominator in ten-thousandths; null where the node does not stand, or a level lies in days to come. */
export async function readSums(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  nodeId: string | null,
  span: Span,
): Promise<Sums | null> {
  // Who sees a part sees it as the tree cuts it; and what is given is given for the units of the tree.
  const seesAll = (await orgView().reach(ctx, figureReach(ctx, metric))) === 'everything'
  if (!seesAll || metric.kind === 'given') return fromTree(tx, ctx, metric, nodeId, span)
  if (metric.quotient) return divided(tx, ctx, metric.quotient, nodeId, span)
  return rowsAt(tx, ctx, metric, nodeId, span)
}

/** The same of a metric with rows of its own, whoever asks. */
async function rowsAt(tx: Tx, ctx: Ctx, metric: Metric, nodeId: string | null, span: Span): Promise<Sums | null> {
  if (isLevelToCome(ctx, metric, span)) return null
  const structureId = await defaultStructure(tx, ctx)
  const whole = await orgShape(tx, ctx, structureId, daysAsked(ctx, metric, span))
  const { shape, spans } = creditedSpans(ctx, metric, whole)
  const { stands, picks } = picksOf(shape, nodeId)
  if (picks.length === 0 || picks.some(({ personId }) => personId !== null && !isId(personId))) return null
  const parts = picks.map((pick) => broughtTo(pick, { ctx, metric, structureId }, spans))
  // Mostly there is one, and the statement has one of a few texts.
  const plan = picks.length === 1 ? keptPlan : sql``
  const { rows } = await sql<{ numerator: string; denominator: string; count: string }>`${plan}
    select coalesce(${madeOf(metric)}, 0)::text as numerator, coalesce(sum(denominator), 0)::text as denominator, count(*) as count
    from (${sql.join(parts, sql` union all `)}) b`.execute(tx)
  const [sums] = rows
  if (!sums) return null
  const numerator = readAmount(sums.numerator)
  // A level of zero leaves no trace, like facts that never were.
  const isNothing = sums.count === '0' || (metric.kind === 'stock' && numerator === 0n)
  return isNothing && !stands ? null : { numerator, denominator: readAmount(sums.denominator) }
}

/** How rows of a metric make its numerator. */
export function madeOf(metric: Metric): Sql {
  if (metric.kind === 'distinct') return sql`count(distinct subject)`
  return { sum: sql`sum(numerator)`, lowest: sql`min(numerator)`, highest: sql`max(numerator)` }[foldOf(metric)]
}

async function divided(
  tx: Tx,
  ctx: Ctx,
  { over, under }: NonNullable<Metric['quotient']>,
  nodeId: string | null,
  span: Span,
): Promise<Sums> {
  const worth = async (key: string) => {
    const metric = partOf(ctx, key)
    const days = daysOfPart(ctx, metric, span)
    const figure = days && (await readFigure(tx, ctx, metric, nodeId, days))
    return figure === null ? null : readMillionths(figure)
  }
  return dividing(await worth(over), await worth(under))
}

async function fromTree(tx: Tx, ctx: Ctx, metric: Metric, nodeId: string | null, span: Span): Promise<Sums | null> {
  const whole = await readTree(tx, ctx, metric, span)
  const isTop = nodeId === null || nodeId === 'mine'
  return togetherOf(tx, ctx, metric, whole, isTop ? [whole.tree] : nodesOf(whole.tree, nodeId))
}

async function togetherOf(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  whole: TreeOfMetric,
  nodes: readonly TierNode[],
): Promise<Sums | null> {
  const [only] = nodes
  if (!only || whole.isToCome) return null
  return nodes.length === 1 ? only : sumsOver(tx, ctx, metric, { whole, nodes })
}

/** What a metric's figure at several nodes together is made of; the caller has found them in what the actor sees. */
export async function readParts(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  nodeIds: readonly string[],
  span: Span,
): Promise<Sums | null> {
  const [only] = nodeIds
  // The usual case: one unit or person, of which a few rows tell as much as the whole tree.
  if (only !== undefined && nodeIds.length === 1 && !metric.quotient && metric.kind !== 'given') {
    return rowsAt(tx, ctx, metric, only, span)
  }
  const whole = await readWholeTree(tx, ctx, metric, span)
  const nodes = nodeIds.flatMap((id) => nodesOf(whole.tree, id))
  // What lies below another one counts there.
  const tops = nodes.filter(({ place }) => !nodes.some((above) => isBelow(place, above.place)))
  return togetherOf(tx, ctx, metric, whole, [...new Set(tops)])
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
  if (rolled.metric.kind === 'distinct') {
    const all = [keyOf(rolled, 'l'), namingSql(rolled, days), ...conditions]
    return sql`select l.subject, 0 as denominator from ledger_row l where ${sql.join(all, sql` and `)}`
  }
  return rolledUp(rolled, days, conditions.length > 0 ? sql.join(conditions, sql` and `) : undefined)
}
