import { sql } from 'kysely'
import { inWords } from '#base/label.ts'
import { readAmount, type Metric } from '#engine/metrics/metric.ts'
import {
  partInReach,
  tierTree,
  type Brought,
  type OrgShape,
  type PlannedPlace,
  type TierNode,
} from '#engine/metrics/tier-tree.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { orgView } from '#platform/records/reach.ts'
import { figureReach } from './in-sight.ts'
import { defaultStructure, orgShape, type Span } from './org-shape.ts'
import { rolledUp, type RolledMetric } from './rolled-up.ts'

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
  return { ...whole, tree: await seenPart(ctx, metric, whole.tree) }
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
    brought.push(...(await broughtIn(tx, { ctx, metric, structureId }, { ...days, stretch })))
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

/** The part of a tree of the metric that the actor sees, by their sight of today. */
export async function seenPart(ctx: Ctx, metric: Metric, tree: TierNode): Promise<TierNode> {
  const reach = figureReach(ctx, metric)
  const [people, units] = [await orgView().reach(ctx, reach), await orgView().units(ctx, reach)]
  if (people === 'everything' || units === 'everything') return tree
  return partInReach(tree, { units: new Set(units), people: new Set(people), name: inWords(mine, ctx.language) })
}

async function broughtIn(
  tx: Tx,
  rolled: RolledMetric,
  { stretch, ...days }: Span & { readonly stretch: number },
): Promise<readonly Brought[]> {
  // People and sums of a unit come as one text: thousands of rows take longer to be sent and read than to be summed.
  const { rows } = await sql<{ unitId: string; people: string }>`
    select unit_id as "unitId", string_agg(person_id || ' ' || numerator || ' ' || denominator, ',') as people
    from (
      select unit_id, person_id, sum(numerator) as numerator, sum(denominator) as denominator
      from (${rolledUp(rolled, days)}) b
      group by 1, 2
      ${rolled.metric.kind === 'stock' ? sql`having sum(numerator) <> 0` : sql``}) s
    group by 1`.execute(tx)
  return rows.flatMap(({ unitId, people }) =>
    people.split(',').map((person) => {
      const [personId = '', numerator = '', denominator = ''] = person.split(' ')
      return { stretch, unitId, personId, numerator: readAmount(numerator), denominator: readAmount(denominator) }
    }),
  )
}
