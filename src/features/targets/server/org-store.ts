import { sql } from 'kysely'
import type { Tx } from '#platform/db/step.ts'
import type { Period } from '#engine/calendar/period.ts'

/** A unit of the tree of a day, parents before children. */
export interface PlannedUnit {
  readonly unitId: string
  readonly parentId: string | null
  readonly headId: string | null
}

/** A person in a unit during a year: working days of the calendar × share of time, by month, in percent-days. */
export interface Presence {
  readonly unitId: string
  readonly personId: string
  readonly days: readonly bigint[]
  /** Months since the person joined the company, at each month; null: since before all time. */
  readonly since: readonly (number | null)[]
}

export const orgStore = {
  async defaultStructure(tx: Tx): Promise<string | undefined> {
    const { rows } = await sql<{ id: string }>`select id from structure where is_default`.execute(tx)
    return rows[0]?.id
  },

  async unitsOn(tx: Tx, structureId: string, day: string): Promise<PlannedUnit[]> {
    const { rows } = await sql<PlannedUnit>`
      select o.unit_id as "unitId", o.parent_id as "parentId", u.head_id as "headId"
      from units_on(${structureId}, ${day}) o join unit u on u.company_id = current_company() and u.id = o.unit_id
      where u.closed_on is null or u.closed_on > ${day}
      order by array_length(o.path, 1), u.position, u.name collate "zh-x-icu", u.id`.execute(tx)
    return rows
  },

  /** Who stood where in the months; heads first, then by name. */
  async presence(tx: Tx, structureId: string, months: readonly Period[]): Promise<Presence[]> {
    const spans = months.map(({ from, to }, at) => ({ number: at, from_day: from, to_day: to }))
    const { rows } = await sql<{ unitId: string; personId: string; days: string[]; since: (number | null)[] }>`
      with month as (
        select * from jsonb_to_recordset(${JSON.stringify(spans)}::jsonb) as m(number int, from_day date, to_day date)
      ), stay as (
        select a.unit_id, a.person_id, m.number,
          sum(greatest(0, least(a.to_day, m.to_day) - greatest(a.from_day, m.from_day)) * a.share)::bigint as days
        from assignment a join person p on p.company_id = a.company_id and p.id = a.person_id cross join month m
        where a.structure_id = ${structureId} and a.is_main and (p.is_active or a.to_day < 'infinity')
          and a.from_day < ${months.at(-1)?.to ?? ''} and a.to_day > ${months[0]?.from ?? ''}
        group by a.unit_id, a.person_id, m.number
      ), joined as (
        select person_id, min(from_day) as day from assignment where structure_id = ${structureId} group by person_id
      )
      select s.unit_id as "unitId", s.person_id as "personId", array_agg(s.days::text order by s.number) as days,
        array_agg(case when isfinite(j.day) then
          (extract(year from age(m.to_day, j.day)) * 12 + extract(month from age(m.to_day, j.day)))::int end
          order by s.number) as since
      from stay s join month m on m.number = s.number join joined j on j.person_id = s.person_id
        join person p on p.company_id = current_company() and p.id = s.person_id
        join unit u on u.company_id = current_company() and u.id = s.unit_id
      group by s.unit_id, s.person_id, u.head_id, p.name
      having sum(s.days) > 0
      order by s.person_id is distinct from u.head_id, p.name collate "zh-x-icu", s.person_id`.execute(tx)
    return rows.map((row) => ({ ...row, days: row.days.map(BigInt) }))
  },
}
