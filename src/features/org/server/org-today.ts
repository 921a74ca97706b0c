import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { structureOf } from './structure-store.ts'

export interface UnitToday {
  readonly id: string
  readonly name: string
  /** Null: the top, or not in the tree of today. */
  readonly parentId: string | null
  readonly headId: string | null
  readonly isOpen: boolean
}

export interface PersonToday {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly employeeNo: string | null
  readonly isActive: boolean
  readonly mainUnitId: string | null
  /** Of the main assignment. */
  readonly position: string | null
  readonly furtherUnitIds: readonly string[]
  /** Units of assignments that begin after today. */
  readonly laterUnitIds: readonly string[]
}

/** Everybody and every unit of the structure that results roll up, as they stand today. Whoever left is among them. */
export async function orgToday(
  tx: Tx,
  { company, today }: Ctx,
): Promise<{ readonly units: readonly UnitToday[]; readonly people: readonly PersonToday[] }> {
  const structure = await structureOf(tx)
  const { rows: units } = await sql<UnitToday>`
    select u.id, u.name, t.parent_id as "parentId", u.head_id as "headId", t.unit_id is not null as "isOpen"
    from unit u left join units_on(${structure.id}, ${today}::date) t on t.unit_id = u.id
    where u.company_id = ${company.id} and u.structure_id = ${structure.id}
    order by cardinality(t.path) nulls last, u.name, u.id`.execute(tx)
  const { rows: people } = await sql<PersonToday>`
    select p.id, p.name, p.email, p.phone, p.employee_no as "employeeNo", p.is_active as "isActive",
      m.unit_id as "mainUnitId", m.position, array(
        select a.unit_id::text from assignment a
        where a.company_id = p.company_id and a.person_id = p.id and a.structure_id = ${structure.id} and not a.is_main
          and a.from_day <= ${today}::date and a.to_day > ${today}::date order by a.unit_id) as "furtherUnitIds", array(
        select a.unit_id::text from assignment a
        where a.company_id = p.company_id and a.person_id = p.id and a.structure_id = ${structure.id}
          and a.from_day > ${today}::date order by a.unit_id) as "laterUnitIds"
    from person p left join assignment m on m.company_id = p.company_id and m.person_id = p.id
      and m.structure_id = ${structure.id} and m.is_main and m.from_day <= ${today}::date and m.to_day > ${today}::date
    where p.company_id = ${company.id} order by p.id`.execute(tx)
  return { units, people }
}
