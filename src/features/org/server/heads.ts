import { sql } from 'kysely'
import type { Step } from '#platform/db/step.ts'

/**
 * Who leads these people today: the head of the unit of their main assignment, and for a head the one above. By person;
 * nobody leads who stands nowhere, or stands on top.
 */
export async function headsOf({ tx, ctx }: Step, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ person: string; head: string }>`
    with recursive up as (
      select a.person_id as person, a.unit_id as unit, 0 as steps from assignment a
      join structure s on s.company_id = a.company_id and s.id = a.structure_id and s.is_default
      where a.company_id = ${ctx.company.id} and a.person_id = any(${people}::uuid[]) and a.is_main
        and a.from_day <= ${ctx.today}::date and ${ctx.today}::date < a.to_day
      union all
      select up.person, p.parent_id, up.steps + 1 from up
      join unit_parent p on p.company_id = ${ctx.company.id} and p.unit_id = up.unit
        and p.from_day <= ${ctx.today}::date and ${ctx.today}::date < p.to_day
      where p.parent_id is not null and up.steps < 50
    )
    select distinct on (up.person) up.person, u.head_id as head from up
    join unit u on u.company_id = ${ctx.company.id} and u.id = up.unit
    where u.head_id is not null and u.head_id <> up.person
    order by up.person, up.steps`.execute(tx)
  return new Map(rows.map(({ person, head }) => [person, head]))
}
