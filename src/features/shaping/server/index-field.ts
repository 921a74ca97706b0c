import { sql } from 'kysely'
import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import type { JobPayload } from '#platform/jobs/jobs.ts'
import { addFieldValues, rowsOfField } from '#platform/records/field-values.ts'
import { openShape } from '#platform/records/shape-store.ts'

const portion = 2000

/** Requests that began before the field was to be indexed may have saved without its rows, for as long as this. */
const longestRequest = '10 minutes'

/**
 * Writes the values of a field into the table of indexed values, portion by portion with its progress, then opens the
 * index to filters. Done twice it is as good as once.
 */
export async function indexField(ctx: Ctx, { fieldId }: JobPayload): Promise<void> {
  const found = findField(ctx, String(fieldId))
  if (!found) return
  const begun = new Date()
  await everyPortion(ctx, found, sql`true`)
  await everyPortion(ctx, found, sql`t.updated_at > ${begun}::timestamptz - ${longestRequest}::interval`)
  await inStep(ctx, async (step) => {
    await openShape(step)
    await sql`
      update custom_field set index_state = 'ready'
      where company_id = ${ctx.company.id} and id = ${String(fieldId)} and index_state = 'building'`.execute(step.tx)
  })
}

interface Found {
  readonly object: ObjectType
  readonly field: Field
}

function findField(ctx: Ctx, id: string): Found | undefined {
  for (const object of ctx.company.wholeCatalogue.all()) {
    const field = object.fields.find(({ custom }) => custom?.id === id)
    if (field) return { object, field }
  }
  return undefined
}

async function everyPortion(ctx: Ctx, found: Found, which: ReturnType<typeof sql>): Promise<void> {
  let after: string | null = '00000000-0000-0000-0000-000000000000'
  while (after !== null) {
    const from: string = after
    after = await inStep(ctx, (step) => indexPortion(step, found, which, from))
  }
}

/** Locks the records of a portion, so that a save under way is waited for; answers the last of them, null at the end. */
async function indexPortion(
  step: Step,
  { object, field }: Found,
  which: ReturnType<typeof sql>,
  after: string,
): Promise<string | null> {
  const company = step.ctx.company.id
  const fieldId = field.custom?.id ?? ''
  const { rows } = await sql<{ id: string; value: unknown }>`
    select t.id, t.custom -> ${field.key} as value from ${sql.table(object.table)} t
    where t.company_id = ${company} and t.id > ${after} and t.deleted_at is null
      ${object.custom ? sql`and t.object = ${object.key}` : sql``} and ${which}
    order by t.id limit ${portion} for no key update of t`.execute(step.tx)
  const ids = rows.map((row) => row.id)
  await sql`
    delete from field_value where company_id = ${company} and field_id = ${fieldId} and record_id = any(${ids}::uuid[])`.execute(
    step.tx,
  )
  await addFieldValues(
    step,
    rows.flatMap((row) => rowsOfField(field, row.id, { [field.key]: row.value } satisfies RecordValues)),
  )
  await sql`
    update custom_field set indexed_count = indexed_count + ${rows.length}
    where company_id = ${company} and id = ${fieldId}`.execute(step.tx)
  return rows.length < portion ? null : (ids.at(-1) ?? null)
}
