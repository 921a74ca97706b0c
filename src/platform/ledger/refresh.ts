import { sql } from 'kysely'
import type { RecordValues } from '#engine/model/object-type.ts'
import type { Step } from '#platform/db/step.ts'
import { affectedFirsts } from './firsts.ts'
import { sourcesOf } from './registry.ts'
import { ledgerColumns, rowsOf } from './rows.ts'

interface Changed {
  readonly id: string
  readonly before: RecordValues | null
  readonly after: RecordValues | null
}

/**
 * Rewrites the ledger rows of the records that changed and moves the roll-ups by the difference, in the transaction
 * of the change. Records whose value hangs on them (the first order of an account) are rewritten too.
 */
export async function refreshLedger(step: Step, object: string, changed: readonly Changed[]): Promise<void> {
  if (sourcesOf(object).length === 0 || changed.length === 0) return
  const others = await affectedFirsts(step, object, changed)
  const ids = [...new Set([...changed.map((one) => one.id), ...others])]
  const isNew = others.length === 0 && changed.every((one) => one.before === null)
  await rewriteRows(step, object, ids, { isNew })
}

/**
 * Rewrites the rows of these records. One statement takes the old rows out, puts the new rows in and adds the
 * differences to the roll-ups; keys are touched in order, so that two writers cannot wait for each other in a circle.
 */
export async function rewriteRows(
  step: Step,
  object: string,
  ids: readonly string[],
  { isNew = false }: { isNew?: boolean } = {},
): Promise<void> {
  const { ctx, tx } = step
  const company = ctx.company.id
  const rows = rowsOf(ctx, object, sql`t.id = any(${ids}::uuid[])`)
  if (!rows) return
  if (!isNew) {
    await sql`
      with moved as (
        delete from ledger_row where company_id = ${company} and record_id = any(${ids}::uuid[]) and object = ${object}
        returning metric, structure_id, day, unit_id, person_id, -numerator as numerator, -denominator as denominator, -1 as rows
      ) ${addToRollup(company)}`.execute(tx)
  }
  await sql`
    with fresh as (${rows}), moved as (
      insert into ledger_row (${ledgerColumns})
      select ${company}, f.record_id, f.metric, f.structure_id, f.part, f.metric_version, f.attribution, ${object},
        f.person_id, f.unit_id, f.day, f.currency, f.amount, f.numerator, f.denominator
      from fresh f
      returning metric, structure_id, day, unit_id, person_id, numerator, denominator, 1 as rows
    ) ${addToRollup(company)}`.execute(tx)
}

/** Adds the rows of `moved` to the sums by day and by calendar month. */
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
