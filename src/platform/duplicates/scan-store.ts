import { sql } from 'kysely'
import type { Group } from '#engine/duplicates/group.ts'
import { undecidedFirst } from '#engine/duplicates/undecided.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { nobody } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { scopeOf } from '#platform/records/sight.ts'
import type { KeyOfRecord } from './key-store.ts'

/** One look through all records of an object, and how far it is. */
export interface Scan {
  readonly id: string
  readonly object: string
  readonly state: 'queued' | 'running' | 'done' | 'failed'
  /** Keys to compare, and those that are compared: of a scan that is done, without those that too many nearly share. */
  readonly total: number
  readonly done: number
  readonly groups: number
  readonly createdAt: Date
  readonly finishedAt: Date | null
}

const columns = sql`
  id, object, state, keys_total::float8 as total, keys_done::float8 as done, groups_count as groups,
  created_at as "createdAt", finished_at as "finishedAt"`

export async function insertScan({ ctx, tx }: Step, id: string, object: string): Promise<void> {
  await sql`
    insert into duplicate_scan (company_id, id, object, created_by)
    values (${ctx.company.id}, ${id}, ${object}, ${ctx.actor.personId})`.execute(tx)
}

export async function scanById(tx: Tx, company: string, id: string): Promise<Scan | undefined> {
  const { rows } = await sql<Scan>`
    select ${columns} from duplicate_scan where company_id = ${company} and id = ${id}`.execute(tx)
  return rows[0]
}

/** The scan that was asked for last; of `done` the one whose groups are shown. */
export async function newestScan(
  tx: Tx,
  company: string,
  object: string,
  { done = false }: { readonly done?: boolean } = {},
): Promise<Scan | undefined> {
  const { rows } = await sql<Scan>`
    select ${columns} from duplicate_scan
    where company_id = ${company} and object = ${object} ${done ? sql`and state = 'done'` : sql``}
    order by created_at desc, id desc limit 1`.execute(tx)
  return rows[0]
}

export async function unfinishedScans(tx: Tx, company: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from duplicate_scan where company_id = ${company} and state in ('queued', 'running')`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function noteScan(
  { ctx, tx }: Step,
  id: string,
  { state, total, done }: Pick<Scan, 'state' | 'total' | 'done'>,
): Promise<void> {
  await sql`
    update duplicate_scan set state = ${state}, keys_total = ${total}, keys_done = ${done},
      finished_at = ${state === 'done' || state === 'failed' ? sql`now()` : sql`null`}
    where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

export async function countKeys(tx: Tx, company: string, object: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) from duplicate_key where company_id = ${company} and object = ${object}`.execute(tx)
  return Number(rows[0]?.count ?? 0)
}

/** The next keys in their order. */
export async function keysAfter(
  tx: Tx,
  company: string,
  object: string,
  after: KeyOfRecord | undefined,
  limit: number,
): Promise<readonly KeyOfRecord[]> {
  const { comparison = '', key = '', id = '00000000-0000-0000-0000-000000000000' } = after ?? {}
  const { rows } = await sql<KeyOfRecord>`
    select comparison, key, record_id as id from duplicate_key
    where company_id = ${company} and object = ${object} and (comparison, key, record_id) > (${comparison}, ${key}, ${id}::uuid)
    order by comparison, key, record_id limit ${limit}`.execute(tx)
  return rows
}

/** Writes what a scan found and forgets the scans of the object before it. */
export async function writeGroups({ ctx, tx }: Step, { id, object }: Scan, groups: readonly Group[]): Promise<void> {
  const company = ctx.company.id
  const rows = groups.flatMap((group, place) =>
    [...group].map(([record_id, rules]) => ({ place, record_id, rules: [...rules].sort() })),
  )
  await sql`delete from duplicate_suspect where company_id = ${company} and scan_id = ${id}`.execute(tx)
  await sql`
    insert into duplicate_suspect (company_id, scan_id, place, record_id, rules)
    select ${company}, ${id}, r.place, r.record_id, r.rules
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(place int, record_id uuid, rules text[])`.execute(tx)
  await sql`
    update duplicate_scan set groups_count = ${groups.length} where company_id = ${company} and id = ${id}`.execute(tx)
  await sql`
    delete from duplicate_scan where company_id = ${company} and object = ${object} and id < ${id}`.execute(tx)
}

/** Of each record of an object those that somebody said are others. */
export async function apartPairs(
  tx: Tx,
  company: string,
  object: string,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await sql<{ one: string; other: string }>`
    select one_id as one, other_id as other from duplicate_apart
    where company_id = ${company} and object = ${object}`.execute(tx)
  const apart = new Map<string, Set<string>>()
  const note = (one: string, other: string) => {
    const known = apart.get(one)
    if (known) known.add(other)
    else apart.set(one, new Set([other]))
  }
  for (const { one, other } of rows) {
    note(one, other)
    note(other, one)
  }
  return apart
}

/** The records of which somebody said that they are not this one. */
export async function apartFrom(tx: Tx, company: string, object: string, id: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select case one_id when ${id} then other_id else one_id end as id from duplicate_apart
    where company_id = ${company} and object = ${object} and (one_id = ${id} or other_id = ${id})`.execute(tx)
  return new Set(rows.map((row) => row.id))
}

/** Remembers of these records that no two are the same. */
export async function keepApart(step: Step, object: string, ids: readonly string[]): Promise<void> {
  const { ctx, tx } = step
  const after = { object, records: ids }
  step.audit({ object: 'duplicate_verdict', recordId: ids[0] ?? nobody, action: 'told-apart', before: null, after })
  await sql`
    insert into duplicate_apart (company_id, object, one_id, other_id, said_by)
    select ${ctx.company.id}, ${object}, a.id, b.id, ${ctx.actor.personId}
    from unnest(${ids}::uuid[]) a(id) join unnest(${ids}::uuid[]) b(id) on a.id < b.id
    on conflict do nothing`.execute(tx)
}

export interface SuspectedRecord {
  readonly place: number
  readonly id: string
  readonly rules: readonly string[]
  /** Records of its group, of which only the first are answered. */
  readonly size: number
}

/** Of one group no more records are weighed up; those that were said to be others least often come first. */
const mostWeighed = 200

/**
 * Groups of a scan from a place on: of their records that are still there and in reach those to decide about first, where
 * two are left and not all of them were said to be different. The places are looked at one after the other until there
 * are enough.
 */
export async function suspectsFrom(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  {
    scanId,
    from,
    limit,
    most,
  }: { readonly scanId: string; readonly from: number; readonly limit: number; readonly most: number },
): Promise<readonly SuspectedRecord[]> {
  const company = ctx.company.id
  const scope = await scopeOf(ctx, object)
  const livingAt = (place: string) => sql`
    select s.record_id, s.rules from duplicate_suspect s
    join ${sql.table(object.table)} t on t.company_id = s.company_id and t.id = s.record_id and t.deleted_at is null
    where s.company_id = ${company} and s.scan_id = ${scanId} and s.place = ${sql.ref(`${place}.place`)} and ${scope}`
  const { rows } = await sql<SuspectedRecord>`
    select o.place, l.record_id as id, l.rules, l.size from (
      select p.place from (
        select distinct place from duplicate_suspect
        where company_id = ${company} and scan_id = ${scanId} and place >= ${from} order by place offset 0) p
      cross join lateral (
        with living as materialized (${livingAt('p')})
        select 1 from living a join living b on a.record_id < b.record_id
        where not exists (select from duplicate_apart d where d.company_id = ${company} and d.object = ${object.key}
          and d.one_id = a.record_id and d.other_id = b.record_id)
        limit 1) two
      order by p.place limit ${limit}) o
    cross join lateral (
      select l.*, count(*) over ()::float8 as size, (
        select count(*) from duplicate_apart d
        where d.company_id = ${company} and d.object = ${object.key} and (d.one_id = l.record_id or d.other_id = l.record_id)) as said
      from (${livingAt('o')}) l order by said, l.record_id limit ${mostWeighed}) l
    order by o.place, l.record_id`.execute(tx)
  return undecidedOf(rows, await apartAmong(tx, company, object.key, rows), most)
}

function undecidedOf(found: readonly SuspectedRecord[], apart: ReadonlySet<string>, most: number) {
  const areApart = (one: string, other: string) => apart.has(one < other ? `${one} ${other}` : `${other} ${one}`)
  return [...Map.groupBy(found, ({ place }) => place).values()].flatMap((group) => {
    const ids = group.map(({ id }) => id)
    const shown = new Set(undecidedFirst(ids, areApart, most))
    return group.filter(({ id }) => shown.has(id))
  })
}

/** Pairs of these records of which somebody said that they are not the same, the smaller id first. */
async function apartAmong(
  tx: Tx,
  company: string,
  object: string,
  records: readonly SuspectedRecord[],
): Promise<ReadonlySet<string>> {
  const ids = records.map(({ id }) => id)
  const { rows } = await sql<{ pair: string }>`
    select one_id || ' ' || other_id as pair from duplicate_apart
    where company_id = ${company} and object = ${object} and one_id = any(${ids}::uuid[]) and other_id = any(${ids}::uuid[])`.execute(
    tx,
  )
  return new Set(rows.map(({ pair }) => pair))
}
