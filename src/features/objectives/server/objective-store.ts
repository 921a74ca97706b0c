import { sql } from 'kysely'
import { newId, nobody } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import type { ObjectiveFields } from '../contract.ts'

export interface StoredObjective extends ObjectiveFields {
  readonly id: string
  readonly version: number
  readonly ownerName: string | null
  readonly unitName: string | null
}

export interface StoredLink {
  readonly objectiveId: string
  readonly planId: string
  /** Null: the whole plan. */
  readonly unitId: string | null
  readonly personId: string | null
}

const columns = sql`
  o.id, o.parent_id as "parentId", o.name, o.note, o.owner_id as "ownerId", o.period, o.metric, o.unit_id as "unitId",
  o.status, o.version, p.name as "ownerName", u.name as "unitName"`

const source = sql`
  objective o left join person p on p.company_id = o.company_id and p.id = o.owner_id
    left join unit u on u.company_id = o.company_id and u.id = o.unit_id`

export const objectiveStore = {
  async all(tx: Tx): Promise<StoredObjective[]> {
    const { rows } = await sql<StoredObjective>`
      select ${columns} from ${source} order by o.position, o.created_at, o.id limit 2000`.execute(tx)
    return rows
  },

  /** All of them, held until the step ends: two moves at once make no circle together. */
  async holdAll({ tx }: Step): Promise<StoredObjective[]> {
    await sql`select 1 from objective order by id for update`.execute(tx)
    return objectiveStore.all(tx)
  },

  async insert({ tx, ctx }: Step, one: ObjectiveFields): Promise<string> {
    const id = newId()
    await sql`
      insert into objective (company_id, id, parent_id, name, note, owner_id, period, metric, unit_id, status, position)
      values (${ctx.company.id}, ${id}, ${one.parentId}, ${one.name}, ${one.note}, ${one.ownerId}, ${one.period},
        ${one.metric}, ${one.unitId}, ${one.status}, (select count(*) from objective))`.execute(tx)
    return id
  },

  async update({ tx, ctx }: Step, id: string, one: ObjectiveFields): Promise<void> {
    await sql`
      update objective set parent_id = ${one.parentId}, name = ${one.name}, note = ${one.note}, owner_id = ${one.ownerId},
        period = ${one.period}, metric = ${one.metric}, unit_id = ${one.unitId}, status = ${one.status},
        version = version + 1
      where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
  },

  /** Below its parent, with those beside it in this order; its own version grows where its parent is another one. */
  async place(
    { tx, ctx }: Step,
    { id, parentId }: { readonly id: string; readonly parentId: string | null },
    inOrder: readonly string[],
  ): Promise<void> {
    await sql`
      update objective set parent_id = ${parentId}, version = version + 1
      where company_id = ${ctx.company.id} and id = ${id} and parent_id is distinct from ${parentId}::uuid`.execute(tx)
    await sql`
      update objective o set position = r.place from unnest(${inOrder}::uuid[]) with ordinality as r(id, place)
      where o.company_id = ${ctx.company.id} and o.id = r.id`.execute(tx)
  },

  async remove({ tx, ctx }: Step, id: string): Promise<void> {
    await sql`delete from objective where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
  },

  async links(tx: Tx): Promise<StoredLink[]> {
    const { rows } = await sql<StoredLink>`
      select objective_id as "objectiveId", plan_id as "planId", nullif(unit_id, ${nobody}::uuid) as "unitId",
        nullif(person_id, ${nobody}::uuid) as "personId" from objective_link limit 20000`.execute(tx)
    return rows
  },

  async putLinks({ tx, ctx }: Step, id: string, links: readonly Omit<StoredLink, 'objectiveId'>[]): Promise<void> {
    await sql`delete from objective_link where company_id = ${ctx.company.id} and objective_id = ${id}`.execute(tx)
    for (const { planId, unitId, personId } of links) {
      await sql`
        insert into objective_link (company_id, objective_id, plan_id, unit_id, person_id)
        values (${ctx.company.id}, ${id}, ${planId}, ${unitId ?? nobody}, ${personId ?? nobody})
        on conflict do nothing`.execute(tx)
    }
  },

  /** The top unit of the organisation; undefined before there is one. */
  async topUnit(tx: Tx): Promise<string | undefined> {
    const { rows } = await sql<{ id: string }>`
      select p.unit_id as id from unit_parent p join structure s on s.company_id = p.company_id and s.id = p.structure_id
      where s.is_default and p.parent_id is null order by p.from_day limit 1`.execute(tx)
    return rows[0]?.id
  },

  async isThere(tx: Tx, table: 'person' | 'unit', id: string): Promise<boolean> {
    const { rows } = await sql`select 1 from ${sql.table(table)} where id = ${id}`.execute(tx)
    return rows.length > 0
  },
}
