import { sql } from 'kysely'
import { newId } from '#platform/db/new-id.ts'
import type { Step } from '#platform/db/step.ts'

/** A move between stages that happened before it came into the system. */
export interface PastMove {
  readonly opportunityId: string
  /** Null: the deal began there. */
  readonly fromStageId: string | null
  readonly toStageId: string
  /** Instant with zone. */
  readonly at: string
  readonly personId: string | null
}

/**
 * Gives deals that were written just now the history that they really had, in place of the one move that writing them
 * left. For what comes from elsewhere: imports and the demo.
 */
export async function writeStageHistory(step: Step, moves: readonly PastMove[]): Promise<void> {
  const company = step.ctx.company.id
  const deals = [...new Set(moves.map((move) => move.opportunityId))]
  await sql`
    delete from stage_transition where company_id = ${company} and opportunity_id = any(${deals}::uuid[])`.execute(
    step.tx,
  )
  const rows = moves.map(({ opportunityId, fromStageId, toStageId, at, personId }) => ({
    id: newId(),
    opportunity_id: opportunityId,
    from_stage_id: fromStageId,
    to_stage_id: toStageId,
    at,
    person_id: personId,
  }))
  await sql`
    insert into stage_transition (company_id, id, opportunity_id, from_stage_id, to_stage_id, at, person_id)
    select ${company}, m.id, m.opportunity_id, m.from_stage_id, m.to_stage_id, m.at, m.person_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as m(id uuid, opportunity_id uuid, from_stage_id uuid, to_stage_id uuid, at timestamptz, person_id uuid)`.execute(
    step.tx,
  )
}
