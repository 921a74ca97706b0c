import { sql } from 'kysely'
import { trimZeros } from '#engine/money/decimal.ts'
import { newId, nobody } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import type { AppealState, Evidence } from '../contract.ts'

export interface StoredAppeal {
  readonly id: string
  readonly planId: string
  readonly unitId: string
  readonly personId: string | null
  readonly unitName: string
  readonly personName: string | null
  readonly appellantId: string
  readonly appellantName: string
  readonly from: number
  readonly standing: string
  readonly asked: string
  readonly granted: string | null
  readonly reasons: string
  readonly evidence: readonly Evidence[]
  /** Whose head decides; null: those who make plans. */
  readonly atUnitId: string | null
  readonly state: AppealState
  readonly decideBy: string
  readonly decidedById: string | null
  readonly decidedByName: string | null
  readonly decidedAt: Date | null
  readonly decision: string | null
  readonly version: number
  readonly createdAt: Date
}

export interface StoredStep {
  readonly kind: 'lodged' | 'escalated' | 'granted' | 'partly' | 'refused' | 'withdrawn'
  readonly byId: string | null
  readonly byName: string | null
  readonly at: Date
  readonly comment: string | null
}

const columns = sql`
  a.id, a.plan_id as "planId", a.unit_id as "unitId", nullif(a.person_id, ${nobody}::uuid) as "personId",
  u.name as "unitName", p.name as "personName", a.appellant_id as "appellantId", w.name as "appellantName",
  a.from_period as "from", a.standing::text as standing, a.asked::text as asked, a.granted::text as granted, a.reasons,
  a.evidence, a.at_unit_id as "atUnitId", a.state, a.decide_by as "decideBy", a.decided_by as "decidedById",
  d.name as "decidedByName", a.decided_at as "decidedAt", a.decision, a.version, a.created_at as "createdAt"`

const source = sql`
  appeal a join unit u on u.company_id = a.company_id and u.id = a.unit_id
    join person w on w.company_id = a.company_id and w.id = a.appellant_id
    left join person p on p.company_id = a.company_id and p.id = a.person_id
    left join person d on d.company_id = a.company_id and d.id = a.decided_by`

const tidy = (one: StoredAppeal): StoredAppeal => ({
  ...one,
  standing: trimZeros(one.standing),
  asked: trimZeros(one.asked),
  granted: one.granted === null ? null : trimZeros(one.granted),
})

export interface NewAppeal {
  readonly planId: string
  readonly unitId: string
  readonly personId: string | null
  readonly from: number
  readonly standing: string
  readonly asked: string
  readonly reasons: string
  readonly evidence: readonly Evidence[]
  readonly atUnitId: string | null
  readonly decideBy: string
}

export const appealStore = {
  async find(tx: Tx, id: string): Promise<StoredAppeal | undefined> {
    const { rows } = await sql<StoredAppeal>`select ${columns} from ${source} where a.id = ${id}`.execute(tx)
    return rows.map(tidy)[0]
  },

  async forUpdate({ tx }: Step, id: string): Promise<StoredAppeal | undefined> {
    await sql`select 1 from appeal where id = ${id} for update`.execute(tx)
    return appealStore.find(tx, id)
  },

  /** So many of the newest; of one appellant, of those who have to do with them, and before one, if told. */
  async list(
    tx: Tx,
    {
      appellantId,
      concerns,
      before,
      limit,
    }: {
      readonly appellantId?: string | null
      /** Who lodged them or decides them as the head of the unit where they lie. */
      readonly concerns?: string | null
      readonly before?: string | undefined
      readonly limit: number
    },
  ): Promise<StoredAppeal[]> {
    const { rows } = await sql<StoredAppeal>`
      select ${columns} from ${source}
      where (${appellantId === undefined} or a.appellant_id = ${appellantId ?? null}::uuid)
        and (${concerns === undefined} or a.appellant_id = ${concerns ?? null}::uuid
          or exists (select 1 from unit at where at.company_id = a.company_id and at.id = a.at_unit_id
            and at.head_id = ${concerns ?? null}::uuid))
        and (${before ?? null}::uuid is null or a.id < ${before ?? null}::uuid)
      order by a.id desc limit ${limit}`.execute(tx)
    return rows.map(tidy)
  },

  /** All that are open, those to be decided first before others: by a day, by the head of a unit, if told. */
  async open(
    tx: Tx,
    { dueBy, headId }: { readonly dueBy?: string; readonly headId?: string | null } = {},
  ): Promise<StoredAppeal[]> {
    const { rows } = await sql<StoredAppeal>`
      select ${columns} from ${source} left join unit at on at.company_id = a.company_id and at.id = a.at_unit_id
      where a.state = 'open' and (${dueBy ?? null}::date is null or a.decide_by <= ${dueBy ?? null}::date)
        and (${headId === undefined} or at.head_id = ${headId ?? null}::uuid)
      order by a.decide_by, a.id`.execute(tx)
    return rows.map(tidy)
  },

  /** Undefined where the row has an open appeal already. */
  async insert({ tx, ctx }: Step, one: NewAppeal): Promise<string | undefined> {
    const id = newId()
    const { numAffectedRows } = await sql`
      insert into appeal (company_id, id, plan_id, unit_id, person_id, appellant_id, from_period, standing, asked, reasons,
        evidence, at_unit_id, decide_by, created_at)
      values (${ctx.company.id}, ${id}, ${one.planId}, ${one.unitId}, ${one.personId ?? nobody}, ${ctx.actor.personId},
        ${one.from}, ${one.standing}::numeric, ${one.asked}::numeric, ${one.reasons},
        ${JSON.stringify(one.evidence)}::jsonb, ${one.atUnitId}, ${one.decideBy}::date, ${ctx.now})
      on conflict do nothing`.execute(tx)
    return numAffectedRows === 1n ? id : undefined
  },

  async end(
    { tx, ctx }: Step,
    id: string,
    ending: {
      readonly state: AppealState
      readonly granted: string | null
      readonly decision: string | null
      readonly amendmentId: string | null
    },
  ): Promise<void> {
    await sql`
      update appeal set state = ${ending.state}, granted = ${ending.granted}::numeric, decision = ${ending.decision},
        amendment_id = ${ending.amendmentId}, decided_by = ${ctx.actor.personId}, decided_at = ${ctx.now},
        version = version + 1
      where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
  },

  async moveTo({ tx, ctx }: Step, id: string, atUnitId: string | null, decideBy: string): Promise<void> {
    await sql`
      update appeal set at_unit_id = ${atUnitId}, decide_by = ${decideBy}::date, version = version + 1
      where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
  },

  async note({ tx, ctx }: Step, appealId: string, { kind, comment }: Pick<StoredStep, 'kind' | 'comment'>) {
    await sql`
      insert into appeal_step (company_id, id, appeal_id, kind, by_person, comment, at)
      values (${ctx.company.id}, ${newId()}, ${appealId}, ${kind}, ${ctx.actor.personId}, ${comment}, ${ctx.now})`.execute(
      tx,
    )
  },

  /** In the order in which they happened. */
  async steps(tx: Tx, appealId: string): Promise<StoredStep[]> {
    const { rows } = await sql<StoredStep>`
      select s.kind, s.by_person as "byId", w.name as "byName", s.at, s.comment
      from appeal_step s left join person w on w.company_id = s.company_id and w.id = s.by_person
      where s.appeal_id = ${appealId} order by s.id`.execute(tx)
    return rows
  },
}
