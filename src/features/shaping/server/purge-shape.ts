import { sql } from 'kysely'
import { addDays } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { tableOfObject } from './object-table.ts'
import { fieldRows, objectRows, openShape, type FieldRow, type ObjectRow } from './shape-rows.ts'
import { daysToRestore } from './show-shape.ts'

const portion = 2000

/**
 * Removes for good what was deleted more than 30 days ago: fields with their values, objects with their records. In
 * portions, so that nobody waits; what a crash leaves is removed the next day. Values that are gone leave no trace but
 * the history, so records keep their version.
 */
export async function purgeShape(ctx: Ctx): Promise<void> {
  const before = new Date(`${addDays(ctx.today, -daysToRestore)}T00:00:00Z`)
  const isDue = ({ deleted_at }: { readonly deleted_at: Date | null }) => deleted_at !== null && deleted_at < before
  const { fields, objects } = await inView(ctx, async (tx) => ({
    fields: (await fieldRows(tx)).filter(isDue),
    objects: (await objectRows(tx)).filter(isDue),
  }))
  for (const object of objects) await purgeObject(ctx, object)
  for (const field of fields) await purgeField(ctx, field)
}

async function purgeField(ctx: Ctx, field: FieldRow): Promise<void> {
  const table = tableOfObject(ctx, field.object)
  const kind = { kind: 'shape.purge' }
  while (table && (await inStep(ctx, (step) => purgeValues(step, table, field), kind))) continue
  await inStep(
    ctx,
    async (step) => {
      await openShape(step)
      await forgetField(step, field.id)
      step.audit({
        object: 'custom_field',
        recordId: field.id,
        action: 'purged',
        before: field.definition,
        after: null,
      })
    },
    kind,
  )
}

/** Answers whether there may be more. */
async function purgeValues({ ctx, tx }: Step, table: string, { object, key }: FieldRow): Promise<boolean> {
  const ofKind = table === 'custom_record' ? sql`and object = ${object}` : sql``
  const { numAffectedRows = 0n } = await sql`
    update ${sql.table(table)} set custom = custom - ${key}::text where company_id = ${ctx.company.id} and id in (
      select id from ${sql.table(table)}
      where company_id = ${ctx.company.id} ${ofKind} and custom ? ${key} order by id limit ${portion} for update)`.execute(
    tx,
  )
  return numAffectedRows > 0n
}

async function forgetField({ ctx, tx }: Step, id: string): Promise<void> {
  const company = ctx.company.id
  await sql`delete from field_value where company_id = ${company} and field_id = ${id}`.execute(tx)
  await sql`delete from number_series where company_id = ${company} and field_id = ${id}`.execute(tx)
  await sql`delete from custom_field where company_id = ${company} and id = ${id}`.execute(tx)
}

async function purgeObject(ctx: Ctx, { id, key, definition }: ObjectRow): Promise<void> {
  const kind = { kind: 'shape.purge' }
  while (await inStep(ctx, (step) => purgeRecords(step, key), kind)) continue
  await inStep(
    ctx,
    async (step) => {
      await openShape(step)
      for (const field of await fieldRows(step.tx)) if (field.object === key) await forgetField(step, field.id)
      const company = ctx.company.id
      await sql`delete from search_token where company_id = ${company} and object = ${key}`.execute(step.tx)
      await sql`delete from object_setup where company_id = ${company} and object = ${key}`.execute(step.tx)
      await sql`delete from custom_object where company_id = ${company} and id = ${id}`.execute(step.tx)
      step.audit({
        object: 'custom_object',
        recordId: id,
        action: 'purged',
        before: { key, ...definition },
        after: null,
      })
    },
    kind,
  )
}

async function purgeRecords({ ctx, tx }: Step, key: string): Promise<boolean> {
  const company = ctx.company.id
  const { rows } = await sql<{ id: string }>`
    delete from custom_record where company_id = ${company} and id in (
      select id from custom_record where company_id = ${company} and object = ${key} order by id limit ${portion} for update)
    returning id`.execute(tx)
  const ids = rows.map((row) => row.id)
  await sql`delete from field_value where company_id = ${company} and record_id = any(${ids}::uuid[])`.execute(tx)
  return ids.length > 0
}
