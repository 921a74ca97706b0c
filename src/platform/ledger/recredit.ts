import { sql } from 'kysely'
import type { Step } from '#platform/db/step.ts'
import { allMetrics } from './registry.ts'
import { rewriteRows } from './refresh.ts'

/**
 * Credits anew the records of people whose assignments changed, from that day on (stock metrics: whatever was still
 * open then). Runs in portions, each in the step it is given; answers how many records were rewritten.
 */
export async function recredit(step: Step, personIds: readonly string[], fromDay: string): Promise<number> {
  const company = step.ctx.company.id
  const stock = allMetrics()
    .filter((metric) => metric.kind === 'stock')
    .map((metric) => metric.key)
  const { rows } = await sql<{ object: string; ids: string[] }>`
    select object, array_agg(distinct record_id) as ids from ledger_row
    where company_id = ${company} and person_id = any(${personIds}::uuid[])
      and (day >= ${fromDay}::date or metric = any(${stock}::text[]))
    group by object order by object`.execute(step.tx)
  let count = 0
  for (const { object, ids } of rows) {
    for (let at = 0; at < ids.length; at += 1000) await rewriteLocked(step, object, ids.slice(at, at + 1000))
    count += ids.length
  }
  return count
}

/** Whoever changes one of these records meanwhile waits, or is waited for: rows written twice would collide. */
export async function rewriteLocked(step: Step, object: string, ids: readonly string[]): Promise<void> {
  await sql`
    select 1 from ${sql.table(step.ctx.company.catalogue.get(object).table)}
    where company_id = ${step.ctx.company.id} and id = any(${ids}::uuid[]) order by id for update`.execute(step.tx)
  await rewriteRows(step, object, ids)
}
