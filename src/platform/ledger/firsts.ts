import { sql } from 'kysely'
import { columnOf, fieldOf } from '#engine/model/column.ts'
import type { Metric, MetricSource } from '#engine/metrics/metric.ts'
import type { RecordValues } from '#engine/model/object-type.ts'
import { everything } from '#engine/query/filter.ts'
import { sourceOf, toSql, type Sql } from '#engine/query/to-sql.ts'
import type { Step } from '#platform/db/step.ts'
import { catalogue } from '#platform/records/registry.ts'
import { sourcesOf } from './registry.ts'

interface Changed {
  readonly id: string
  readonly before: RecordValues | null
  readonly after: RecordValues | null
}

/** The references whose records must be locked before a record that names them is saved. */
export function referencesOfFirsts(object: string): readonly string[] {
  return sourcesOf(object).flatMap(({ source }) => source.firstPer ?? [])
}

/** The metrics of an object to which only a first record counts. */
export function metricsOfFirsts(object: string): readonly string[] {
  return sourcesOf(object).flatMap(({ metric, source }) => (source.firstPer ? [metric.key] : []))
}

/**
 * The records that count as first until now, where new ones (the keys `firsts`) come before them; null if nothing of the
 * object counts so. An expression.
 */
export function displacedSql(object: string, company: Sql, firsts: Sql): Sql {
  const displaced = sourcesOf(object).flatMap(({ metric, source }) => {
    if (!source.firstPer) return []
    const { table, per } = readOf(metric, source)
    const account = columnOf(per)
    // A count cannot be turned into a join: few records are looked up by key, however large the ledger is.
    return [
      sql`
      select t.id from ${sql.table(table)} n
      join ${sql.table(table)} t on t.company_id = n.company_id and ${sql.ref(`t.${account}`)} = ${sql.ref(`n.${account}`)} and t.id <> n.id
      where n.company_id = ${company} and n.id = any(${firsts}) and (
        select count(*) from ledger_row l
        where l.company_id = t.company_id and l.record_id = t.id and l.metric = ${metric.key}) > 0`,
    ]
  })
  return displaced.length > 0 ? sql`array(${sql.join(displaced, sql` union `)})` : sql`null`
}

/**
 * Other records whose rows hang on these changes: for "first order of an account", the order that was first and the one
 * that is first now. The accounts are locked, so that two orders cannot both become the first; not against new
 * references to them, or two orders of one account, each referring to it, would wait for each other in a circle.
 */
export async function affectedFirsts(
  step: Step,
  object: string,
  changed: readonly Changed[],
): Promise<readonly string[]> {
  const found: string[] = []
  for (const { metric, source } of sourcesOf(object)) {
    if (source.firstPer) found.push(...(await affectedBy(step, metric, source, changed)))
  }
  const own = new Set(changed.map((one) => one.id))
  return found.filter((id) => !own.has(id))
}

async function affectedBy(
  step: Step,
  metric: Metric,
  source: MetricSource,
  changed: readonly Changed[],
): Promise<readonly string[]> {
  const { object, table, per, perTable, at } = readOf(metric, source)
  const company = step.ctx.company.id
  const keys = [...new Set(changed.flatMap((one) => [one.before?.[per.key], one.after?.[per.key]]))].filter(
    (key) => typeof key === 'string',
  )
  if (keys.length === 0) return []
  await sql`
    select 1 from ${sql.table(perTable)} where company_id = ${company} and id = any(${keys}::uuid[])
    order by id for no key update`.execute(step.tx)
  const from = sourceOf(object, catalogue())
  const { zone } = step.ctx.company
  const counts = toSql(source.when ?? everything, from, {
    personId: null,
    today: '1970-01-01',
    zone,
    fiscalStart: 1,
    peopleOf: () => [],
  })
  const account = sql.ref(`t.${columnOf(per)}`)
  const { rows } = await sql<{ id: string }>`
    with holders as (
      select t.id from ${sql.table(table)} t join ledger_row l on l.company_id = t.company_id and l.record_id = t.id
      where t.company_id = ${company} and ${account} = any(${keys}::uuid[]) and l.metric = ${metric.key}
    ), firsts as (
      select e.id from unnest(${keys}::uuid[]) as k(id) cross join lateral (
        select t.id from ${from.from()}
        where t.company_id = ${company} and ${account} = k.id and t.deleted_at is null and ${counts}
        order by ${sql.ref(`t.${columnOf(at)}`)}, t.id limit 1) e
    )
    (select id from holders except select id from firsts) union (select id from firsts except select id from holders)`.execute(
    step.tx,
  )
  return rows.map((row) => row.id)
}

function readOf(metric: Metric, source: MetricSource) {
  const object = catalogue().get(source.of)
  const per = source.firstPer ? fieldOf(object, source.firstPer) : undefined
  const at = source.at ? fieldOf(object, source.at) : undefined
  if (!per?.to || !at) throw new Error(`${metric.key}: firstPer needs a reference and a date`)
  return { object, table: object.table, at, per, perTable: catalogue().get(per.to).table }
}
