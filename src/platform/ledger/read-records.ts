import { sql } from 'kysely'
import { figureOf, readAmount, type Metric } from '#engine/metrics/metric.ts'
import { findNode } from '#engine/metrics/find-node.ts'
import { combine, spotsOf, type TierNode } from '#engine/metrics/tier-node.ts'
import { nobody } from '#engine/metrics/to-sql.ts'
import { trimZeros } from '#engine/money/decimal.ts'
import { storedSql, tableSql } from '#engine/query/source.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { titleSql } from '#platform/records/row-sql.ts'
import type { PartOfQuotient, TreeOfMetric } from './read-tree.ts'
import { foldOf, keyOf, type RolledMetric } from './rolled-up.ts'
import { namedAt } from './subjects.ts'

export interface RecordBehind {
  readonly object: string
  readonly recordId: string
  readonly title: string
  readonly account: string | null
  readonly day: string
  /** What the record adds to the figure: an amount, a count, or a ratio's numerator. */
  readonly value: string
  /** A ratio's denominator; null for other metrics. */
  readonly weight: string | null
  readonly personId: string | null
  readonly personName: string | null
  readonly unitName: string | null
}

export interface RecordsBehind {
  readonly rows: readonly RecordBehind[]
  /** The figure that all records together make: the very number that was clicked. */
  readonly total: string | null
  readonly count: number
  /** How many rows to skip for the next page; null at the end. */
  readonly next: number | null
}

/** The records behind one node's figure, latest first. Their sum (or pooled ratio) is the figure, always. */
export async function readRecordsBehind(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  tree: TreeOfMetric,
  node: TierNode,
  { skip = 0, limit = 50 }: { skip?: number; limit?: number } = {},
): Promise<RecordsBehind> {
  const rows = behindSql(ctx, metric, tree, node)
  const { rows: sums } = await sql<{ count: string; numerator: string; denominator: string }>`
    select count(*) as count, coalesce(${totalSql(metric)}, 0)::text as numerator, coalesce(sum(denominator), 0)::text as denominator
    from (${rows}) b`.execute(tx)
  const { rows: page } = await sql<Row>`
    select b.*, p.name as person_name, u.name as unit_name from (${rows}) b
    left join person p on p.company_id = ${ctx.company.id} and p.id = b.person_id
    left join unit u on u.company_id = ${ctx.company.id} and u.id = b.unit_id
    order by b.day desc, b.record_id, b.person_id, b.unit_id limit ${limit} offset ${skip}`.execute(tx)
  const [all] = sums
  const count = Number(all?.count ?? 0)
  const titles = await titlesOf(tx, ctx, page)
  return {
    rows: page.map((row) => toBehind(metric, row, titles)),
    total: totalOf(metric, tree, node, all),
    count,
    next: skip + page.length < count ? skip + page.length : null,
  }
}

/** What divides two figures, and what is given, is no sum of records; a level of days to come is no figure. */
function totalOf(
  metric: Metric,
  { isToCome }: TreeOfMetric,
  { numerator, denominator }: TierNode,
  all: { readonly numerator: string; readonly denominator: string } | undefined,
): string | null {
  if (isToCome) return null
  if (metric.quotient || metric.kind === 'given') return figureOf(metric, numerator, denominator)
  return figureOf(metric, readAmount(all?.numerator ?? '0'), readAmount(all?.denominator ?? '0'))
}

interface Row {
  readonly object: string
  readonly record_id: string
  readonly day: string
  readonly numerator: string
  readonly denominator: string
  readonly person_id: string
  readonly person_name: string | null
  readonly unit_id: string
  readonly unit_name: string | null
}

function totalSql(metric: Metric): Sql {
  return { sum: sql`sum(numerator)`, lowest: sql`min(numerator)`, highest: sql`max(numerator)` }[foldOf(metric)]
}

function behindSql(ctx: Ctx, metric: Metric, tree: TreeOfMetric, node: TierNode): Sql {
  if (tree.parts) return behindQuotient(ctx, tree.parts, node)
  if (metric.kind === 'given') return sql`${behindColumns} from ledger_row where false group by 1, 2, 3, 4, 5`
  const rolled = { ctx, metric, structureId: tree.structureId }
  return metric.kind === 'distinct' ? behindCount(rolled, tree, node) : behindSum(rolled, tree, node)
}

const behindColumns = sql`
  select object, record_id, day, person_id, unit_id, trim_scale(sum(numerator))::text::numeric as numerator,
    trim_scale(sum(denominator))::text::numeric as denominator`

/** What one metric brings as values, and what the other does as weights. */
function behindQuotient(ctx: Ctx, { over, under }: NonNullable<TreeOfMetric['parts']>, node: TierNode): Sql {
  const rowsOf = (part: PartOfQuotient) => {
    const places = node.place === '' ? node.children : [node]
    const nodes = places.flatMap(({ place }) => findNode(part.tree, place) ?? [])
    return behindSql(ctx, part.metric, part, combine('', '', nodes))
  }
  return sql`
    select object, record_id, day, person_id, unit_id, numerator, 0::numeric as denominator from (${rowsOf(over)}) o
    union all
    select object, record_id, day, person_id, unit_id, 0::numeric, numerator from (${rowsOf(under)}) u`
}

/** The last record of each subject. */
function behindCount(rolled: RolledMetric, { spans }: TreeOfMetric, node: TierNode): Sql {
  return sql`
    select distinct on (subject) object, record_id, day, person_id, unit_id, 1::numeric as numerator, 0::numeric as denominator
    from (${namedAt(rolled, spans, [node])}) n order by subject, day desc, record_id, person_id, unit_id`
}

/** One row per record and credited person; open and close of a stock that cancel out leave nothing. */
function behindSum(rolled: RolledMetric, { spans }: TreeOfMetric, node: TierNode): Sql {
  const { metric } = rolled
  const stock = metric.kind === 'stock'
  const value = sql.ref(metric.reads?.side ?? 'numerator')
  return sql`
    select object, record_id, ${stock ? sql`min(day)` : sql`day`} as day, person_id, unit_id,
      trim_scale(sum(${value}))::text::numeric as numerator, trim_scale(sum(denominator))::text::numeric as denominator
    from ledger_row
    where ${keyOf(rolled)} and ${whereSpots(node, spans)}
    group by object, record_id, ${stock ? sql`` : sql`day, `}person_id, unit_id
    ${stock ? sql`having sum(${value}) <> 0` : sql``}`
}

/** The node's places in the ledger, each stretch with its units and people. */
function whereSpots(node: TierNode, spans: TreeOfMetric['spans']): Sql {
  const byStretch = Map.groupBy(spotsOf(node), (spot) => spot.stretch)
  const parts = [...byStretch].map(([stretch, spots]) => {
    const span = spans[stretch]
    if (!span) throw new Error('a spot lies in no stretch')
    const units = spots.map((spot) => spot.unitId)
    const people = spots.map((spot) => spot.personId)
    return sql`(day >= ${span.from}::date and day < ${span.to}::date
      and (unit_id, person_id) in (select * from unnest(${units}::uuid[], ${people}::uuid[])))`
  })
  return parts.length > 0 ? sql`(${sql.join(parts, sql` or `)})` : sql`false`
}

function toBehind(metric: Metric, row: Row, titles: ReadonlyMap<string, Title>): RecordBehind {
  const title = titles.get(row.record_id)
  return {
    object: row.object,
    recordId: row.record_id,
    title: title?.title ?? '',
    account: title?.account ?? null,
    day: row.day,
    value: trimZeros(row.numerator),
    weight: metric.kind === 'ratio' ? trimZeros(row.denominator) : null,
    personId: row.person_id === nobody ? null : row.person_id,
    personName: row.person_name,
    unitName: row.unit_name,
  }
}

interface Title {
  readonly id: string
  readonly title: string
  readonly account: string | null
}

/** What records are called, by their keys. */
export async function titlesOf(
  tx: Tx,
  ctx: Ctx,
  rows: readonly Pick<Row, 'object' | 'record_id'>[],
): Promise<ReadonlyMap<string, Title>> {
  const found = new Map<string, Title>()
  for (const [key, group] of Map.groupBy(rows, (row) => row.object)) {
    const object = ctx.company.catalogue.get(key)
    const ids = group.map((row) => row.record_id)
    const { rows: titles } = await sql<Title>`
      select t.id, ${titleSql(object, 't', ctx.language)} as title, ${accountNameSql(ctx, object)} as account
      from ${tableSql(object)} t where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[])`.execute(tx)
    for (const title of titles) found.set(title.id, title)
  }
  return found
}

/** The name of what a record is about: its first reference. */
function accountNameSql(ctx: Ctx, object: ObjectType): Sql {
  const about = object.fields.find((field) => field.type === 'reference')
  const target = about?.to ? ctx.company.catalogue.find(about.to) : undefined
  if (!about || !target) return sql`null::text`
  return sql`(select ${titleSql(target, 'n', ctx.language)} from ${tableSql(target)} n
    where n.company_id = t.company_id and n.id = ${storedSql(about, 't')})`
}
