import { sql } from 'kysely'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { periodOfNumbering, writeNumber } from '#engine/model/numbering.ts'
import type { Step } from '#platform/db/step.ts'
import type { Draft } from './draft.ts'

/** Gives new records their numbers, in their order; the numbers of a series follow one another without a gap. */
export async function giveNumbers(step: Step, object: ObjectType, drafts: readonly Draft[]): Promise<void> {
  for (const field of object.fields) {
    if (field.type !== 'auto_number' || !field.custom) continue
    const fresh = drafts.filter((one) => !one.before && (one.values[field.key] ?? null) === null)
    if (fresh.length > 0) await number(step, field, field.custom.id, fresh)
  }
}

async function number(step: Step, field: Field, fieldId: string, drafts: readonly Draft[]): Promise<void> {
  const numbering = field.numbering ?? '{0}'
  const day = step.ctx.today
  const { rows } = await sql<{ last: string }>`
    insert into number_series (company_id, field_id, period, last)
    values (${step.ctx.company.id}, ${fieldId}, ${periodOfNumbering(numbering, day)}, ${drafts.length})
    on conflict (company_id, field_id, period) do update set last = number_series.last + excluded.last
    returning last`.execute(step.tx)
  const first = Number(rows[0]?.last ?? drafts.length) - drafts.length + 1
  drafts.forEach((draft, at) => (draft.values[field.key] = writeNumber(numbering, day, first + at)))
}
