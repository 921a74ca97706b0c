import { sql } from 'kysely'
import type { MetricSource } from '#engine/metrics/metric.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Step } from '#platform/db/step.ts'
import type { Saved } from '#platform/records/draft.ts'
import { addFlows, type Added } from './add-flows.ts'
import { asOfNow, readTheSame } from './as-of-now.ts'
import { affectedFirsts } from './firsts.ts'
import { ledgerColumns, stockRowsOf } from './rows.ts'
import { settledRecords } from './settled.ts'
import { waitForStandstill } from './standstill.ts'
import { notedSql } from './watch.ts'

/**
 * Rewrites the ledger rows of the records that changed and moves the roll-ups by the difference, in the transaction
 * of the change. Records whose value hangs on them (the first order of an account) are rewritten too.
 */
export async function refreshLedger(step: Step, object: string, saved: readonly Saved[]): Promise<void> {
  if (saved.length === 0) return
  const ids = saved.map((one) => one.id)
  if (saved.every(({ action }) => action === 'created')) await addOfNew(step, object, saved)
  else await rewriteRows(step, object, [...ids, ...(await affectedFirsts(step, object, saved))])
  for (const [settled, keys] of await settledRecords(step, object, saved)) await rewriteRows(step, settled, keys)
}

/** The references of new records were locked when they were checked, and their insert holds the company's key. */
async function addOfNew(step: Step, object: string, saved: readonly Saved[]): Promise<void> {
  const ids = saved.map(({ id }) => id)
  const hasStocks = step.ctx.company.metrics
    .sourcesOf(object)
    .some(({ metric, source }) => metric.kind === 'stock' && saved.some(({ after }) => mayStand(source, after)))
  const { displaced, shapeVersion } = await addRows(step, object, ids, hasStocks)
  const now = await asOfNow(step, shapeVersion)
  const isRight = readTheSame(object, step.ctx.company.metrics, now.ctx.company.metrics)
  await rewriteRows(now, object, isRight ? displaced : [...ids, ...displaced])
}

/** Rewrites the rows of these records, in statements of their own for what goes and what comes. */
export async function rewriteRows(step: Step, object: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const now = await asOfNow(step, await waitForStandstill(step))
  const isRead = [step, now].some(({ ctx }) => ctx.company.metrics.sourcesOf(object).length > 0)
  if (!isRead) return
  await removeRows(step, sql`record_id = any(${ids}::uuid[]) and object = ${object}`)
  await addRows(now, object, ids)
}

/** Rewrites the rows of one flow or ratio metric alone. The caller holds the records, and the company's key. */
export async function rewriteRowsOf(step: Step, metric: string, object: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await removeRows(step, sql`record_id = any(${ids}::uuid[]) and metric = ${metric}`)
  await addFlows(step, object, ids, metric)
}

async function removeRows({ ctx, tx }: Step, which: Sql): Promise<void> {
  await sql`
    with went as (
      delete from ledger_row where company_id = ${ctx.company.id} and ${which}
      returning record_id, metric, structure_id, day, unit_id, person_id, numerator, denominator
    ), noted as (${notedSql(ctx, sql`went`)})
    select move_rollup(array_agg(
      row(metric, structure_id, day, unit_id, person_id, -numerator, -denominator, -1)::ledger_move)) from went`.execute(
    tx,
  )
}

/** What has no due day is never overdue: most records need not be asked. */
function mayStand({ overdue }: MetricSource, after: Saved['after']): boolean {
  return !overdue || (after?.[overdue.due] ?? null) !== null
}

/** Writes the rows of records that have none. */
async function addRows(step: Step, object: string, ids: readonly string[], hasStocks = true): Promise<Added> {
  const stocks = hasStocks ? stockRowsOf(step.ctx, object, sql`t.id = any(${ids}::uuid[])`) : undefined
  if (stocks) await addStocks(step, object, stocks)
  return addFlows(step, object, ids)
}

async function addStocks({ ctx, tx }: Step, object: string, rows: Sql): Promise<void> {
  const company = ctx.company.id
  await sql`
    with came as (
      insert into ledger_row (${ledgerColumns})
      select ${company}, f.record_id, f.metric, f.structure_id, f.part, f.metric_version, f.attribution, ${object},
        f.person_id, f.unit_id, f.day, f.currency, f.amount, f.numerator, f.denominator, f.subject
      from (${rows}) f
      returning record_id, metric, structure_id, day, unit_id, person_id, numerator, denominator
    ), noted as (${notedSql(ctx, sql`came`)})
    select move_rollup(array_agg(
      row(metric, structure_id, day, unit_id, person_id, numerator, denominator, 1)::ledger_move)) from came`.execute(
    tx,
  )
}
