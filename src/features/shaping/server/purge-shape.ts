import { sql } from 'kysely'
import { addDays } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { forgetCompanions } from '#platform/records/companion-store.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { openShape } from '#platform/records/shape-store.ts'
import { leaveLayouts } from './change-layouts.ts'
import { tableOfObject } from './object-table.ts'
import { fieldRows, objectRows, type FieldRow, type ObjectRow } from './shape-rows.ts'
import { daysToRestore } from './show-shape.ts'

const portion = 2000

/**
 * Removes for good what was deleted more than 30 days ago: fields with their values, objects with their records. In
 * portions, so that nobody waits; what a crash leaves is removed the next day, and what somebody restores meanwhile stays
 * as far as it is still there. Values that are gone leave no trace but the history, so records keep their version.
 */
export async function purgeShape(ctx: Ctx, watch: { beforeStep?(): Promise<void> } = {}): Promise<void> {
  const before = new Date(`${addDays(ctx.today, -daysToRestore)}T00:00:00Z`)
  const isDue = ({ deleted_at }: { readonly deleted_at: Date | null }) => deleted_at !== null && deleted_at < before
  const { fields, objects } = await inView(ctx, async (tx) => ({
    fields: (await fieldRows(tx)).filter(isDue),
    objects: (await objectRows(tx)).filter(isDue),
  }))
  for (const object of objects) await purgeObject(ctx, object, { before, ...watch })
  for (const field of fields) await purgeField(ctx, field, { before, ...watch })
}

interface Purge {
  /** What was deleted before is due. */
  readonly before: Date
  beforeStep?(): Promise<void>
}

interface Due {
  readonly table: 'custom_field' | 'custom_object'
  readonly id: string
}

/**
 * Works in portions from the lowest id up, then takes the last step; each only while the definition is still due, which
 * is locked meanwhile. `work` answers the last id that it dealt with, null when nothing is left.
 */
async function inPortions(
  ctx: Ctx,
  { table, id }: Due,
  { before, beforeStep }: Purge,
  {
    work,
    finish,
  }: {
    work(step: Step, after: string | null): Promise<string | null>
    finish(step: Step): Promise<void>
  },
): Promise<void> {
  const whileDue = async <Result>(act: (step: Step) => Promise<Result>, { isLast = false } = {}) => {
    await beforeStep?.()
    return inStep(
      ctx,
      async (step) => {
        // In the order in which changes of definitions lock.
        if (isLast) await openShape(step)
        const { rows } = await sql`
          select from ${sql.table(table)}
          where company_id = ${ctx.company.id} and id = ${id} and deleted_at < ${before} for update`.execute(step.tx)
        return rows.length === 0 ? undefined : act(step)
      },
      { kind: 'shape.purge' },
    )
  }
  for (let last: string | null = null; ;) {
    stopIfHalted()
    const after: string | null = last
    const reached: string | null | undefined = await whileDue((step) => work(step, after))
    if (reached === undefined) return
    if (reached === null) break
    last = reached
  }
  await whileDue(finish, { isLast: true })
}

async function purgeField(ctx: Ctx, field: FieldRow, purge: Purge): Promise<void> {
  const table = tableOfObject(ctx, field.object)
  await inPortions(ctx, { table: 'custom_field', id: field.id }, purge, {
    work: async (step, after) => (table ? purgeValues(step, table, field, after) : null),
    finish: async (step) => {
      await forgetField(step, field)
      step.audit({
        object: 'custom_field',
        recordId: field.id,
        action: 'purged',
        before: field.definition,
        after: null,
      })
    },
  })
}

async function purgeValues(
  { ctx, tx }: Step,
  table: string,
  { object, key }: FieldRow,
  after: string | null,
): Promise<string | null> {
  const ofKind = table === 'custom_record' ? sql`and object = ${object}` : sql``
  const { rows } = await sql<{ id: string }>`
    with holding as (
      select id from ${sql.table(table)}
      where company_id = ${ctx.company.id} ${ofKind} and custom ? ${key} and (${after}::uuid is null or id > ${after})
      order by id limit ${portion} for update
    ), gone as (
      update ${sql.table(table)} t set custom = custom - ${key}::text
      from holding h where t.company_id = ${ctx.company.id} and t.id = h.id
    )
    select id from holding order by id desc limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

async function forgetField(step: Step, field: FieldRow): Promise<void> {
  const { ctx, tx } = step
  const { id } = field
  await leaveLayouts(step, field)
  const company = ctx.company.id
  await sql`delete from field_value where company_id = ${company} and field_id = ${id}`.execute(tx)
  await sql`delete from number_series where company_id = ${company} and field_id = ${id}`.execute(tx)
  await sql`delete from custom_field where company_id = ${company} and id = ${id}`.execute(tx)
}

async function purgeObject(ctx: Ctx, { id, key, definition }: ObjectRow, purge: Purge): Promise<void> {
  await inPortions(ctx, { table: 'custom_object', id }, purge, {
    work: (step, after) => purgeRecords(step, key, after),
    finish: async (step) => {
      for (const field of await fieldRows(step.tx)) if (field.object === key) await forgetField(step, field)
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
  })
}

async function purgeRecords(step: Step, key: string, after: string | null): Promise<string | null> {
  const { ctx, tx } = step
  const company = ctx.company.id
  const { rows } = await sql<{ id: string }>`
    delete from custom_record where company_id = ${company} and id in (
      select id from custom_record
      where company_id = ${company} and object = ${key} and (${after}::uuid is null or id > ${after})
      order by id limit ${portion} for update)
    returning id`.execute(tx)
  const ids = rows.map((row) => row.id).toSorted()
  await sql`delete from field_value where company_id = ${company} and record_id = any(${ids}::uuid[])`.execute(tx)
  await forgetCompanions(step, key, ids)
  return ids.at(-1) ?? null
}
