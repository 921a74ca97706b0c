import { sql } from 'kysely'
import type { Day } from '#engine/calendar/day.ts'
import type { Tx } from '#platform/db/step.ts'

interface DrawnUnit {
  readonly id: string
  readonly name: string
  readonly tier: string | null
  readonly parentId: string | null
  readonly headId: string | null
}

interface DrawnAssignment {
  readonly id: string
  readonly personId: string
  readonly unitId: string
  /** Hundredths of a percent. */
  readonly share: number
  readonly isMain: boolean
}

/** A structure as it is set up for a day: its units, parents first, who stands where, and everybody of the company. */
export async function drawnOn(tx: Tx, structureId: string, day: Day) {
  const { rows: units } = await sql<DrawnUnit>`
    select u.id, coalesce(d.name, u.name) as name, u.tier, t.parent_id as "parentId",
      case when d.sets_head then d.head_id else u.head_id end as "headId"
    from units_on(${structureId}, ${day}::date) t join unit u on u.company_id = current_company() and u.id = t.unit_id
    left join lateral (
      select (array_agg(x.name order by x.on_day desc, x.id desc) filter (where x.name is not null))[1] as name,
        bool_or(x.sets_head) as sets_head,
        (array_agg(x.head_id order by x.on_day desc, x.id desc) filter (where x.sets_head))[1] as head_id
      from unit_change_due x where x.company_id = u.company_id and x.unit_id = u.id and x.on_day <= ${day}::date) d on true
    order by cardinality(t.path), u.name`.execute(tx)
  const { rows: assignments } = await sql<DrawnAssignment>`
    select a.id, a.person_id as "personId", a.unit_id as "unitId", (a.share * 100)::int as share, a.is_main as "isMain"
    from assignment a
    where a.structure_id = ${structureId} and a.from_day <= ${day}::date and a.to_day > ${day}::date
    order by a.id`.execute(tx)
  const { rows: people } = await sql<{ id: string; name: string; isActive: boolean; role: string }>`
    select id, name, is_active as "isActive", role from person order by id`.execute(tx)
  return {
    units: new Map(units.map((unit) => [unit.id, unit])),
    assignments,
    people: new Map(people.map((person) => [person.id, person])),
  }
}
