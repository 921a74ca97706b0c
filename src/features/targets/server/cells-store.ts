import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { nobody } from '#platform/db/new-id.ts'

/** The cells of a plan as they were at a version; null: as they are. */
export interface CellsWanted {
  readonly planId: string
  readonly at: number | null
}

/**
 * The rows of the target (`unit_id, person_id, parent_unit_id, months, bases`), to select from. Former cells are what the first
 * revision after that version found; the tree is the one of now.
 */
export function targetCells({ planId, at }: CellsWanted): RawBuilder<unknown> {
  if (at === null)
    return sql`(select unit_id, person_id, parent_unit_id, months, bases from target where plan_id = ${planId})`
  return sql`(
    select t.unit_id, t.person_id, t.parent_unit_id, coalesce(b.months, t.months) as months,
      case when b.months is null then t.bases else '[]'::jsonb end as bases
    from target t left join ${cellsFound(planId, at)} b
      on b.level is null and b.unit_id = t.unit_id and b.person_id = t.person_id
    where t.plan_id = ${planId})`
}

/** The rows of the levels beside the target (`level, unit_id, person_id, months`), likewise. */
export function levelCells({ planId, at }: CellsWanted): RawBuilder<unknown> {
  if (at === null) return sql`(select level, unit_id, person_id, months from target_level where plan_id = ${planId})`
  return sql`(
    select level, unit_id, person_id, coalesce(b.months, t.months) as months
    from (select level, unit_id, person_id, months from target_level where plan_id = ${planId}) t
      full join (select * from ${cellsFound(planId, at)} b where b.level is not null) b using (level, unit_id, person_id))`
}

/** The cells that the first change of a row after a version found. */
function cellsFound(planId: string, at: number): RawBuilder<unknown> {
  return sql`(
    select distinct on (c.level, c.unit, c.person) c.level, c.unit as unit_id, coalesce(c.person, ${nobody}::uuid) as person_id,
      (select array_agg(value::numeric order by place) from jsonb_array_elements_text(c.before) with ordinality as v(value, place)) as months
    from plan_revision r cross join lateral jsonb_to_recordset(r.changes) as c(level text, unit uuid, person uuid, before jsonb)
    where r.plan_id = ${planId} and r.version > ${at}
    order by c.level, c.unit, c.person, r.version)`
}
