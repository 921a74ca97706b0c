import { sql } from 'kysely'
import type { Day } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import type { TreePerson, TreeUnit } from '../contract.ts'
import { openDay } from '../span.ts'
import { structureOf, structures } from './structure-store.ts'

type UnitRow = Omit<TreeUnit, 'people'>

interface PersonRow extends Omit<TreePerson, 'from' | 'to'> {
  readonly unitId: string
  readonly from: Day
  readonly to: Day
}

interface Loose {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly isActive: boolean
}

/** The organisation as it stood on a day (default today): units, parents first, with their people. */
export async function treeOn(ctx: Ctx, asked: { on?: Day | undefined; structure?: string | undefined }) {
  const on = asked.on ?? ctx.today
  return inView(ctx, async (tx) => {
    const structure = await structureOf(tx, asked.structure)
    const units = await unitsOn(tx, structure.id, on)
    const people = await peopleOn(tx, structure.id, on)
    const byUnit = Map.groupBy(people, (person) => person.unitId)
    return {
      on,
      units: units.map((unit) => ({ ...unit, people: (byUnit.get(unit.id) ?? []).map(toWire) })),
      unassigned: structure.isDefault ? await unassignedOn(tx, structure.id, on) : [],
      structures: await shownOn(tx, on),
    }
  })
}

/** The structures that have units on a day, the default first. */
async function shownOn(tx: Tx, on: Day) {
  const { rows } = await sql<{ id: string }>`
    select distinct structure_id as id from unit_parent
    where company_id = (select current_company()) and from_day <= ${on}::date and to_day > ${on}::date`.execute(tx)
  const begun = new Set(rows.map(({ id }) => id))
  return (await structures(tx))
    .filter(({ id, isDefault }) => isDefault || begun.has(id))
    .map(({ key, nameZh, nameEn, isDefault }) => ({ key, name: { zh: nameZh, en: nameEn }, isDefault }))
}

/** Units in the tree of a day, parents before children, siblings in the order of their names. */
export async function unitsOn(tx: Tx, structureId: string, on: Day): Promise<readonly UnitRow[]> {
  const { rows } = await sql<UnitRow>`
    select u.id, u.name, u.code, u.tier, t.parent_id as "parentId", u.head_id as "headId", h.name as "headName",
      u.closed_on as "closedOn", u.version
    from units_on(${structureId}, ${on}::date) t join unit u on u.id = t.unit_id left join person h on h.id = u.head_id
    order by cardinality(t.path), u.position, u.name collate "zh-x-icu", u.id
  `.execute(tx)
  return rows
}

async function peopleOn(tx: Tx, structureId: string, on: Day): Promise<readonly PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select a.unit_id as "unitId", p.id, a.id as "assignmentId", p.name, a.position, p.role, trim_scale(a.share) as share,
      a.is_main as "isMain", p.is_active as "isActive", a.from_day as from, a.to_day as to
    from assignment a join person p on p.id = a.person_id join unit u on u.id = a.unit_id
    where a.structure_id = ${structureId} and a.from_day <= ${on}::date and a.to_day > ${on}::date
    order by (u.head_id = p.id) desc nulls last, p.name collate "zh-x-icu", p.id
  `.execute(tx)
  return rows
}

async function unassignedOn(tx: Tx, structureId: string, on: Day): Promise<Loose[]> {
  const { rows } = await sql<Loose>`
    select p.id, p.name, p.role, p.is_active as "isActive" from person p
    where not exists (
      select from assignment a where a.person_id = p.id and a.structure_id = ${structureId}
        and a.from_day <= ${on}::date and a.to_day > ${on}::date)
      -- Whoever joins later is not missing yet.
      and coalesce((select min(a.from_day) from assignment a where a.person_id = p.id), '-infinity') <= ${on}::date
    order by p.is_active desc, p.name collate "zh-x-icu", p.id
  `.execute(tx)
  return rows
}

function toWire({ unitId: _, ...person }: PersonRow): TreePerson {
  return { ...person, from: openDay(person.from), to: openDay(person.to) }
}
