import { sql } from 'kysely'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { fieldOf } from '#engine/model/column.ts'
import type { Metric, MetricSource } from '#engine/metrics/metric.ts'
import type { Sources } from '#engine/metrics/metrics.ts'
import { nobodyLooking } from '#engine/metrics/to-sql.ts'
import type { RecordValues } from '#engine/model/object-type.ts'
import { everything } from '#engine/query/filter.ts'
import { storedSql } from '#engine/query/source.ts'
import { sourceOf, toSql, type Sql } from '#engine/query/to-sql.ts'
import type { Step } from '#platform/db/step.ts'

interface Changed {
  readonly id: string
  readonly before: RecordValues | null
  readonly after: RecordValues | null
}

/** The references whose records must be locked before a record that names them is saved, of the sources of its object. */
export function referencesOfFirsts(sources: Sources): readonly string[] {
  return sources.flatMap(({ source }) => source.firstPer ?? [])
}

/** The metrics to which only a first record counts. */
export function metricsOfFirsts(sources: Sources): readonly string[] {
  return sources.flatMap(({ metric, source }) => (source.firstPer ? [metric.key] : []))
}

/**
 * The records that count as first until now, where new ones (the keys `firsts`) come before them; null if nothing of the
 * object counts so. An expression.
 */
export function displacedSql(
  catalogue: Catalogue,
  sources: Sources,
  { company, firsts }: { readonly company: Sql; readonly firsts: Sql },
): Sql {
  const displaced = sources.flatMap(({ metric, source }) => {
    if (!source.firstPer) return []
    const { table, per } = readOf(catalogue, metric, source)
    // A count cannot be turned into a join: few records are looked up by key, however large the ledger is.
    return [
      sql`
      select t.id from ${sql.table(table)} n
      join ${sql.table(table)} t on t.company_id = n.company_id and ${storedSql(per, 't')} = ${storedSql(per, 'n')} and t.id <> n.id
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
  for (const { metric, source } of step.ctx.company.metrics.sourcesOf(object)) {
    if (source.firstPer) found.push(...(await affectedBy(step, metric, source, changed)))
  }
  const own = new Set(changed.map((one) => one.id))
  return found.filter((id) => !own.has(id))
}

/**
 * Locks what decides which of these records come first, as saves do, whose records are locked already: a save that
 * displaces one of them waits, or is waited for.
 */
export async function lockFirsts(step: Step, object: string, ids: readonly string[]): Promise<void> {
  const { tx, ctx } = step
  for (const { metric, source } of step.ctx.company.metrics.sourcesOf(object)) {
    if (!source.firstPer) continue
    const { table, per, perTable } = readOf(step.ctx.company.wholeCatalogue, metric, source)
    await sql`
      select 1 from ${sql.table(perTable)} where company_id = ${ctx.company.id} and id in (
        select ${storedSql(per, 't')} from ${sql.table(table)} t
        where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[]))
      order by id for no key update`.execute(tx)
  }
}

async function affectedBy(
  step: Step,
  metric: Metric,
  source: MetricSource,
  changed: readonly Changed[],
): Promise<readonly string[]> {
  const { object, table, per, perTable, at } = readOf(step.ctx.company.wholeCatalogue, metric, source)
  const company = step.ctx.company.id
  const keys = [...new Set(changed.flatMap((one) => [one.before?.[per.key], one.after?.[per.key]]))].filter(
    (key) => typeof key === 'string',
  )
  if (keys.length === 0) return []
  await sql`
    select 1 from ${sql.table(perTable)} where company_id = ${company} and id = any(${keys}::uuid[])
    order by id for no key update`.execute(step.tx)
  const { wholeCatalogue: catalogue } = step.ctx.company
  const from = sourceOf(object, nobodyLooking(catalogue, step.ctx.company))
  const counts = toSql(source.when ?? everything, from)
  const account = storedSql(per, 't')
  const { rows } = await sql<{ id: string }>`
    with holders as (
      select t.id from ${sql.table(table)} t join ledger_row l on l.company_id = t.company_id and l.record_id = t.id
      where t.company_id = ${company} and ${account} = any(${keys}::uuid[]) and l.metric = ${metric.key}
    ), firsts as (
      select e.id from unnest(${keys}::uuid[]) as k(id) cross join lateral (
        select t.id from ${from.from()}
        where t.company_id = ${company} and ${account} = k.id and t.deleted_at is null and ${counts}
        order by ${storedSql(at, 't')}, t.id limit 1) e
    )
    (select id from holders except select id from firsts) union (select id from firsts except select id from holders)`.execute(
    step.tx,
  )
  return rows.map((row) => row.id)
}

function readOf(catalogue: Catalogue, metric: Metric, source: MetricSource) {
  const object = catalogue.get(source.of)
  const per = source.firstPer ? fieldOf(object, source.firstPer) : undefined
  const at = source.at ? fieldOf(object, source.at) : undefined
  if (!per?.to || !at) throw new Error(`${metric.key}: firstPer needs a reference and a date`)
  return { object, table: object.table, at, per, perTable: catalogue.get(per.to).table }
}
