import { sql } from 'kysely'
import { spotsOf, type TierNode } from '#engine/metrics/tier-node.ts'
import { onlyRoot, unassigned, type OrgShape } from '#engine/metrics/tier-tree.ts'
import { nobody } from '#engine/metrics/to-sql.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Tx } from '#platform/db/step.ts'
import type { Span } from './org-shape.ts'
import { keyOf, type RolledMetric } from './rolled-up.ts'

/**
 * The rows of a span that name what a distinct metric counts, as a condition on `ledger_row l`. After quiet days only
 * those count whose subject came no more.
 */
export function namingSql(rolled: RolledMetric, { from, to }: Span): Sql {
  const { quietDays } = rolled.metric
  const named = sql`l.day >= ${from}::date and l.day < ${to}::date and l.subject is not null`
  if (quietDays === undefined) return named
  return sql`${named} and not exists (
    select from ledger_row n
    where ${keyOf(rolled, 'n')} and n.subject = l.subject and n.day > l.day and n.day <= l.day + ${quietDays}::int)`
}

/** What each person of each unit named in the spans, as a select of `stretch, unit_id, person_id, subject`. */
export function subjectsSql(rolled: RolledMetric, spans: readonly Span[]): Sql {
  const parts = spans.map(
    (span, stretch) => sql`
      select distinct ${stretch}::int as stretch, l.unit_id, l.person_id, l.subject from ledger_row l
      where ${keyOf(rolled, 'l')} and ${namingSql(rolled, span)}`,
  )
  return sql.join(parts, sql` union all `)
}

/**
 * How many different subjects there are at each place of the tree, by place: over the union of everybody below it and of
 * all stretches, so that it is never the sum of its children or of parts of the period.
 */
export async function countsByPlace(
  tx: Tx,
  rolled: RolledMetric,
  { shape, spans }: { readonly shape: OrgShape; readonly spans: readonly Span[] },
): Promise<ReadonlyMap<string, bigint>> {
  const places = placesIn(shape)
  const { rows } = await sql<{ place: string; count: string }>`
    with named as materialized (${subjectsSql(rolled, spans)}),
    lying as (
      select * from unnest(${places.map(({ stretch }) => stretch)}::int[], ${places.map(({ unitId }) => unitId)}::uuid[],
        ${places.map(({ above }) => above.join(' '))}::text[]) as p(stretch, unit_id, above)
    ), placed as (
      select coalesce(p.above, q.above) as above, n.person_id, n.subject
      from named n
      left join lying p on p.stretch = n.stretch and p.unit_id = n.unit_id
      join lying q on q.stretch = n.stretch and q.unit_id = ${nobody}::uuid
    )
    select place, count(distinct subject) as count from (
      select distinct above, subject from placed) u cross join lateral string_to_table(u.above, ' ') as place
    group by 1
    union all
    select substring(above from '[^ ]*$') || '.' || person_id, count(distinct subject) from placed group by 1
    union all
    select '', count(distinct subject) from named`.execute(tx)
  return new Map(rows.map(({ place, count }) => [place, BigInt(count)]))
}

interface Lying {
  readonly stretch: number
  readonly unitId: string
  /** The places above a unit and its own, which is the last. */
  readonly above: readonly string[]
}

function placesIn({ stretches }: OrgShape): readonly Lying[] {
  return stretches.flatMap((stretch, at) => {
    const outside = [...onlyRoot(stretch), unassigned]
    return [...stretch.paths, [nobody, outside] as const].map(([unitId, path]) => ({
      stretch: at,
      unitId,
      above: path.map((_, depth) => path.slice(0, depth + 1).join('~')),
    }))
  })
}

/** The tree with these counts, which are of things and not of ten-thousandths. */
export function withCounts(node: TierNode, counts: ReadonlyMap<string, bigint>): TierNode {
  return {
    ...node,
    numerator: (counts.get(node.place) ?? 0n) * 10_000n,
    children: node.children.map((child) => withCounts(child, counts)),
  }
}

/** How many different subjects several nodes have together. */
export async function countOver(
  tx: Tx,
  rolled: RolledMetric,
  spans: readonly Span[],
  nodes: readonly TierNode[],
): Promise<bigint> {
  const rows = namedAt(rolled, spans, nodes)
  const { rows: counts } = await sql<{ count: string }>`
    select count(distinct subject) as count from (${rows}) n`.execute(tx)
  return BigInt(counts[0]?.count ?? 0) * 10_000n
}

/** The ledger rows that name something at these nodes. */
export function namedAt(rolled: RolledMetric, spans: readonly Span[], nodes: readonly TierNode[]): Sql {
  const byStretch = Map.groupBy(nodes.flatMap(spotsOf), (spot) => spot.stretch)
  const parts = [...byStretch].map(([stretch, spots]) => {
    const span = spans[stretch]
    if (!span) throw new Error('a spot lies in no stretch')
    const units = spots.map((spot) => spot.unitId)
    const people = spots.map((spot) => spot.personId)
    return sql`
      select l.* from ledger_row l
      where ${keyOf(rolled, 'l')} and ${namingSql(rolled, span)}
        and (l.unit_id, l.person_id) in (select * from unnest(${units}::uuid[], ${people}::uuid[]))`
  })
  return parts.length > 0 ? sql.join(parts, sql` union all `) : sql`select * from ledger_row where false`
}
