import { sql } from 'kysely'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Step } from '#platform/db/step.ts'

/** When a record that was written just now really began and was last touched; instants with zone. */
export interface RecordTimes {
  readonly id: string
  readonly createdAt: string
  readonly updatedAt: string
}

/** Gives records that come from elsewhere the times that they had there: "untouched for 40 days" is then true. */
export async function backdate(step: Step, object: ObjectType, times: readonly RecordTimes[]): Promise<void> {
  if (times.length === 0) return
  const rows = times.map(({ id, createdAt, updatedAt }) => ({ id, created_at: createdAt, updated_at: updatedAt }))
  await sql`
    update ${sql.table(object.table)} t set created_at = r.created_at, updated_at = r.updated_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, created_at timestamptz, updated_at timestamptz)
    where t.company_id = ${step.ctx.company.id} and t.id = r.id`.execute(step.tx)
}
