import { sql } from 'kysely'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import type { Step } from '#platform/db/step.ts'
import { keepDuplicateKeys } from '#platform/duplicates/keep-keys.ts'
import { refreshLedger } from '#platform/ledger/refresh.ts'
import { keepSearch } from '#platform/search/keep.ts'
import type { Draft, Saved, Stored } from './draft.ts'
import { refreshFieldValues } from './field-values.ts'
import { loadWhole, updateRows } from './record-store.ts'

/** What becomes of a record: some of its fields have these values from now on. */
export interface Rewrite {
  readonly id: string
  readonly values: RecordValues
}

/**
 * Gives fields other values for the sake of a natural person's rights, whoever owns the records, in the recycle bin or
 * not. What follows from records follows: search, duplicates, indexed values, ledger. No entry of the audit says what
 * stood there before; rules and owners are not asked.
 */
export async function rewriteRecords(step: Step, object: ObjectType, rewrites: readonly Rewrite[]): Promise<void> {
  if (rewrites.length === 0) return
  const stored = await loadWhole(
    step,
    object,
    rewrites.map(({ id }) => id),
  )
  const drafts = rewrites.flatMap(({ id, values }) => draftsOf(object, stored.get(id), values))
  if (drafts.length === 0) return
  await updateRows(step, object, drafts)
  // The search and the duplicates know nothing of what lies in the recycle bin.
  const living = drafts.filter(({ before }) => before?.deleted === false).map(toSaved)
  await refreshFieldValues(step, object, living)
  await refreshLedger(step, object.key, living)
  await keepSearch(step, object, living)
  await keepDuplicateKeys(step, object, living)
  for (const { id } of living) {
    step.tell({ name: `${object.key}.updated`, payload: { id, fields: Object.keys(rewriteOf(rewrites, id)) } })
  }
}

const rewriteOf = (rewrites: readonly Rewrite[], id: string) => rewrites.find((one) => one.id === id)?.values ?? {}

function draftsOf(object: ObjectType, before: Stored | undefined, values: RecordValues): Draft[] {
  if (!before) return []
  return [{ object, id: before.id, before, given: values, values: { ...before.values, ...values }, faults: [] }]
}

function toSaved({ id, before, values }: Draft): Saved {
  return { action: 'updated', id, before: before?.values ?? null, after: values }
}

/** Values of fields that were deleted go, too: those of a person nobody would see again. */
export async function dropForgottenValues(step: Step, object: ObjectType, ids: readonly string[]): Promise<void> {
  const known = object.fields.flatMap(({ key, custom }) => (custom ? [key] : []))
  await sql`
    update ${sql.table(object.table)} t
    set custom = coalesce((
      select jsonb_object_agg(v.key, v.value) from jsonb_each(t.custom) v where v.key = any(${known}::text[])), '{}'::jsonb)
    where company_id = ${step.ctx.company.id} and id = any(${ids}::uuid[]) and custom <> '{}'::jsonb`.execute(step.tx)
}
