import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Tx } from '#platform/db/step.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { findRecord } from '#platform/records/read.ts'
import { objectFor } from '#platform/records/scope.ts'

/** Why no merge may take a record away. */
export interface Protection {
  readonly recordId: string
  readonly reason: string
  readonly byName: string | null
}

export async function protectionsOf(
  tx: Tx,
  company: string,
  object: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Protection>> {
  const { rows } = await sql<Protection>`
    select r.record_id as "recordId", r.reason, p.name as "byName" from record_protection r
    left join person p on p.company_id = r.company_id and p.id = r.protected_by
    where r.company_id = ${company} and r.object = ${object} and r.record_id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.recordId, row]))
}

/** Protects a record in reach from being merged away, with the reason that others are told; without one it is free again. */
export async function protectRecord(ctx: Ctx, key: string, id: string, reason: string | null): Promise<void> {
  const object = objectFor(ctx, key, 'update')
  await inStep(
    ctx,
    async (step) => {
      const { tx } = step
      if (!(await findRecord(tx, ctx, object, id))) throw recordErrors.RECORD_NOT_FOUND()
      await sql`
        delete from record_protection
        where company_id = ${ctx.company.id} and object = ${key} and record_id = ${id}`.execute(tx)
      const action = reason === null ? 'unprotected' : 'protected'
      step.audit({ object: key, recordId: id, action, before: null, after: reason === null ? null : { reason } })
      if (reason === null) return
      await sql`
        insert into record_protection (company_id, object, record_id, reason, protected_by)
        values (${ctx.company.id}, ${key}, ${id}, ${reason}, ${ctx.actor.personId})`.execute(tx)
    },
    { kind: 'record.protect' },
  )
}
