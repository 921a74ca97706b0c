import { sql } from 'kysely'
import type { FieldFault } from '#base/errors.ts'
import type { RecordValues } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'

export type UndoState = 'queued' | 'running' | 'done' | 'failed'

/** An operation that is undone, and how far. */
export interface Undo {
  readonly operationId: string
  /** The operation whose changes undo it. */
  readonly undoneBy: string
  readonly state: UndoState
  /** Changes to take back: records that were changed several times count several times. */
  readonly entriesTotal: number
  readonly entriesDone: number
  /** Records that are removed again, those that have their earlier values again, and those that stay as they are. */
  readonly removed: number
  readonly restored: number
  readonly skipped: number
  readonly personId: string | null
  readonly finishedAt: Date | null
  /** What the operation was: `import`, `merge` … */
  readonly operationKind: string | null
}

const operationKind = sql`
  (select o.kind from operation o where o.company_id = operation_undo.company_id and o.id = operation_undo.operation_id)
    as "operationKind"`

const columns = sql`
  operation_id as "operationId", undone_by as "undoneBy", state, entries_total as "entriesTotal",
  entries_done as "entriesDone", removed_count as removed, restored_count as restored, skipped_count as skipped,
  person_id as "personId", finished_at as "finishedAt", ${operationKind}`

/** The undos of those operations that have one. */
export async function undosOf(tx: Tx, ctx: Ctx, operationIds: readonly string[]): Promise<readonly Undo[]> {
  const { rows } = await sql<Undo>`
    select ${columns} from operation_undo
    where company_id = ${ctx.company.id} and operation_id = any(${operationIds}::uuid[])`.execute(tx)
  return rows
}

/** Much is done to a record without a change of its values: files come and go, it is exported. Nothing of that to set back. */
const changesValues = sql`a.action not in (
  'attached', 'detached', 'reattached', 'merged', 'exported', 'downloaded', 'protected', 'unprotected', 'revealed',
  'shared', 'unshared')`

/** Notes that an operation is to be undone. One that was asked for before goes on where it was, unless it is done. */
export async function insertUndo(tx: Tx, ctx: Ctx, operationId: string): Promise<void> {
  const company = ctx.company.id
  await sql`
    insert into operation_undo (company_id, operation_id, undone_by, entries_total, person_id)
    select ${company}, ${operationId}, ${newId()}, count(*), ${ctx.actor.personId}
    from audit_entry a where a.company_id = ${company} and a.operation_id = ${operationId} and ${changesValues}
    on conflict (company_id, operation_id) do update set state = 'queued', person_id = excluded.person_id
    where operation_undo.state = 'failed'`.execute(tx)
}

export async function markUndo(tx: Tx, ctx: Ctx, operationId: string, state: 'done' | 'failed'): Promise<void> {
  await sql`
    update operation_undo set state = ${state}, finished_at = now()
    where company_id = ${ctx.company.id} and operation_id = ${operationId} and state in ('queued', 'running')`.execute(
    tx,
  )
}

export async function unfinishedUndos(tx: Tx, ctx: Ctx): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select operation_id as id from operation_undo
    where company_id = ${ctx.company.id} and state in ('queued', 'running')`.execute(tx)
  return rows.map((row) => row.id)
}

/** Locks the undo for this transaction and answers up to which entry it has come; undefined once it is over. */
export async function lockUndo(
  tx: Tx,
  ctx: Ctx,
  operationId: string,
): Promise<(Pick<Undo, 'undoneBy' | 'operationKind'> & { readonly beforeEntry: string }) | undefined> {
  const { rows } = await sql<Pick<Undo, 'undoneBy' | 'operationKind'> & { beforeEntry: string }>`
    select undone_by as "undoneBy", before_entry as "beforeEntry", ${operationKind} from operation_undo
    where company_id = ${ctx.company.id} and operation_id = ${operationId} and state in ('queued', 'running')
    for update`.execute(tx)
  return rows[0]
}

/** One change that an operation made. */
export interface Change {
  readonly id: string
  readonly object: string
  readonly recordId: string
  readonly action: string
  readonly before: RecordValues | null
  /** The operation's first change of this record: once it is taken back the record is as it was. */
  readonly isFirst: boolean
  /** An earlier portion left this record as it is. */
  readonly isSkipped: boolean
  /** Values of it were personal and are erased: it cannot be taken back. */
  readonly isErased: boolean
}

/** The changes of an operation before an entry, newest first. */
export async function changesBefore(
  tx: Tx,
  ctx: Ctx,
  operationId: string,
  { entry, limit }: { readonly entry: string; readonly limit: number },
): Promise<readonly Change[]> {
  const { rows } = await sql<Change>`
    select a.id, a.object, a.record_id as "recordId", a.action, a.before,
      not exists (
        select from audit_entry e where e.company_id = a.company_id and e.object = a.object
          and e.record_id = a.record_id and e.id < a.id and e.operation_id = a.operation_id) as "isFirst",
      exists (
        select from operation_undo_skip s where s.company_id = a.company_id and s.operation_id = a.operation_id
          and s.object = a.object and s.record_id = a.record_id) as "isSkipped",
      a.redaction is not null and a.action <> 'created' as "isErased"
    from audit_entry a
    where a.company_id = ${ctx.company.id} and a.operation_id = ${operationId} and a.id < ${entry} and ${changesValues}
    order by a.id desc limit ${limit}`.execute(tx)
  return rows
}

/** How many changes an operation made, by object. */
export async function changesByObject(
  tx: Tx,
  ctx: Ctx,
  operationId: string,
): Promise<readonly { readonly object: string; readonly count: number }[]> {
  const { rows } = await sql<{ object: string; count: number }>`
    select object, count(*)::int as count from audit_entry
    where company_id = ${ctx.company.id} and operation_id = ${operationId} group by object`.execute(tx)
  return rows
}

/** Who last changed a record after an entry. */
export interface Touch {
  readonly recordId: string
  readonly action: string
  readonly personName: string | null
  /** Keys of the fields that changed. */
  readonly fields: readonly string[]
}

/** Of these records those that others changed after the entry named, apart from the operations given. */
export async function touchedSince(
  tx: Tx,
  ctx: Ctx,
  changes: readonly Pick<Change, 'id' | 'object' | 'recordId'>[],
  apart: readonly string[],
): Promise<ReadonlyMap<string, Touch>> {
  const rows = changes.map(({ id, object, recordId }) => ({ entry: id, object, record_id: recordId }))
  const found = await sql<Touch>`
    select distinct on (c.record_id) c.record_id as "recordId", a.action, p.name as "personName", array(
      select distinct jsonb_object_keys(b.after) from audit_entry b
      where b.company_id = ${ctx.company.id} and b.object = c.object and b.record_id = c.record_id and b.id > c.entry
        and b.operation_id <> all(${apart}::uuid[]) and b.action = 'updated') as fields
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(entry uuid, object text, record_id uuid)
    join audit_entry a on a.company_id = ${ctx.company.id} and a.object = c.object and a.record_id = c.record_id
      and a.id > c.entry and a.operation_id <> all(${apart}::uuid[]) and ${changesValues}
    left join person p on p.company_id = a.company_id and p.id = a.person_id
    order by c.record_id, a.id desc`.execute(tx)
  return new Map(found.rows.map((row) => [row.recordId, row]))
}

/** What came of one portion. */
export interface UndoTally {
  readonly entries: number
  /** The oldest entry that is dealt with. */
  readonly lastEntry: string
  readonly removed: number
  readonly restored: number
}

/** Moves the place on and counts, together with the changes themselves. */
export async function addUndoTally(tx: Tx, ctx: Ctx, operationId: string, tally: UndoTally): Promise<void> {
  await sql`
    update operation_undo u set state = 'running', before_entry = ${tally.lastEntry},
      entries_done = entries_done + ${tally.entries}, removed_count = removed_count + ${tally.removed},
      restored_count = restored_count + ${tally.restored},
      skipped_count = (
        select count(*) from operation_undo_skip s where s.company_id = u.company_id and s.operation_id = u.operation_id)
    where company_id = ${ctx.company.id} and operation_id = ${operationId}`.execute(tx)
}

/** A record that stays as it is, and why. */
export interface Skipped {
  readonly object: string
  readonly recordId: string
  readonly faults: readonly FieldFault[]
}

export async function addSkipped(tx: Tx, ctx: Ctx, operationId: string, skipped: readonly Skipped[]): Promise<void> {
  if (skipped.length === 0) return
  const rows = skipped.map(({ recordId, ...one }) => ({ ...one, record_id: recordId }))
  await sql`
    insert into operation_undo_skip (company_id, operation_id, object, record_id, faults)
    select ${ctx.company.id}, ${operationId}, s.object, s.record_id, s.faults
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(object text, record_id uuid, faults jsonb)
    on conflict do nothing`.execute(tx)
}

/** The first records that stayed as they are. */
export async function skippedOf(tx: Tx, ctx: Ctx, operationId: string, limit: number): Promise<readonly Skipped[]> {
  const { rows } = await sql<Skipped>`
    select object, record_id as "recordId", faults from operation_undo_skip
    where company_id = ${ctx.company.id} and operation_id = ${operationId} order by object, record_id limit ${limit}`.execute(
    tx,
  )
  return rows
}

/** What an undo would meet. */
export interface UndoOutlook {
  /** Records that the operation changed. */
  readonly records: number
  /** Of these the records that others have changed since. */
  readonly touched: number
}

export async function outlookOn(tx: Tx, ctx: Ctx, operationId: string): Promise<UndoOutlook> {
  const { rows } = await sql<{ records: string; touched: string }>`
    with mine as (
      select object, record_id, min(id::text)::uuid as entry from audit_entry
      where company_id = ${ctx.company.id} and operation_id = ${operationId} group by object, record_id
    )
    select count(*) as records, count(*) filter (where exists (
      select from audit_entry a where a.company_id = ${ctx.company.id} and a.object = mine.object
        and a.record_id = mine.record_id and a.id > mine.entry and a.operation_id <> ${operationId} and ${changesValues})) as touched
    from mine`.execute(tx)
  return { records: Number(rows[0]?.records ?? 0), touched: Number(rows[0]?.touched ?? 0) }
}
