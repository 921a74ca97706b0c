import { sql } from 'kysely'
import { trimZeros } from '#engine/money/decimal.ts'
import { newId, nobody } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'

export interface ProposedPlace {
  readonly planId: string
  readonly unitId: string
  readonly personId: string | null
}

export interface StoredProposal {
  readonly unitId: string
  readonly personId: string | null
  readonly periods: readonly string[]
  readonly version: number
  readonly byId: string | null
  readonly byName: string | null
  readonly at: Date
}

export interface StoredChange extends Omit<StoredProposal, 'unitId' | 'personId'> {
  readonly kind: 'proposed' | 'adjusted'
  readonly comment: string | null
}

export interface StoredSubmission {
  readonly unitId: string
  readonly state: 'submitted' | 'sent-back'
  readonly byId: string | null
  readonly byName: string | null
  readonly at: Date
  readonly comment: string | null
}

const columns = sql`
  q.unit_id as "unitId", nullif(q.person_id, ${nobody}::uuid) as "personId", q.periods::text[] as periods, q.version,
  q.updated_by as "byId", w.name as "byName", q.updated_at as at`

const tidy = <T extends { readonly periods: readonly string[] }>(row: T): T => ({
  ...row,
  periods: row.periods.map(trimZeros),
})

export const proposalStore = {
  async ofPlan(tx: Tx, planId: string): Promise<StoredProposal[]> {
    const { rows } = await sql<StoredProposal>`
      select ${columns} from target_proposal q
        left join person w on w.company_id = q.company_id and w.id = q.updated_by
      where q.plan_id = ${planId}`.execute(tx)
    return rows.map(tidy)
  },

  async find(tx: Tx, { planId, unitId, personId }: ProposedPlace): Promise<StoredProposal | undefined> {
    const { rows } = await sql<StoredProposal>`
      select ${columns} from target_proposal q
        left join person w on w.company_id = q.company_id and w.id = q.updated_by
      where q.plan_id = ${planId} and q.unit_id = ${unitId} and q.person_id = ${personId ?? nobody}`.execute(tx)
    return rows.map(tidy)[0]
  },

  /** Writes the first proposal of a row; false where there is one already. */
  async insert({ tx, ctx }: Step, place: ProposedPlace, periods: readonly string[]): Promise<boolean> {
    const { numAffectedRows } = await sql`
      insert into target_proposal (company_id, plan_id, unit_id, person_id, periods, updated_by, updated_at)
      values (${ctx.company.id}, ${place.planId}, ${place.unitId}, ${place.personId ?? nobody}, ${periods}::numeric[],
        ${ctx.actor.personId}, ${ctx.now})
      on conflict do nothing`.execute(tx)
    return numAffectedRows === 1n
  },

  /** Writes over the version that was seen; false where it is another one meanwhile. */
  async update(
    { tx, ctx }: Step,
    place: ProposedPlace,
    { version, periods }: { readonly version: number; readonly periods: readonly string[] },
  ): Promise<boolean> {
    const { numAffectedRows } = await sql`
      update target_proposal set periods = ${periods}::numeric[], version = version + 1, updated_by = ${ctx.actor.personId},
        updated_at = ${ctx.now}
      where company_id = ${ctx.company.id} and plan_id = ${place.planId} and unit_id = ${place.unitId}
        and person_id = ${place.personId ?? nobody} and version = ${version}`.execute(tx)
    return numAffectedRows === 1n
  },

  async note(
    { tx, ctx }: Step,
    place: ProposedPlace,
    change: Pick<StoredChange, 'kind' | 'version' | 'periods' | 'comment'>,
  ): Promise<void> {
    await sql`
      insert into target_proposal_change (company_id, id, plan_id, unit_id, person_id, version, kind, periods, comment,
        by_person, at)
      values (${ctx.company.id}, ${newId()}, ${place.planId}, ${place.unitId}, ${place.personId ?? nobody},
        ${change.version}, ${change.kind}, ${change.periods}::numeric[], ${change.comment}, ${ctx.actor.personId},
        ${ctx.now})`.execute(tx)
  },

  /** Newest first. */
  async history(tx: Tx, { planId, unitId, personId }: ProposedPlace): Promise<StoredChange[]> {
    const { rows } = await sql<StoredChange>`
      select c.kind, c.version, c.periods::text[] as periods, c.comment, c.by_person as "byId", w.name as "byName", c.at
      from target_proposal_change c left join person w on w.company_id = c.company_id and w.id = c.by_person
      where c.plan_id = ${planId} and c.unit_id = ${unitId} and c.person_id = ${personId ?? nobody}
      order by c.version desc limit 100`.execute(tx)
    return rows.map(tidy)
  },

  async submissions(tx: Tx, planId: string): Promise<StoredSubmission[]> {
    const { rows } = await sql<StoredSubmission>`
      select s.unit_id as "unitId", s.state, s.by_person as "byId", w.name as "byName", s.at, s.comment
      from unit_submission s left join person w on w.company_id = s.company_id and w.id = s.by_person
      where s.plan_id = ${planId}`.execute(tx)
    return rows
  },

  async putSubmission(
    { tx, ctx }: Step,
    planId: string,
    { unitId, state, comment }: Pick<StoredSubmission, 'unitId' | 'state' | 'comment'>,
  ): Promise<void> {
    await sql`
      insert into unit_submission (company_id, plan_id, unit_id, state, comment, by_person, at)
      values (${ctx.company.id}, ${planId}, ${unitId}, ${state}, ${comment}, ${ctx.actor.personId}, ${ctx.now})
      on conflict (company_id, plan_id, unit_id) do update set state = excluded.state, comment = excluded.comment,
        by_person = excluded.by_person, at = excluded.at`.execute(tx)
  },

  /** Keeps the plan's state until the step ends, beside others who do the same. */
  async holdPlan(tx: Tx, planId: string): Promise<void> {
    await sql`select 1 from plan where id = ${planId} for share`.execute(tx)
  },
}
