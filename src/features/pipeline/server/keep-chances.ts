import { sql } from 'kysely'
import type { Step } from '#platform/db/step.ts'
import type { Saved } from '#platform/records/draft.ts'

/** Keeps how likely open deals are held to be from today on; of a day the last word counts. */
export async function keepChances(step: Step, saved: readonly Saved[]): Promise<void> {
  const chances = saved.flatMap(({ id, before, after }) => {
    const percent = after?.['status'] === 'open' ? (after['probability'] ?? null) : null
    const isAsBefore = before?.['status'] === 'open' && before['probability'] === percent
    return percent === null || isAsBefore ? [] : [{ id, percent }]
  })
  if (chances.length === 0) return
  await sql`
    insert into deal_chance (company_id, record_id, since, percent)
    select ${step.ctx.company.id}, c.id, ${step.ctx.today}::date, c.percent
    from jsonb_to_recordset(${JSON.stringify(chances)}::jsonb) as c(id uuid, percent numeric)
    on conflict (company_id, record_id, since) do update set percent = excluded.percent`.execute(step.tx)
}
