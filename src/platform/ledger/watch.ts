import { sql } from 'kysely'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step, type Tx } from '#platform/db/step.ts'
import { holdStill } from './standstill.ts'

/** The rows of a metric in a structure. */
export interface RowsOf {
  readonly metric: string
  readonly structureId: string
}

/** Notes the records of written or removed rows (`rows`: a query's name) of metrics that are watched. */
export function notedSql({ company }: Ctx, rows: Sql): Sql {
  return sql`
    insert into ledger_touched (company_id, structure_id, metric, record_id)
    select distinct w.company_id, w.structure_id, w.metric, r.record_id from ${rows} r
    join ledger_watch w on w.company_id = ${company.id} and w.structure_id = r.structure_id and w.metric = r.metric
    where w.is_on`
}

/**
 * From now on every save notes the records whose rows of this metric it touches. Saves under way are waited for; what they
 * and all before them did is unknown until the ledger was compared as a whole (`clearNoted`).
 */
export async function watchRows(ctx: Ctx, { metric, structureId }: RowsOf): Promise<void> {
  await inStep(ctx, async (step) => {
    if ((await watchOf(step.tx, ctx, { metric, structureId }))?.isOn) return
    await holdStill(step)
    await sql`
      insert into ledger_watch (company_id, structure_id, metric, is_on, is_whole)
      values (${ctx.company.id}, ${structureId}, ${metric}, true, true)
      on conflict (company_id, structure_id, metric) do update set is_on = true, is_whole = true`.execute(step.tx)
  })
}

interface Watch {
  readonly isOn: boolean
  readonly isWhole: boolean
}

async function watchOf(tx: Tx, ctx: Ctx, of: RowsOf): Promise<Watch | undefined> {
  const { rows } = await sql<Watch>`
    select is_on as "isOn", is_whole as "isWhole" from ledger_watch where ${thoseOf(ctx, of)}`.execute(tx)
  return rows[0]
}

/** Whether every record is noted whose rows were touched since the notes were cleared. */
export async function isAllNoted(tx: Tx, ctx: Ctx, of: RowsOf): Promise<boolean> {
  const watch = await watchOf(tx, ctx, of)
  return watch !== undefined && watch.isOn && !watch.isWhole
}

/** The keys of the noted records, as `record_id`. */
export function notedRecordsSql(ctx: Ctx, of: RowsOf): Sql {
  return sql`select distinct record_id from ledger_touched where ${thoseOf(ctx, of)}`
}

/**
 * Clears the notes away that the step sees, once what they say is kept elsewhere. The step is of one moment: what is saved
 * meanwhile stays noted.
 */
export async function clearNoted({ ctx, tx }: Step, of: RowsOf): Promise<void> {
  await sql`delete from ledger_touched where ${thoseOf(ctx, of)}`.execute(tx)
  await sql`update ledger_watch set is_whole = false where ${thoseOf(ctx, of)} and is_on and is_whole`.execute(tx)
}

/** Watches these metrics alone from now on; the notes of others are taken away. */
export async function watchOnly({ ctx, tx }: Step, metrics: readonly string[]): Promise<void> {
  const isOther = sql`company_id = ${ctx.company.id} and metric <> all(${metrics}::text[])`
  await sql`delete from ledger_watch where ${isOther}`.execute(tx)
  await sql`delete from ledger_touched where ${isOther}`.execute(tx)
}

/** Rows are written or removed that nobody notes, of this metric or of all. The step holds the company still. */
export async function changeUnnoted({ ctx, tx }: Step, metric?: string): Promise<void> {
  const isOf = metric === undefined ? sql`true` : sql`metric = ${metric}`
  await sql`
    update ledger_watch set is_on = false, is_whole = true where company_id = ${ctx.company.id} and ${isOf}`.execute(tx)
}

function thoseOf({ company }: Ctx, { metric, structureId }: RowsOf): Sql {
  return sql`company_id = ${company.id} and structure_id = ${structureId} and metric = ${metric}`
}
