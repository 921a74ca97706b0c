import { sql } from 'kysely'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { loadWhole } from '#platform/records/record-store.ts'
import { importsOf } from './files-of.ts'
import { idsOf, subjectOf, type Subject } from './subject.ts'
import { countRecords } from './sweep-records.ts'

export interface ErasurePreview {
  readonly name: string
  /** Keys of personal fields that are filled. */
  readonly fields: readonly string[]
  readonly counts: Readonly<Record<string, number>>
}

/** What an erasure would touch; nothing is changed. Undefined: there is no such record. */
export async function previewErasure(ctx: Ctx, object: ObjectType, id: string): Promise<ErasurePreview | undefined> {
  const found = await inStep(ctx, async (step) => {
    const subject = await subjectOf(step, object, id)
    return subject && { subject, ...(await lookAt(step, subject, id)) }
  })
  if (!found) return undefined
  const { subject, name, fields, counts } = found
  return { name, fields, counts: { ...counts, texts: await countRecords(ctx, subject) } }
}

async function lookAt(step: Step, subject: Subject, id: string) {
  const { tx, ctx } = step
  const { object, ids } = subject
  const stored = [...(await loadWhole(step, object, ids)).values()]
  const company = ctx.company.id
  const { rows } = await sql<{ files: number; entries: number; comments: number }>`
    select
      (select count(*)::int from attachment
        where company_id = ${company} and object = ${object.key} and record_id = any(${ids}::uuid[])) as files,
      (select count(*)::int from audit_entry
        where company_id = ${company} and object = ${object.key} and record_id = any(${ids}::uuid[])) as entries,
      (select count(*)::int from comment
        where company_id = ${company} and record_id = any(${idsOf(subject.connected)}::uuid[])) as comments`.execute(tx)
  const imports = await importsOf(tx, ctx, subject)
  const fields = object.fields.filter(
    ({ key, personal }) => personal && stored.some(({ values }) => (values[key] ?? null) !== null),
  )
  return {
    name: String(stored.find((one) => one.id === id)?.values[object.title] ?? ''),
    fields: fields.map(({ key }) => key),
    counts: { records: ids.length, files: 0, entries: 0, comments: 0, ...rows[0], imports: imports.length },
  }
}
