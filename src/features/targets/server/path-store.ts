import { sql } from 'kysely'
import type { Step, Tx } from '#platform/db/step.ts'
import type { RevisionKind } from '../contract.ts'
import type { PlanOptions } from '../path-contract.ts'
import type { PlanState } from '../plan-path.ts'
import type { StoredRevision } from './plan-store.ts'
import type { RowChange } from './row-changes.ts'

/** Revisions that are steps on the path, not changes of cells. */
const steps: readonly RevisionKind[] = [
  ...(['submitted', 'withdrawn', 'sent-back', 'approved'] as const),
  ...(['published', 'reopened', 'locked'] as const),
]

export const pathStore = {
  async setState({ tx, ctx }: Step, planId: string, state: PlanState): Promise<void> {
    await sql`update plan set status = ${state} where company_id = ${ctx.company.id} and id = ${planId}`.execute(tx)
  },

  async setOptions({ tx, ctx }: Step, planId: string, options: PlanOptions): Promise<void> {
    await sql`
      update plan set asks_review = ${options.asksReview}, asks_proposals = ${options.asksProposals},
        proposals_until = ${options.proposalsUntil}::date, appeals_until = ${options.appealsUntil}::date,
        appeal_days = ${options.appealDays}
      where company_id = ${ctx.company.id} and id = ${planId}`.execute(tx)
  },

  /** The last step of these kinds, of any kind unless told. */
  async lastStep(tx: Tx, planId: string, kinds: readonly RevisionKind[] = steps): Promise<StoredRevision | undefined> {
    const { rows } = await sql<StoredRevision>`
      select r.version, r.kind, r.person_id as "personId", w.name as "personName", r.at, r.reason, 0 as rows
      from plan_revision r left join person w on w.company_id = r.company_id and w.id = r.person_id
      where r.plan_id = ${planId} and r.kind = any(${kinds}::text[])
      order by r.version desc limit 1`.execute(tx)
    return rows[0]
  },

  /** What changed after a version, oldest first. */
  async changesAfter(tx: Tx, planId: string, version: number): Promise<readonly (readonly RowChange[])[]> {
    const { rows } = await sql<{ changes: readonly RowChange[] }>`
      select changes from plan_revision
      where plan_id = ${planId} and version > ${version} and jsonb_array_length(changes) > 0 order by version`.execute(
      tx,
    )
    return rows.map((row) => row.changes)
  },

  /** The head of the plan's top unit; null: nobody leads it. */
  async headOfTop(tx: Tx, planId: string): Promise<string | null> {
    const { rows } = await sql<{ headId: string | null }>`
      select u.head_id as "headId" from target t join unit u on u.company_id = t.company_id and u.id = t.unit_id
      where t.plan_id = ${planId} and t.parent_unit_id is null order by t.position limit 1`.execute(tx)
    return rows[0]?.headId ?? null
  },
}
