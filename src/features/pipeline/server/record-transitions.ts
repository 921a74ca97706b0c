import { sql } from 'kysely'
import { newId } from '#platform/db/new-id.ts'
import type { Step } from '#platform/db/step.ts'
import type { Saved } from '#platform/records/draft.ts'

/** Writes down each move between stages: the history that cycle times and funnels are read from. */
export async function recordTransitions(step: Step, saved: readonly Saved[]): Promise<void> {
  const moves = saved
    .filter(({ action, before, after }) => action !== 'restored' && after && before?.['stage'] !== after['stage'])
    .map(({ id, before, after }) => ({
      id: newId(),
      opportunity_id: id,
      from_stage_id: before?.['stage'] ?? null,
      to_stage_id: after?.['stage'],
    }))
  if (moves.length === 0) return
  await sql`
    insert into stage_transition (company_id, id, opportunity_id, from_stage_id, to_stage_id, person_id)
    select ${step.ctx.company.id}, m.id, m.opportunity_id, m.from_stage_id, m.to_stage_id, ${step.ctx.actor.personId}
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb)
      as m(id uuid, opportunity_id uuid, from_stage_id uuid, to_stage_id uuid)`.execute(step.tx)
}
