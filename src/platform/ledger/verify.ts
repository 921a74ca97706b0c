import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { allFilled, keysInStates } from './own-metric-store.ts'
import { ledgerColumns, rowsOf } from './rows.ts'
import { holdStill } from './standstill.ts'

export interface Difference {
  readonly metric: string
  readonly recordId: string | null
  readonly what: 'missing in ledger' | 'surplus in ledger' | 'roll-up differs'
}

/**
 * Recomputes every ledger row from the records and every roll-up from the ledger; answers at most 1,000 differences. Own
 * metrics that are being filled, or removed, are not compared.
 */
export async function verifyLedger(ctx: Ctx): Promise<readonly Difference[]> {
  const found: Difference[] = []
  for (const object of objectsWithMetrics(ctx)) found.push(...(await compareRows(ctx, object)))
  found.push(...(await straysOf(ctx)))
  found.push(...(await compareRollup(ctx)))
  const underWay = new Set(await inView(ctx, (tx) => keysInStates(tx, ctx, ['filling', 'clearing'])))
  return found.filter(({ metric }) => !underWay.has(metric)).slice(0, 1000)
}

function objectsWithMetrics({ company }: Ctx): readonly string[] {
  return [...new Set(company.metrics.all().flatMap((metric) => metric.sources.map((source) => source.of)))]
}

/** Rows of metrics that the company does not have, of objects that none of its metrics reads. */
async function straysOf(ctx: Ctx): Promise<readonly Difference[]> {
  const { rows } = await inView(ctx, (tx) =>
    sql<Difference>`
      select distinct metric, record_id as "recordId", 'surplus in ledger' as what from ledger_row
      where company_id = ${ctx.company.id} and object <> all(${objectsWithMetrics(ctx)}::text[]) limit 500`.execute(tx),
  )
  return rows
}

const compared = sql`record_id, metric, structure_id, part, metric_version, attribution, person_id, unit_id, day, currency,
  amount, numerator, denominator`

async function compareRows(ctx: Ctx, object: string): Promise<readonly Difference[]> {
  const rows = rowsOf(ctx, object, sql`true`)
  if (!rows) return []
  const { rows: differences } = await inView(ctx, (tx) =>
    sql<Difference>`
      with wanted as (select ${compared} from (${rows}) w),
      present as (select ${compared} from ledger_row where company_id = ${ctx.company.id} and object = ${object})
      (select metric, record_id as "recordId", 'missing in ledger' as what from (table wanted except table present) m limit 500)
      union all
      (select metric, record_id as "recordId", 'surplus in ledger' as what from (table present except table wanted) s limit 500)
    `.execute(tx),
  )
  return differences
}

async function compareRollup(ctx: Ctx): Promise<readonly Difference[]> {
  const { rows } = await inView(ctx, (tx) =>
    sql<Difference>`
      with wanted as (${rollupFromLedger(ctx.company.id)}),
      present as (
        select ${rollupColumns} from rollup_year where company_id = ${ctx.company.id} and (
          row_count <> 0 or numerator <> 0 or denominator <> 0
          or 0 <> any(row_counts) or 0 <> any(numerators) or 0 <> any(denominators)))
      select distinct metric, null::uuid as "recordId", 'roll-up differs' as what from (
        (table wanted except table present) union all (table present except table wanted)) d
      limit 500`.execute(tx),
  )
  return rows
}

const rollupColumns = sql`
  metric, structure_id, year, unit_id, person_id, numerator, denominator, row_count, numerators, denominators, row_counts`

function rollupFromLedger(company: string) {
  return sql`
    select metric, structure_id, extract(year from month)::int as year, unit_id, person_id,
      sum(numerator)::numeric(38, 4) as numerator, sum(denominator)::numeric(38, 4) as denominator,
      sum(row_count)::int as row_count,
      by_month(extract(month from month)::int, numerator) as numerators,
      by_month(extract(month from month)::int, denominator) as denominators,
      by_month(extract(month from month)::int, row_count) as row_counts
    from (
      select metric, structure_id, date_trunc('month', day)::date as month, unit_id, person_id,
        sum(numerator) as numerator, sum(denominator) as denominator, count(*)::int as row_count
      from ledger_row
      where company_id = ${company}
      group by 1, 2, 3, 4, 5) m
    group by 1, 2, 3, 4, 5`
}

/**
 * Throws the company's ledger away and computes it anew from the records, in one transaction. Sums are laid down in the
 * order in which trees read them.
 */
export async function rebuildLedger(ctx: Ctx): Promise<void> {
  const company = ctx.company.id
  await inStep(
    ctx,
    async (step) => {
      const { tx } = step
      await holdStill(step)
      await sql`delete from ledger_row where company_id = ${company}`.execute(tx)
      await sql`delete from rollup_year where company_id = ${company}`.execute(tx)
      await allFilled(step)
      for (const object of objectsWithMetrics(ctx)) {
        const rows = rowsOf(ctx, object, sql`true`)
        if (!rows) continue
        await sql`
          insert into ledger_row (${ledgerColumns})
          select ${company}, f.record_id, f.metric, f.structure_id, f.part, f.metric_version, f.attribution, ${object},
            f.person_id, f.unit_id, f.day, f.currency, f.amount, f.numerator, f.denominator
          from (${rows}) f`.execute(tx)
      }
      await sql`
        insert into rollup_year (company_id, ${rollupColumns})
        select ${company}, r.* from (${rollupFromLedger(company)}) r order by 2, 3, 4, 5, 6`.execute(tx)
    },
    { kind: 'ledger.rebuild' },
  )
}
