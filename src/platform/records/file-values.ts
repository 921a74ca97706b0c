import { sql } from 'kysely'
import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { isSame } from '#engine/model/is-same.ts'
import type { Step } from '#platform/db/step.ts'
import type { Draft, Saved } from './draft.ts'
import { rowFaults } from './errors.ts'

const fileFieldsOf = (object: ObjectType): readonly Field[] => object.fields.filter(({ type }) => type === 'file')

function filesIn(values: RecordValues | null | undefined, { key }: Field): readonly string[] {
  const value = values?.[key] ?? null
  return Array.isArray(value) ? value.map(String) : []
}

interface KnownFile {
  readonly id: string
  readonly field: string | null
  readonly recordId: string | null
  readonly uploadedBy: string | null
}

/**
 * A draft may name the files that its record holds in the field, or held and has in the recycle bin, and those that the
 * actor uploaded for the field and that no record has yet.
 */
export async function checkFiles(step: Step, object: ObjectType, drafts: readonly Draft[]): Promise<void> {
  const taken = new Set<string>()
  for (const field of fileFieldsOf(object)) {
    const asked = drafts.filter(({ before, values }) => !isSame(before?.values[field.key], values[field.key]))
    const wanted = asked.flatMap(({ values }) => filesIn(values, field))
    if (wanted.length === 0) continue
    const known = await knownFiles(step, object, wanted)
    for (const draft of asked) {
      const files = filesIn(draft.values, field)
      if (!files.every((id) => isFree(known.get(id), draft, field, step) && !taken.has(id))) {
        draft.faults.push({ field: field.key, code: 'file', label: rowFaults.file })
      }
      for (const id of files) taken.add(id)
    }
  }
}

async function knownFiles(step: Step, object: ObjectType, ids: readonly string[]): Promise<Map<string, KnownFile>> {
  const { rows } = await sql<KnownFile>`
    select id, field, record_id as "recordId", created_by as "uploadedBy" from attachment
    where company_id = ${step.ctx.company.id} and object = ${object.key} and id = any(${ids}::uuid[])
    order by id for update`.execute(step.tx)
  return new Map(rows.map((row) => [row.id, row]))
}

function isFree(file: KnownFile | undefined, draft: Draft, field: Field, { ctx }: Step): boolean {
  if (!file || file.field !== field.key) return false
  return file.recordId === null ? file.uploadedBy === ctx.actor.personId : file.recordId === draft.id
}

/** Files follow the values: those that a record names are its own, those that it names no more are in the recycle bin. */
export async function bindFiles(step: Step, object: ObjectType, saved: readonly Saved[]): Promise<void> {
  const fields = fileFieldsOf(object)
  const moves = saved
    .filter(({ action }) => action === 'created' || action === 'updated')
    .flatMap(({ id, before, after }) =>
      fields.flatMap((field) => {
        const [had, has] = [filesIn(before, field), filesIn(after, field)]
        const gained = has.filter((file) => !had.includes(file)).map((file) => ({ id: file, record: id, gone: false }))
        const lost = had.filter((file) => !has.includes(file)).map((file) => ({ id: file, record: id, gone: true }))
        return [...gained, ...lost]
      }),
    )
  if (moves.length === 0) return
  await sql`
    update attachment a set record_id = m.record, deleted_at = case when m.gone then now() end,
      deleted_by = case when m.gone then ${step.ctx.actor.personId}::uuid end
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as m(id uuid, record uuid, gone boolean)
    where a.company_id = ${step.ctx.company.id} and a.id = m.id and (not m.gone or a.record_id = m.record)`.execute(
    step.tx,
  )
}
