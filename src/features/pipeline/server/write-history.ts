import { sql } from 'kysely'
import { newId } from '#platform/db/new-id.ts'
import type { Step } from '#platform/db/step.ts'
import { rewriteRows } from '#platform/ledger/index.ts'

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
  await writeChances(step, deals)
}

/** What the stages of that history stand for is how likely the deals were held to be; what is open is as likely as it says. */
async function writeChances(step: Step, deals: readonly string[]): Promise<void> {
  const { id: company, zone } = step.ctx.company
  await sql`
    delete from deal_chance where company_id = ${company} and record_id = any(${deals}::uuid[])`.execute(step.tx)
  await sql`
    insert into deal_chance (company_id, record_id, since, percent)
    select distinct on (t.opportunity_id, m.since) ${company}, t.opportunity_id, m.since, s.probability
    from stage_transition t
    join stage s on s.company_id = t.company_id and s.id = t.to_stage_id and s.kind = 'open'
    cross join lateral (select (t.at at time zone ${zone})::date as since) m
    where t.company_id = ${company} and t.opportunity_id = any(${deals}::uuid[])
    order by t.opportunity_id, m.since, t.at desc, t.id desc`.execute(step.tx)
  await sql`
    update deal_chance k set percent = o.probability from opportunity o
    where k.company_id = ${company} and k.record_id = any(${deals}::uuid[]) and o.company_id = k.company_id
      and o.id = k.record_id and o.status = 'open' and k.percent <> o.probability
      and k.since = (select max(n.since) from deal_chance n
        where n.company_id = k.company_id and n.record_id = k.record_id)`.execute(step.tx)
  await rewriteRows(step, 'opportunity', deals)
}
