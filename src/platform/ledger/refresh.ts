import { sql } from 'kysely'
import type { Sql } from '#engine/query/to-sql.ts'
import { keptPlan } from '#platform/db/kept-plan.ts'
import type { Step } from '#platform/db/step.ts'
import type { Saved } from '#platform/records/draft.ts'
import { affectedFirsts, displacedBy, metricsOfFirsts } from './firsts.ts'
import { sourcesOf } from './registry.ts'
import { flowFactsOf, ledgerColumns, stockRowsOf } from './rows.ts'
import { waitForStandstill } from './standstill.ts'

/**
 * Rewrites the ledger rows of the records that changed and moves the roll-ups by the difference, in the transaction
 * of the change. Records whose value hangs on them (the first order of an account) are rewritten too.
 */
export async function refreshLedger(step: Step, object: string, saved: readonly Saved[]): Promise<void> {
  if (sourcesOf(object).length === 0 || saved.length === 0) return
  const ids = saved.map((one) => one.id)
  if (saved.every(({ action }) => action === 'created')) {
    // The references of new records were locked when they were checked. Only one that is a first displaces another.
    const firsts = new Set(await addRows(step, object, ids))
    const displaced = await displacedBy(
      step,
      object,
      saved.filter((one) => firsts.has(one.id)),
    )
    await rewriteRows(step, object, displaced)
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
    with moved as (
      delete from ledger_row where company_id = ${company} and record_id = any(${ids}::uuid[]) and object = ${object}
      returning metric, structure_id, day, unit_id, person_id, -numerator as numerator, -denominator as denominator, -1 as rows
    ) ${addToRollup(company)}`.execute(step.tx)
  await addRows(step, object, ids)
}

/** Writes the rows of records that have none; answers those that are the first of something. */
async function addRows(step: Step, object: string, ids: readonly string[]): Promise<readonly string[]> {
  const records = sql`t.id = any(${ids}::uuid[])`
  const facts = flowFactsOf(step.ctx, object, records)
  const stocks = stockRowsOf(step.ctx, object, records)
  if (stocks) await addStocks(step, object, stocks)
  return facts ? addFlows(step, object, facts) : []
}

async function addFlows({ ctx, tx }: Step, object: string, facts: Sql): Promise<readonly string[]> {
  const { rows } = await sql<{ firsts: readonly string[] | null }>`${keptPlan}
    select array_agg(f.record_id) filter (where f.metric = any(${metricsOfFirsts(object)}::text[])) as firsts,
      credit_facts(${object}, ${ctx.company.currency}, array_agg(row(f.*)::ledger_fact))
    from (${facts}) f having count(*) > 0`.execute(tx)
  return rows[0]?.firsts ?? []
}

async function addStocks({ ctx, tx }: Step, object: string, rows: Sql): Promise<void> {
  const company = ctx.company.id
  await sql`
    with moved as (
      insert into ledger_row (${ledgerColumns})
      select ${company}, f.record_id, f.metric, f.structure_id, f.part, f.metric_version, f.attribution, ${object},
        f.person_id, f.unit_id, f.day, f.currency, f.amount, f.numerator, f.denominator
      from (${rows}) f
      returning metric, structure_id, day, unit_id, person_id, numerator, denominator, 1 as rows
    ) ${addToRollup(company)}`.execute(tx)
}

/**
 * Adds the rows of `moved` to the sums by day and by calendar month. Keys are touched in order, so that two writers
 * cannot wait for each other in a circle.
 */
function addToRollup(company: string) {
  return sql`
    insert into rollup (company_id, metric, structure_id, grain, day, unit_id, person_id, numerator, denominator, row_count)
    select ${company}, metric, structure_id, g.grain, case g.grain when 'd' then day else date_trunc('month', day)::date end,
      unit_id, person_id, sum(numerator), sum(denominator), sum(rows)
    from moved cross join (values ('d'), ('m')) as g(grain)
    group by 2, 3, 4, 5, 6, 7
    order by 2, 3, 4, 5, 6, 7
    on conflict (company_id, metric, structure_id, grain, day, unit_id, person_id) do update set
      numerator = rollup.numerator + excluded.numerator,
      denominator = rollup.denominator + excluded.denominator,
      row_count = rollup.row_count + excluded.row_count`
}
