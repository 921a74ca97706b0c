import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { recordErrors } from './errors.ts'
import { findRecord } from './read.ts'
import { objectFor } from './scope.ts'

export interface HistoryEntry {
  readonly id: string
  readonly at: Date
  readonly action: string
  readonly personId: string | null
  readonly personName: string | null
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
}

/** What happened to a record in reach, newest first, at most 200 entries. */
export async function historyOf(ctx: Ctx, key: string, id: string): Promise<readonly HistoryEntry[]> {
  const object = objectFor(ctx, key, 'read')
  return inView(ctx, async (tx) => {
    if (!(await findRecord(tx, ctx, object, id))) throw recordErrors.RECORD_NOT_FOUND()
    const { rows } = await sql<HistoryEntry>`
      select a.id, a.at, a.action, a.person_id as "personId", p.name as "personName", a.before, a.after
      from audit_entry a left join person p on p.company_id = a.company_id and p.id = a.person_id
      where a.company_id = ${ctx.company.id} and a.object = ${object.key} and a.record_id = ${id}
      order by a.id desc limit 200`.execute(tx)
    return rows
  })
}
