import { sql } from 'kysely'
import { keptPlan } from '#platform/db/kept-plan.ts'
import type { Step, Tx } from '#platform/db/step.ts'

/** One key of one record, as it stands in the table. */
export interface KeyOfRecord {
  readonly comparison: string
  readonly key: string
  readonly id: string
}

/** Takes keys away and adds others. What stands there already stays. */
export async function changeKeys(
  { ctx, tx }: Step,
  object: string,
  { gone, come }: { readonly gone: readonly KeyOfRecord[]; readonly come: readonly KeyOfRecord[] },
): Promise<void> {
  const company = ctx.company.id
  if (gone.length > 0) {
    await sql`${keptPlan}
      delete from duplicate_key d using ${rowsOf(gone)}
      where d.company_id = ${company} and d.object = ${object} and d.comparison = r.comparison and d.key = r.key
        and d.record_id = r.record_id`.execute(tx)
  }
  if (come.length === 0) return
  await sql`${keptPlan}
    insert into duplicate_key (company_id, object, comparison, key, record_id)
    select ${company}, ${object}, r.comparison, r.key, r.record_id from ${rowsOf(come)}
    order by r.comparison, r.key, r.record_id on conflict do nothing`.execute(tx)
}

function rowsOf(keys: readonly KeyOfRecord[]) {
  return sql`(
    select * from unnest(${keys.map((one) => one.comparison)}::text[], ${keys.map((one) => one.key)}::text[],
      ${keys.map((one) => one.id)}::uuid[]) as k(comparison, key, record_id) offset 0) r`
}

/** The next keys of one comparison in their order. */
export async function keysOfComparison(
  tx: Tx,
  company: string,
  asked: {
    readonly object: string
    readonly comparison: string
    readonly after: KeyOfRecord | undefined
    readonly limit: number
  },
): Promise<readonly KeyOfRecord[]> {
  const { key = '', id = '00000000-0000-0000-0000-000000000000' } = asked.after ?? {}
  const { rows } = await sql<KeyOfRecord>`
    select comparison, key, record_id as id from duplicate_key
    where company_id = ${company} and object = ${asked.object} and comparison = ${asked.comparison}
      and (key, record_id) > (${key}, ${id}::uuid)
    order by key, record_id limit ${asked.limit}`.execute(tx)
  return rows
}

/** Of one key no more records are looked at: a number that hundreds share tells nobody apart. */
const mostOfKey = 20

/** The living records that have these keys, whoever may see them. */
export async function holdersOfKeys(
  tx: Tx,
  company: string,
  object: string,
  keys: readonly Omit<KeyOfRecord, 'id'>[],
): Promise<readonly KeyOfRecord[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<KeyOfRecord>`${keptPlan}
    select k.comparison, k.key, h.record_id as id
    from unnest(${keys.map((one) => one.comparison)}::text[], ${keys.map((one) => one.key)}::text[]) as k(comparison, key)
    cross join lateral (
      select d.record_id from duplicate_key d
      where d.company_id = ${company} and d.object = ${object} and d.comparison = k.comparison and d.key = k.key
      order by d.record_id limit ${mostOfKey}) h`.execute(tx)
  return rows
}

/** Few keys are locked one by one; many lock the whole object for the moment of their save. */
const mostLocks = 40

/**
 * Lets nobody else save a record with one of these keys before the step is done: of two who save the same at once the
 * second meets the record of the first.
 */
export async function lockKeys(
  { ctx, tx }: Step,
  object: string,
  keys: readonly Omit<KeyOfRecord, 'id'>[],
): Promise<void> {
  if (keys.length === 0) return
  const whole = `duplicates ${ctx.company.id} ${object}`
  if (keys.length > mostLocks) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${whole}, 0))`.execute(tx)
    return
  }
  const places = keys.map(({ comparison, key }) => `${whole} ${comparison} ${key}`)
  await sql`
    with one as materialized (select pg_advisory_xact_lock_shared(hashtextextended(${whole}, 0)))
    select count(pg_advisory_xact_lock(p.place)) from one, (
      select distinct hashtextextended(place, 0) as place from unnest(${places}::text[]) as a(place) order by 1) p`.execute(
    tx,
  )
}
