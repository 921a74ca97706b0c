import { sql } from 'kysely'
import { storedSql, tableSql } from '#engine/query/source.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { findRecord } from '#platform/records/read.ts'
import { objectFor } from '#platform/records/scope.ts'
import { accessErrors, faultOf } from '../errors.ts'

interface Reveal {
  readonly field: string
  readonly reason?: string | undefined
}

/** What a masked field of a record in reach holds; that somebody looked, and why, stands in the audit log. */
export async function reveal(ctx: Ctx, key: string, id: string, { field: name, reason }: Reveal) {
  const object = objectFor(ctx, key, 'read')
  const field = object.fields.find((one) => one.key === name)
  return inStep(
    ctx,
    async (step) => {
      if (!(await findRecord(step.tx, ctx, object, id))) throw recordErrors.RECORD_NOT_FOUND()
      if (!field?.masked) throw accessErrors.FIELD_NOT_MASKED({}, [faultOf('field', 'plain')])
      const { rows } = await sql<{ value: string | null }>`
        select (${storedSql(field, 't')})::text as value from ${tableSql(object)} t
        where t.company_id = ${ctx.company.id} and t.id = ${id}`.execute(step.tx)
      const after = { field: name, ...(reason ? { reason } : {}) }
      step.audit({ object: key, recordId: id, action: 'revealed', before: null, after })
      return { value: rows[0]?.value ?? null }
    },
    { kind: 'record.reveal' },
  )
}
