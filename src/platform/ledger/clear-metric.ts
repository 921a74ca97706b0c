import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { lockOwnMetric, saveReady } from './own-metric-store.ts'

const portion = 5000

/**
 * Removes the rows of a deleted metric in portions, then its sums. Nobody writes its rows any more, but saves under way
 * may take some away and move the sums by them: the last portion has waited for those.
 */
export async function clearMetric(ctx: Ctx, metric: string): Promise<void> {
  while (await inStep(ctx, (step) => removePortion(step, metric))) stopIfHalted()
  await inStep(ctx, async (step) => {
    const found = await lockOwnMetric(step, metric)
    if (found?.state !== 'clearing') return
    await sql`delete from rollup_year where company_id = ${ctx.company.id} and metric = ${metric}`.execute(step.tx)
    await saveReady(step, metric)
  })
}

async function removePortion(step: Step, metric: string): Promise<boolean> {
  const found = await lockOwnMetric(step, metric)
  if (found?.state !== 'clearing') return false
  const company = step.ctx.company.id
  const { rows } = await sql<{ gone: number }>`
    with gone as (
      delete from ledger_row where company_id = ${company} and metric = ${metric}
        and (record_id, structure_id, part) in (
          select record_id, structure_id, part from ledger_row
          where company_id = ${company} and metric = ${metric} limit ${portion})
      returning 1
    )
    select count(*)::int as gone from gone`.execute(step.tx)
  return (rows[0]?.gone ?? 0) > 0
}
