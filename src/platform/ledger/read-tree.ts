import { sql } from 'kysely'
import { inWords } from '#base/label.ts'
import { figureOf, readAmount, readMillionths, type Metric } from '#engine/metrics/metric.ts'
import { dividing, quotientTree } from '#engine/metrics/quotient-tree.ts'
import { findNode } from '#engine/metrics/find-node.ts'
import { partInReach } from '#engine/metrics/part-in-reach.ts'
import { folded, type Sums, type TierNode } from '#engine/metrics/tier-node.ts'
import { tierTree, type Brought, type OrgShape, type PlannedPlace } from '#engine/metrics/tier-tree.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { orgView } from '#platform/records/reach.ts'
import { creditedSpans, daysAsked, daysOfPart, isLevelToCome } from './days-read.ts'
import { withGiven } from './given.ts'
import { figureReach } from './in-sight.ts'
import { defaultStructure, orgShape, type Span } from './org-shape.ts'
import { foldOf, rolledUp, type RolledMetric } from './rolled-up.ts'
import { countOver, countsByPlace, subjectsSql, withCounts } from './subjects.ts'

export interface TreeOfMetric {
  /** The part of the tree that the actor sees. */
  readonly tree: TierNode
  readonly shape: OrgShape
  readonly structureId: string
  /** The days whose rows make each stretch's figures. */
  readonly spans: readonly Span[]
  /** A level, or something given, of days to come: no node has a figure yet. */
  readonly isToCome: boolean
  /** Of a quotient the whole trees of the metrics that it divides. */
  readonly parts?: { readonly over: PartOfQuotient; readonly under: PartOfQuotient }
}

export interface PartOfQuotient extends TreeOfMetric {
  readonly metric: Metric
}

/**
 * A metric over a span `[from, to)` at every node that the actor sees, from the roll-up, by the tree of each fact's
 * day. A stock metric shows the level at the end of the span, by the tree of its last day; where the span goes on, that
 * of today. Places of a plan stand in the tree as well.
 */
export async function readTree(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  span: Span,
  planned: readonly PlannedPlace[] = [],
): Promise<TreeOfMetric> {
  const whole = await readWholeTree(tx, ctx, metric, span, planned)
  return { ...whole, tree: await visible(tx, ctx, metric, whole) }
}

/** The same at every node, whoever asks: for nodes that the actor was found to see. */
export async function readWholeTree(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  span: Span,
  planned: readonly PlannedPlace[] = [],
): Promise<TreeOfMetric> {
  if (metric.quotient) return readQuotient(tx, ctx, metric.quotient, { span, planned })
  const structureId = await defaultStructure(tx, ctx)
  const rolled = { ctx, metric, structureId }
  const { shape, spans } = creditedSpans(
    ctx,
    metric,
    await orgShape(tx, ctx, structureId, daysAsked(ctx, metric, span)),
  )
  const tree = (brought: readonly Brought[]) => tierTree(shape, brought, ctx.company.name, planned, foldOf(metric))
  const read = { shape, structureId, spans, isToCome: isLevelToCome(ctx, metric, span) }
  if (metric.kind === 'given') return { ...read, tree: await withGiven(tx, ctx, metric, { tree: tree([]), span }) }
  const brought = await broughtInSpans(tx, rolled, spans)
  if (metric.kind !== 'distinct') return { ...read, tree: tree(brought) }
  const counts = await countsByPlace(tx, rolled, { shape, spans })
  return { ...read, tree: withCounts(tree(brought), counts) }
}

interface Asked {
  readonly span: Span
  readonly planned: readonly PlannedPlace[]
}

async function readQuotient(
  tx: Tx,
  ctx: Ctx,
  quotient: NonNullable<Metric['quotient']>,
  { span, planned }: Asked,
): Promise<TreeOfMetric> {
  const part = async (key: string): Promise<PartOfQuotient> => {
    const metric = partOf(ctx, key)
    const days = daysOfPart(ctx, metric, span)
    const read = await readWholeTree(tx, ctx, metric, days ?? span, planned)
    return { metric, ...read, isToCome: read.isToCome || days === null }
  }
  const [over, under] = [await part(quotient.over), await part(quotient.under)]
  const worths = {
    over: (node: TierNode) => worthIn(over, node),
    under: (node: TierNode) => worthIn(under, node),
  }
  const { shape, structureId, spans } = over
  const tree = quotientTree(over.tree, under.tree, worths)
  return { tree, shape, structureId, spans, isToCome: false, parts: { over, under } }
}

export function partOf({ company }: Ctx, key: string): Metric {
  const metric = company.metrics.find(key)
  if (!metric) throw new Error(`there is no metric ${key}`)
  return metric
}

function worthIn({ metric, isToCome }: PartOfQuotient, sums: Sums): bigint | null {
  return isToCome ? null : worthOf(metric, sums)
}

/** A figure in millionths, as quotients divide them; null where there is none. */
export function worthOf(metric: Pick<Metric, 'kind'>, { numerator, denominator }: Sums): bigint | null {
  const figure = figureOf(metric, numerator, denominator)
  if (figure === null) return null
  return metric.kind === 'ratio' ? readMillionths(figure) : numerator * 100n
}

const mine = { zh: '我的范围', en: 'My scope' }

async function visible(tx: Tx, ctx: Ctx, metric: Metric, whole: TreeOfMetric): Promise<TierNode> {
  const part = await seenPart(ctx, metric, whole.tree)
  // Several tops together are no node of the whole.
  return part.id === 'mine' ? { ...part, ...(await sumsOver(tx, ctx, metric, { whole, nodes: part.children })) } : part
}

/**
 * The part of a tree of the metric that the actor sees, by their sight of today. Several tops together bear the sum of
 * their figures, which distinct counts and quotients are not.
 */
export async function seenPart(ctx: Ctx, metric: Metric, tree: TierNode): Promise<TierNode> {
  const reach = figureReach(ctx, metric)
  const [people, units] = [await orgView().reach(ctx, reach), await orgView().units(ctx, reach)]
  if (people === 'everything' || units === 'everything') return tree
  return partInReach(tree, { units: new Set(units), people: new Set(people), name: inWords(mine, ctx.language) })
}

interface Over {
  readonly whole: TreeOfMetric
  /** None below another. */
  readonly nodes: readonly TierNode[]
}

/** What several nodes are together: of distinct counts the union, of quotients the one part divided by the other. */
export async function sumsOver(tx: Tx, ctx: Ctx, metric: Metric, { whole, nodes }: Over): Promise<Sums> {
  const { structureId, spans, parts } = whole
  if (parts) {
    const worth = async (part: PartOfQuotient) => {
      const places = nodes.flatMap(({ place }) => findNode(part.tree, place) ?? [])
      return worthIn(part, await sumsOver(tx, ctx, part.metric, { whole: part, nodes: places }))
    }
    return dividing(await worth(parts.over), await worth(parts.under))
  }
  if (metric.kind !== 'distinct') return folded(nodes, foldOf(metric))
  return { numerator: await countOver(tx, { ctx, metric, structureId }, spans, nodes), denominator: 0n }
}

/** What was brought in spans that follow one another; each is a stretch of the org. */
export async function broughtInSpans(
  tx: Tx,
  rolled: RolledMetric,
  spans: readonly Span[],
): Promise<readonly Brought[]> {
  const brought: Brought[] = []
  for (const [stretch, days] of spans.entries()) brought.push(...(await broughtIn(tx, rolled, { ...days, stretch })))
  return brought
}

async function broughtIn(
  tx: Tx,
  rolled: RolledMetric,
  { stretch, ...days }: Span & { readonly stretch: number },
): Promise<readonly Brought[]> {
  if (rolled.metric.kind === 'distinct') return namersIn(tx, rolled, { stretch, ...days })
  const folds = { sum: sql`sum(numerator)`, lowest: sql`min(numerator)`, highest: sql`max(numerator)` }
  // People and sums of a unit come as one text: thousands of rows take longer to be sent and read than to be summed.
  const { rows } = await sql<{ unitId: string; people: string }>`
    select unit_id as "unitId", string_agg(person_id || ' ' || numerator || ' ' || denominator, ',') as people
    from (
      select unit_id, person_id, ${folds[foldOf(rolled.metric)]} as numerator, sum(denominator) as denominator
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

/** Who named anything in which unit; how much is counted place by place. */
async function namersIn(
  tx: Tx,
  rolled: RolledMetric,
  { stretch, ...days }: Span & { readonly stretch: number },
): Promise<readonly Brought[]> {
  const { rows } = await sql<{ unitId: string; personId: string }>`
    select distinct unit_id as "unitId", person_id as "personId" from (${subjectsSql(rolled, [days])}) s`.execute(tx)
  return rows.map((row) => ({ ...row, stretch, numerator: 0n, denominator: 0n }))
}
