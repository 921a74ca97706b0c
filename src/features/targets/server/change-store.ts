import { sql } from 'kysely'
import type { Tx } from '#platform/db/step.ts'
import type { RowChange } from './plan-store.ts'

/** A revision with what it changed. */
interface StoredChanges {
  readonly version: number
  readonly personId: string | null
  readonly personName: string | null
  readonly at: Date
  readonly reason: string | null
  readonly changes: readonly RowChange[]
}

/** Newest first; of one person, or of everybody. */
export async function revisionsBy(tx: Tx, planId: string, by: string | undefined): Promise<readonly StoredChanges[]> {
  const { rows } = await sql<StoredChanges>`
    select r.version, r.person_id as "personId", w.name as "personName", r.at, r.reason, r.changes
    from plan_revision r left join person w on w.company_id = r.company_id and w.id = r.person_id
    where r.plan_id = ${planId} and (${by ?? null}::uuid is null or r.person_id = ${by ?? null}::uuid)
    order by r.version desc`.execute(tx)
  return rows
}
