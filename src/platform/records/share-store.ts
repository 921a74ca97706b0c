import { sql } from 'kysely'
import type { Grantee, SharingLevel } from '#engine/policy/sharing.ts'
import { granteeKey } from '#engine/policy/sharing.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Step, type Tx } from '#platform/db/step.ts'
import { keysOfActor } from './sight.ts'

/** One record shared with somebody: as a member of its team, who has a part in it, or by hand. */
export interface RecordShare {
  readonly id: string
  readonly to: Grantee
  readonly level: SharingLevel
  /** What a member of the team does there; null: shared by hand. */
  readonly part: string | null
  readonly note: string | null
  /** The last day on which it holds; null: for ever. */
  readonly until: string | null
  readonly byName: string | null
  readonly at: Date
}

interface Row extends Omit<RecordShare, 'to'> {
  readonly grantee: string
}

/** Everybody with whom a record is shared one by one, oldest first, also what no longer holds. */
export async function sharesOf(tx: Tx, ctx: Ctx, object: string, recordId: string): Promise<readonly RecordShare[]> {
  const { rows } = await sql<Row>`
    select s.id, s.grantee, s.level, s.part, s.note, s.until_day as until, p.name as "byName", s.created_at as at
    from record_share s left join person p on p.company_id = s.company_id and p.id = s.created_by
    where s.company_id = ${ctx.company.id} and s.object = ${object} and s.record_id = ${recordId} order by s.id`.execute(
    tx,
  )
  return rows.map(({ grantee, ...row }) => ({ ...row, to: granteeOf(grantee) }))
}

function granteeOf(key: string): Grantee {
  const at = key.indexOf(':')
  return { kind: key.slice(0, at) as Grantee['kind'], id: key.slice(at + 1) }
}

export type ShareHeld = Pick<RecordShare, 'part' | 'byName'>

/** By which shares the actor sees a record today. */
export async function sharesWith(ctx: Ctx, object: string, recordId: string): Promise<readonly ShareHeld[]> {
  const keys = await keysOfActor(ctx)
  return inView(ctx, async (tx) => {
    const { rows } = await sql<ShareHeld>`
      select s.part, p.name as "byName" from record_share s
      left join person p on p.company_id = s.company_id and p.id = s.created_by
      where s.company_id = ${ctx.company.id} and s.object = ${object} and s.record_id = ${recordId}
        and s.grantee = any(${keys}::text[]) and (s.until_day is null or s.until_day >= ${ctx.today}::date)
      order by s.id`.execute(tx)
    return rows
  })
}

/** The records of each object that are shared with the actor one by one today, the newest first, at most so many. */
export async function idsSharedWith(
  tx: Tx,
  ctx: Ctx,
  objects: readonly string[],
  most: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const keys = await keysOfActor(ctx)
  const { rows } = await sql<{ object: string; ids: readonly string[] }>`
    select object, array_agg(record_id::text) as ids from (
      select object, record_id from record_share
      where company_id = ${ctx.company.id} and object = any(${objects}::text[]) and grantee = any(${keys}::text[])
        and (until_day is null or until_day >= ${ctx.today}::date)
      order by id desc limit ${most}) s group by object`.execute(tx)
  return new Map(rows.map(({ object, ids }) => [object, ids]))
}

export type NewShare = Omit<RecordShare, 'byName' | 'at'>

/** Shares a record, or changes how it is shared with somebody already. */
export async function keepShare(
  { ctx, tx }: Step,
  { object, recordId }: { readonly object: string; readonly recordId: string },
  { id, to, level, part, note, until }: NewShare,
): Promise<void> {
  const company = ctx.company.id
  await sql`
    with gone as (
      delete from record_share
      where company_id = ${company} and object = ${object} and record_id = ${recordId} and grantee = ${granteeKey(to)})
    insert into record_share (company_id, id, object, record_id, grantee, level, part, note, until_day, created_by)
    values (${company}, ${id}, ${object}, ${recordId}, ${granteeKey(to)}, ${level}, ${part}, ${note}, ${until},
      ${ctx.actor.personId})`.execute(tx)
}

/** Ends a share; answers false if the record has no such share. */
export async function dropShare(
  { ctx, tx }: Step,
  { object, recordId }: { readonly object: string; readonly recordId: string },
  id: string,
): Promise<boolean> {
  const { rows } = await sql`
    delete from record_share
    where company_id = ${ctx.company.id} and object = ${object} and record_id = ${recordId} and id = ${id}
    returning id`.execute(tx)
  return rows.length > 0
}

interface EndedShare extends Pick<RecordShare, 'level' | 'part' | 'until'> {
  readonly object: string
  readonly recordId: string
}

/** Ends every share with somebody; answers which they were. */
export async function dropSharesWith({ ctx, tx }: Step, to: Grantee): Promise<readonly EndedShare[]> {
  const { rows } = await sql<EndedShare>`
    delete from record_share where company_id = ${ctx.company.id} and grantee = ${granteeKey(to)}
    returning object, record_id as "recordId", level, part, until_day as until`.execute(tx)
  return rows
}
