import { sql } from 'kysely'
import type { CustomField, CustomFieldDefinition, CustomObject, ObjectSetup, Shape } from '#engine/model/shape.ts'
import type { Step, Tx } from '#platform/db/step.ts'

/** Changes of definitions follow one another, and whoever reads the catalogue afterwards reads the new one. */
export async function openShape({ ctx, tx }: Step): Promise<void> {
  await sql`update company set shape_version = shape_version + 1 where id = ${ctx.company.id}`.execute(tx)
}

/** Everything that the company of the transaction added and did not delete. */
export async function readShape(tx: Tx): Promise<Shape> {
  const { rows: objects } = await sql<{ key: string; definition: Omit<CustomObject, 'key'> }>`
    select key, definition from custom_object
    where company_id = current_company() and deleted_at is null order by position, id`.execute(tx)
  const { rows: fields } = await sql<Omit<CustomField, 'definition'> & { definition: CustomFieldDefinition }>`
    select id, object, key, definition, index_state = 'ready' as "isIndexReady" from custom_field
    where company_id = current_company() and deleted_at is null order by position, id`.execute(tx)
  const { rows: setups } = await sql<{ object: string; setup: ObjectSetup }>`
    select object, setup from object_setup where company_id = current_company()`.execute(tx)
  return {
    objects: objects.map(({ key, definition }) => ({ ...definition, key })),
    fields,
    setups: Object.fromEntries(setups.map(({ object, setup }) => [object, setup])),
  }
}
