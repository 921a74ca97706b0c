import { sql } from 'kysely'
import type { Day } from '#engine/calendar/day.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { orgErrors } from '../errors.ts'
import { end, type Span } from '../span.ts'

export interface Unit {
  readonly id: string
  readonly structureId: string
  readonly name: string
  readonly code: string | null
  readonly tier: string | null
  readonly headId: string | null
  readonly closedOn: Day | null
  readonly version: number
}

/** Where a unit stood for some days. */
export interface Place extends Span {
  readonly id: string
  readonly unitId: string
  readonly parentId: string | null
}

const unitColumns = sql`u.id, u.structure_id as "structureId", u.name, u.code, u.tier, u.head_id as "headId",
  u.closed_on as "closedOn", u.version`

/** The unit, or UNIT_NOT_FOUND. */
export async function unitOf(tx: Tx, id: string): Promise<Unit> {
  const { rows } = await sql<Unit>`select ${unitColumns} from unit u where u.id = ${id}`.execute(tx)
  if (!rows[0]) throw orgErrors.UNIT_NOT_FOUND()
  return rows[0]
}

export async function placesOf(tx: Tx, unitId: string): Promise<readonly Place[]> {
  const { rows } = await sql<Place>`
    select id, unit_id as "unitId", parent_id as "parentId", from_day as from, to_day as to
    from unit_parent where unit_id = ${unitId} order by from_day
  `.execute(tx)
  return rows
}

/** Places directly under a unit that last beyond a day. */
export async function placesUnder(tx: Tx, parentId: string, after: Day): Promise<readonly Place[]> {
  const { rows } = await sql<Place>`
    select id, unit_id as "unitId", parent_id as "parentId", from_day as from, to_day as to
    from unit_parent where parent_id = ${parentId} and to_day > ${after}::date order by from_day
  `.execute(tx)
  return rows
}

/** The days on which a unit exists; undefined for one that never did. */
export async function lifeOf(tx: Tx, unitId: string): Promise<Span | undefined> {
  const places = await placesOf(tx, unitId)
  const first = places[0]
  const last = places.at(-1)
  return first && last ? { from: first.from, to: last.to } : undefined
}

/** The first day of the span on which `below` stands at or under `unitId`, if any. */
export async function firstDayUnder(tx: Tx, unit: Unit, below: string, span: Span): Promise<Day | undefined> {
  const { rows } = await sql<{ day: Day }>`
    with days as (
      select ${span.from}::date as day
      union select from_day from unit_parent
      where structure_id = ${unit.structureId} and from_day > ${span.from}::date and from_day < ${span.to}::date
    )
    select d.day from days d
    where exists (
      select from units_on(${unit.structureId}, d.day) t where t.unit_id = ${below} and ${unit.id} = any(t.path))
    order by d.day limit 1
  `.execute(tx)
  return rows[0]?.day
}

/** The first day, from one on, when some unit hangs in the air: below one that is no more, or in a circle. */
export async function firstBrokenDay(tx: Tx, structureId: string, from: Day): Promise<Day | undefined> {
  const { rows } = await sql<{ day: Day }>`
    with days as (
      select ${from}::date as day
      union select d from unit_parent p cross join lateral (values (p.from_day), (p.to_day)) as t(d)
      where p.structure_id = ${structureId} and isfinite(d) and d > ${from}::date
    )
    select d.day from days d
    where (select count(*) from unit_parent p
        where p.structure_id = ${structureId} and p.from_day <= d.day and d.day < p.to_day)
      <> (select count(*) from units_on(${structureId}, d.day))
    or exists (select from assignment a
      where a.structure_id = ${structureId} and a.from_day <= d.day and d.day < a.to_day
        and not exists (select from unit_parent p where p.company_id = a.company_id and p.unit_id = a.unit_id
          and p.from_day <= d.day and d.day < p.to_day))
    order by d.day limit 1`.execute(tx)
  return rows[0]?.day
}

export interface UnitRow {
  readonly structureId: string
  readonly name: string
  readonly code?: string | null | undefined
  readonly tier?: string | null | undefined
  readonly headId?: string | null | undefined
}

export async function insertUnit(
  step: Step,
  unit: UnitRow,
  parentId: string | null,
  span: Span,
  id = newId(),
): Promise<string> {
  await sql`
    insert into unit (company_id, id, structure_id, name, code, tier, head_id)
    values (${step.ctx.company.id}, ${id}, ${unit.structureId}, ${unit.name}, ${unit.code ?? null}, ${unit.tier ?? null},
      ${unit.headId ?? null})
  `.execute(step.tx)
  await insertPlace(step, unit.structureId, { unitId: id, parentId, ...span })
  return id
}

export async function insertPlace(
  step: Step,
  structureId: string,
  place: Span & { readonly unitId: string; readonly parentId: string | null },
): Promise<void> {
  await sql`
    insert into unit_parent (company_id, id, structure_id, unit_id, parent_id, from_day, to_day)
    values (${step.ctx.company.id}, ${newId()}, ${structureId}, ${place.unitId}, ${place.parentId},
      ${place.from}, ${place.to})
  `.execute(step.tx)
}

/** From a day to the end of its place a unit stands under another parent. */
export async function reparent(
  step: Step,
  structureId: string,
  place: Place,
  parentId: string,
  from: Day,
): Promise<void> {
  if (place.from === from) {
    await sql`update unit_parent set parent_id = ${parentId} where id = ${place.id}`.execute(step.tx)
    return
  }
  await sql`update unit_parent set to_day = ${from} where id = ${place.id}`.execute(step.tx)
  await insertPlace(step, structureId, { unitId: place.unitId, parentId, from, to: place.to })
}

/** Saves what is given; answers the new version, or undefined when somebody else was first. */
export async function saveUnit(step: Step, unit: Unit, version: number): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`
    update unit set name = ${unit.name}, code = ${unit.code}, tier = ${unit.tier}, head_id = ${unit.headId},
      version = version + 1
    where id = ${unit.id} and version = ${version} returning version
  `.execute(step.tx)
  return rows[0]?.version
}

export async function endUnit(step: Step, unitId: string, on: Day): Promise<void> {
  await sql`delete from unit_parent where unit_id = ${unitId} and from_day >= ${on}::date`.execute(step.tx)
  await sql`update unit_parent set to_day = ${on} where unit_id = ${unitId} and to_day > ${on}::date`.execute(step.tx)
  await sql`update unit set closed_on = ${on}, version = version + 1 where id = ${unitId}`.execute(step.tx)
}

/** From today on a closed unit stands under a parent. */
export async function beginAgain(step: Step, { id, structureId }: Unit, parentId: string): Promise<void> {
  await insertPlace(step, structureId, { unitId: id, parentId, from: step.ctx.today, to: end })
  await sql`update unit set closed_on = null, version = version + 1 where id = ${id}`.execute(step.tx)
}

/** Another unit of the structure, open or closed, with the same code. */
export async function isCodeTaken(tx: Tx, structureId: string, code: string, except?: string): Promise<boolean> {
  const { rows } = await sql`
    select from unit where structure_id = ${structureId} and code = ${code} and id is distinct from ${except ?? null}
  `.execute(tx)
  return rows.length > 0
}

/**
 * Another unit beside it from a day on that has the name, or will be given it: two of one name under one parent cannot be
 * told apart.
 */
export async function isNameTaken(
  tx: Tx,
  beside: { readonly parentId: string; readonly name: string; readonly on: Day; readonly except?: string },
): Promise<boolean> {
  const { rows } = await sql`
    select from unit_parent p join unit u on u.company_id = p.company_id and u.id = p.unit_id
    where p.parent_id = ${beside.parentId} and u.id is distinct from ${beside.except ?? null}
      and p.to_day > ${beside.on}::date
      and (u.name = ${beside.name} or exists (
        select from unit_change_due d
        where d.company_id = u.company_id and d.unit_id = u.id and d.name = ${beside.name}))
  `.execute(tx)
  return rows.length > 0
}

export interface OrphanHead {
  readonly unit: string
  readonly person: string
}

/** Open units whose head (one of these people) is inactive or stands nowhere from a day on. */
export async function orphanHeads(tx: Tx, personIds: readonly string[], today: Day): Promise<readonly OrphanHead[]> {
  const { rows } = await sql<OrphanHead>`
    select u.name as unit, p.name as person
    from unit u join person p on p.company_id = u.company_id and p.id = u.head_id
    where u.head_id = any(${personIds}::uuid[]) and (u.closed_on is null or u.closed_on > ${today}::date)
      and (not p.is_active or not exists (
        select from assignment a where a.person_id = u.head_id and a.structure_id = u.structure_id
          and a.to_day > ${today}::date))
    order by u.name
  `.execute(tx)
  return rows
}

export async function headedBy(tx: Tx, personId: string, today: Day): Promise<readonly { id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from unit
    where head_id = ${personId} and (closed_on is null or closed_on > ${today}::date) order by name
  `.execute(tx)
  return rows
}
