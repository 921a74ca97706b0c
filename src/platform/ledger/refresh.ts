import { sql } from 'kysely'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Step } from '#platform/db/step.ts'
import type { Saved } from '#platform/records/draft.ts'
import { addFlows } from './add-flows.ts'
import { affectedFirsts } from './firsts.ts'
import { sourcesOf } from './registry.ts'
import { ledgerColumns, stockRowsOf } from './rows.ts'
import { waitForStandstill } from './standstill.ts'

/**
 * Rewrites the ledger rows of the records that changed and moves the roll-ups by the difference, in the transaction
 * of the change. Records whose value hangs on them (the first order of an account) are rewritten too.
 */
export async function refreshLedger(step: Step, object: string, saved: readonly Saved[]): Promise<void> {
  if (sourcesOf(object).length === 0 || saved.length === 0) return
  const ids = saved.map((one) => one.id)
  if (saved.every(({ action }) => action === 'created')) {
    // The references of new records were locked when they were checked.
    await rewriteRows(step, object, await addRows(step, object, ids))
    return
  }
  await rewriteRows(step, object, [...ids, ...(await affectedFirsts(step, object, saved))])
}

/** Rewrites the rows of these records, in statements of their own for what goes and what comes. */
export async function rewriteRows(step: Step, object: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const company = step.ctx.company.id
  await waitForStandstill(step)
  await sql`
    with went as (
      delete from ledger_row where company_id = ${company} and record_id = any(${ids}::uuid[]) and object = ${object}
      returning metric, structure_id, day, unit_id, person_id, numerator, denominator
    )
    select move_rollup(array_agg(
      row(metric, structure_id, day, unit_id, person_id, -numerator, -denominator, -1)::ledger_move)) from went`.execute(
    step.tx,
  )
  await addRows(step, object, ids)
}

/** Writes the rows of records that have none; answers the others that were the first of something until now. */
async function addRows(step: Step, object: string, ids: readonly string[]): Promise<readonly string[]> {
  const stocks = stockRowsOf(step.ctx, object, sql`t.id = any(${ids}::uuid[])`)
  if (stocks) await addStocks(step, object, stocks)
  return addFlows(step, object, ids)
}

async function addStocks({ ctx, tx }: Step, object: string, rows: Sql): Promise<void> {
  const company = ctx.company.id
  await sql`
    with came as (
      insert into ledger_row (${ledgerColumns})
      select ${company}, f.record_id, f.metric, f.structure_id, f.part, f.metric_version, f.attribution, ${object},
        f.person_id, f.unit_id, f.day, f.currency, f.amount, f.numerator, f.denominator
      from (${rows}) f
      returning metric, structure_id, day, unit_id, person_id, numerator, denominator
    )
    select move_rollup(array_agg(
      row(metric, structure_id, day, unit_id, person_id, numerator, denominator, 1)::ledger_move)) from came`.execute(
    tx,
  )
}
