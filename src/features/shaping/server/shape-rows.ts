import { sql } from 'kysely'
import type { CustomFieldDefinition, CustomObject, ObjectSetup } from '#engine/model/shape.ts'
import type { Step, Tx } from '#platform/db/step.ts'

export interface FieldRow {
  readonly id: string
  readonly object: string
  readonly key: string
  readonly definition: CustomFieldDefinition
  readonly index_state: 'none' | 'building' | 'ready'
  readonly indexed_count: string
  readonly deleted_at: Date | null
}

export interface ObjectRow {
  readonly id: string
  readonly key: string
  readonly definition: Omit<CustomObject, 'key'>
  readonly deleted_at: Date | null
}

export async function fieldRows(tx: Tx): Promise<readonly FieldRow[]> {
  const { rows } = await sql<FieldRow>`
    select id, object, key, definition, index_state, indexed_count, deleted_at from custom_field
    where company_id = current_company() order by object, position, id`.execute(tx)
  return rows
}

export async function objectRows(tx: Tx): Promise<readonly ObjectRow[]> {
  const { rows } = await sql<ObjectRow>`
    select id, key, definition, deleted_at from custom_object
    where company_id = current_company() order by position, id`.execute(tx)
  return rows
}

export async function insertObject(
  step: Step,
  id: string,
  key: string,
  definition: ObjectRow['definition'],
): Promise<void> {
  await sql`
    insert into custom_object (company_id, id, key, definition, created_by, position)
    values (current_company(), ${id}, ${key}, ${JSON.stringify(definition)}::jsonb, ${step.ctx.actor.personId},
      (select count(*) from custom_object where company_id = current_company()))`.execute(step.tx)
}

export async function writeObject(step: Step, id: string, definition: ObjectRow['definition']): Promise<void> {
  await sql`
    update custom_object set definition = ${JSON.stringify(definition)}::jsonb
    where company_id = current_company() and id = ${id}`.execute(step.tx)
}

export async function insertField(
  step: Step,
  field: Pick<FieldRow, 'id' | 'object' | 'key' | 'definition' | 'index_state'>,
): Promise<void> {
  await sql`
    insert into custom_field (company_id, id, object, key, definition, index_state, created_by, position)
    values (current_company(), ${field.id}, ${field.object}, ${field.key}, ${JSON.stringify(field.definition)}::jsonb,
      ${field.index_state}, ${step.ctx.actor.personId},
      (select count(*) from custom_field where company_id = current_company() and object = ${field.object}))`.execute(
    step.tx,
  )
}

export async function writeField(
  step: Step,
  id: string,
  definition: CustomFieldDefinition,
  indexState: FieldRow['index_state'],
): Promise<void> {
  await sql`
    update custom_field set definition = ${JSON.stringify(definition)}::jsonb, index_state = ${indexState},
      indexed_count = case when ${indexState} = 'building' then 0 else indexed_count end
    where company_id = current_company() and id = ${id}`.execute(step.tx)
}

export async function setGone(
  step: Step,
  table: 'custom_object' | 'custom_field',
  id: string,
  isGone: boolean,
): Promise<void> {
  await sql`
    update ${sql.table(table)} set deleted_at = ${isGone ? sql`now()` : sql`null`}
    where company_id = current_company() and id = ${id}`.execute(step.tx)
}

/** Replaces these parts of an object's setup; the others stay. Of parts that are given as absent nothing is left. */
export async function writeSetup(
  step: Step,
  object: string,
  setup: ObjectSetup,
  parts: readonly (keyof ObjectSetup)[],
): Promise<void> {
  await sql`
    insert into object_setup (company_id, object, setup) values (current_company(), ${object}, ${JSON.stringify(setup)}::jsonb)
    on conflict (company_id, object) do update set setup = (object_setup.setup - ${parts}::text[]) || excluded.setup`.execute(
    step.tx,
  )
}

/** Values that stand in several living records: such a field cannot become unique. At most ten. */
export async function repeatedValues(
  step: Step,
  table: string,
  object: string,
  key: string,
): Promise<readonly string[]> {
  const ofKind = table === 'custom_record' ? sql`and object = ${object}` : sql``
  const { rows } = await sql<{ value: string }>`
    select custom ->> ${key} as value from ${sql.table(table)}
    where company_id = current_company() and deleted_at is null and custom ? ${key} ${ofKind}
    group by 1 having count(*) > 1 order by 1 limit 10`.execute(step.tx)
  return rows.map((row) => row.value)
}
