import { sql } from 'kysely'
import type { Step } from '#platform/db/step.ts'

/**
 * Writes anew, for these people and every structure that has units, spans that cover all time: the unit of the main
 * assignment, or none. Facts are credited by joining them, so that none falls out of the sums.
 */
export async function rewriteCreditSpans(step: Step, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  await sql`delete from credit_span where person_id = any(${personIds}::uuid[])`.execute(step.tx)
  await sql`
    with pair as (
      select s.id as structure_id, p.id as person_id from structure s cross join unnest(${personIds}::uuid[]) as p(id)
      where exists (select from unit u where u.structure_id = s.id)
    ), main as (
      select a.structure_id, a.person_id, a.unit_id, a.from_day, a.to_day,
        coalesce(lag(a.to_day) over w, '-infinity') as ended, lead(a.from_day) over w as next
      from assignment a where a.is_main and a.person_id = any(${personIds}::uuid[])
      window w as (partition by a.structure_id, a.person_id order by a.from_day)
    )
    insert into credit_span (company_id, structure_id, person_id, from_day, to_day, unit_id)
    select current_company(), structure_id, person_id, from_day, to_day, unit_id from main
    union all
    select current_company(), structure_id, person_id, ended, from_day, null from main where ended < from_day
    union all
    select current_company(), structure_id, person_id, to_day, 'infinity', null from main
    where next is null and to_day < 'infinity'
    union all
    select current_company(), structure_id, person_id, '-infinity', 'infinity', null from pair p
    where not exists (
      select from main m where m.structure_id = p.structure_id and m.person_id = p.person_id)
  `.execute(step.tx)
}

/** Everybody of the company, for a structure that has just got its first unit. */
export async function rewriteAllCreditSpans(step: Step): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from person`.execute(step.tx)
  await rewriteCreditSpans(
    step,
    rows.map((row) => row.id),
  )
}
