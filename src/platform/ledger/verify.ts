import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Tx } from '#platform/db/step.ts'
import { asOfNow, shapeVersionIn } from './as-of-now.ts'
import { allFilled, keysInStates } from './own-metric-store.ts'
import { ledgerColumns, rowsOf } from './rows.ts'
import { holdStill } from './standstill.ts'
import { changeUnnoted } from './watch.ts'
import { keepWrittenBy } from './written-by.ts'

export interface Difference {
  readonly metric: string
  readonly recordId: string | null
  readonly what: 'missing in ledger' | 'surplus in ledger' | 'roll-up differs'
}

/**
 * Recomputes every ledger row from the records and every roll-up from the ledger, all as of one moment; answers at most
 * 1,000 differences. Own metrics that are being filled, or removed, are not compared.
 */
export async function verifyLedger(given: Ctx): Promise<readonly Difference[]> {
  return inView(given, async (tx) => {
    const { ctx } = await asOfNow({ ctx: given, tx }, await shapeVersionIn(tx, given))
    const view = { ctx, tx, underWay: await keysInStates(tx, ctx, ['filling', 'clearing']) }
    const found: Difference[] = []
    for (const object of objectsWithMetrics(ctx)) found.push(...(await compareRows(view, object)))
    found.push(...(await straysOf(view)))
    found.push(...(await compareRollup(view)))
    return found.slice(0, 1000)
  })
}

interface View {
  readonly ctx: Ctx
  readonly tx: Tx
  /** Keys of metrics whose rows are being written or removed. */
  readonly underWay: readonly string[]
}

function objectsWithMetrics({ company }: Ctx): readonly string[] {
  return [...new Set(company.metrics.all().flatMap((metric) => metric.sources.map((source) => source.of)))]
}

/** Rows of metrics that the company does not have, of objects that none of its metrics reads. */
async function straysOf({ ctx, tx, underWay }: View): Promise<readonly Difference[]> {
  const { rows } = await sql<Difference>`
    select distinct metric, record_id as "recordId", 'surplus in ledger' as what from ledger_row
    where company_id = ${ctx.company.id} and object <> all(${objectsWithMetrics(ctx)}::text[])
      and metric <> all(${underWay}::text[]) limit 500`.execute(tx)
  return rows
}

const compared = sql`record_id, metric, structure_id, part, metric_version, attribution, person_id, unit_id, day, currency,
  amount, numerator, denominator, subject`

async function compareRows({ ctx, tx, underWay }: View, object: string): Promise<readonly Difference[]> {
  const rows = rowsOf(ctx, object, sql`true`)
  if (!rows) return []
  const isWhole = sql`metric <> all(${underWay}::text[])`
  const { rows: differences } = await sql<Difference>`
    with wanted as (select ${compared} from (${rows}) w where ${isWhole}),
    present as (
      select ${compared} from ledger_row
      where company_id = ${ctx.company.id} and object = ${object} and ${isWhole})
    (select metric, record_id as "recordId", 'missing in ledger' as what from (table wanted except table present) m limit 500)
    union all
    (select metric, record_id as "recordId", 'surplus in ledger' as what from (table present except table wanted) s limit 500)
  `.execute(tx)
  return differences
}

async function compareRollup({ ctx, tx, underWay }: View): Promise<readonly Difference[]> {
  const { rows } = await sql<Difference>`
    with wanted as (${rollupFromLedger(ctx.company.id)}),
    present as (
      select ${rollupColumns} from rollup_year where company_id = ${ctx.company.id} and (
        row_count <> 0 or numerator <> 0 or denominator <> 0
        or 0 <> any(row_counts) or 0 <> any(numerators) or 0 <> any(denominators)))
    select distinct metric, null::uuid as "recordId", 'roll-up differs' as what from (
      (table wanted except table present) union all (table present except table wanted)) d
    where metric <> all(${underWay}::text[])
    limit 500`.execute(tx)
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
export async function rebuildLedger(given: Ctx): Promise<void> {
  await inStep(
    given,
    async (begun) => {
      await holdStill(begun)
      const step = await asOfNow(begun, await shapeVersionIn(begun.tx, given))
      const { ctx, tx } = step
      const company = ctx.company.id
      await changeUnnoted(step)
      await sql`delete from ledger_row where company_id = ${company}`.execute(tx)
      await sql`delete from rollup_year where company_id = ${company}`.execute(tx)
      await allFilled(step)
      for (const object of objectsWithMetrics(ctx)) {
        const rows = rowsOf(ctx, object, sql`true`)
        if (!rows) continue
        await sql`
          insert into ledger_row (${ledgerColumns})
          select ${company}, f.record_id, f.metric, f.structure_id, f.part, f.metric_version, f.attribution, ${object},
            f.person_id, f.unit_id, f.day, f.currency, f.amount, f.numerator, f.denominator, f.subject
          from (${rows}) f`.execute(tx)
      }
      await sql`
        insert into rollup_year (company_id, ${rollupColumns})
        select ${company}, r.* from (${rollupFromLedger(company)}) r order by 2, 3, 4, 5, 6`.execute(tx)
      await keepWrittenBy(step)
    },
    { kind: 'ledger.rebuild' },
  )
}
