import { sql } from 'kysely'
import { trimZeros } from '#engine/money/decimal.ts'
import { newId, nobody } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { nodeIdOf } from '../node-id.ts'
import type { Place } from '../node-id.ts'

export interface NewAmendment {
  readonly planId: string
  readonly version: number
  readonly place: Place
  /** The first period that changes, counted from 1, and its first day. */
  readonly from: number
  readonly fromDay: string
  readonly carry: string
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly reason: string
  readonly appealId: string | null
}

export interface StoredAmendment extends Omit<NewAmendment, 'planId' | 'place'> {
  readonly id: string
  readonly node: string
  readonly byId: string | null
  readonly byName: string | null
  readonly at: Date
}

export const amendmentStore = {
  async add({ tx, ctx }: Step, one: NewAmendment): Promise<string> {
    const id = newId()
    await sql`
      insert into plan_amendment (company_id, id, plan_id, version, unit_id, person_id, from_period, from_day, carry, before,
        after, reason, appeal_id, decided_by, at)
      values (${ctx.company.id}, ${id}, ${one.planId}, ${one.version}, ${one.place.unitId}, ${one.place.personId ?? nobody},
        ${one.from}, ${one.fromDay}::date, ${one.carry}, ${one.before}::numeric[], ${one.after}::numeric[], ${one.reason},
        ${one.appealId}, ${ctx.actor.personId}, ${ctx.now})`.execute(tx)
    return id
  },

  /** Newest first. */
  async list(tx: Tx, planId: string): Promise<StoredAmendment[]> {
    const { rows } = await sql<RawAmendment>`
      select a.id, a.version, a.unit_id, nullif(a.person_id, ${nobody}::uuid) as person_id, a.from_period as "from",
        a.from_day as "fromDay", a.carry, a.before::text[] as before, a.after::text[] as after, a.reason,
        a.appeal_id as "appealId", a.decided_by as "byId", w.name as "byName", a.at
      from plan_amendment a left join person w on w.company_id = a.company_id and w.id = a.decided_by
      where a.plan_id = ${planId} order by a.version desc limit 1000`.execute(tx)
    return rows.map(({ unit_id, person_id, ...row }) => ({
      ...row,
      node: nodeIdOf({ unitId: unit_id, personId: person_id }),
      before: row.before.map(trimZeros),
      after: row.after.map(trimZeros),
    }))
  },
}

interface RawAmendment extends Omit<StoredAmendment, 'node'> {
  readonly unit_id: string
  readonly person_id: string | null
}
